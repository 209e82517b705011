/** Where the money of a top-up comes from. */
export const FROM_RESERVE = 0;
export const FROM_CREDIT = 1;
/** There is none: a transfer has failed. */
export const FROM_NOWHERE = 2;
