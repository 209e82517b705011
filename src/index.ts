/**
 * The public surface: what agents and other programs import. Everything here runs in Node and in a browser.
 */
export type { AgentDefinition, AgentKind, Param, Params, Self, State } from './sim/agent/agent.ts';
export {
  change,
  defineAgent,
  duration,
  factor,
  leverage,
  money,
  number,
  rate,
  share,
  size,
} from './sim/agent/agent.ts';
export type { Birth } from './sim/agent/birth.ts';
export type { Market } from './sim/agent/market.ts';
export type { Offer } from './sim/agent/offer.ts';
export { BY_MARK, FILL_OR_KILL, IMMEDIATE_OR_CANCEL, POST_ONLY, REDUCE_ONLY } from './market/reports.ts';
export type { Rng } from './core/rng.ts';
export { lotsWorth, seconds } from './core/units.ts';
export { ConfigError, CapacityError, InvariantError } from './core/errors.ts';
export type { Contract, ContractKind, ContractTerms, ContractUnits } from './contracts/contract.ts';
export { defineContract } from './contracts/contract.ts';
