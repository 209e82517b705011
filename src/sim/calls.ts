/** Sides, outcomes of calls, where traders' accounts begin, and names of loss layers, for readers of the tables. */
export { BUY, SELL } from '../market/book.ts';
export { CALL_LIQUIDATED, CALL_MET, CALL_OPEN, FIRST_TRADER } from '../clearing/schema.ts';
export { layerNames } from '../clearing/waterfall/index.ts';
