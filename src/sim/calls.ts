/** Sides, outcomes of calls, accounts of the venue and the shock, where traders' accounts begin, and names of loss layers, for readers of the tables. */
export { BUY, SELL } from '../market/book.ts';
export { CALL_LIQUIDATED, CALL_MET, CALL_OPEN, FIRST_TRADER, INSURANCE, SHOCK } from '../clearing/schema.ts';
export { layerNames } from '../clearing/waterfall/index.ts';
