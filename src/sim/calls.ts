/** Outcomes of calls, the shock's account, where traders' accounts begin, and names of loss layers, for readers of the tables. */
export { CALL_LIQUIDATED, CALL_MET, CALL_OPEN, FIRST_TRADER, SHOCK } from '../clearing/schema.ts';
export { layerNames } from '../clearing/waterfall/index.ts';
