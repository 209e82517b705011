/** Outcomes of calls, for readers of the calls table. */
export { CALL_LIQUIDATED, CALL_MET, CALL_OPEN } from '../clearing/schema.ts';
