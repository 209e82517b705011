/** Outcomes of calls and names of loss layers, for readers of the tables. */
export { CALL_LIQUIDATED, CALL_MET, CALL_OPEN } from '../clearing/schema.ts';
export { layerNames } from '../clearing/waterfall/index.ts';
