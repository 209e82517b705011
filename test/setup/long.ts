/** True in `npm run long-test`: what `npm test` plays in short goes its whole length. */
export const LONG = process.env['UNWIND_LONG'] !== undefined;
