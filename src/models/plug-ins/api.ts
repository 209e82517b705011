/**
 * What plug-ins import from 'unwind': a function that declares each sort, and what their code needs. Everything here runs in
 * Node and in a browser. A file of plug-ins exports what these functions return; an experiment names it under `plugins`.
 */
import { defineRung as rung } from '../../clearing/calls/rungs/rung.ts';
import { defineMarginRule as rule, defineMarginWrapper as wrapper } from '../../clearing/margin/rule.ts';
import { defineLossLayer as layer } from '../../clearing/waterfall/layer.ts';
import { defineContract as contract } from '../../contracts/contract.ts';
import { defineMark as mark } from '../../market/mark.ts';
import { defineAgent as agent } from '../../sim/agent/agent.ts';
import { defineScore as score } from '../../sim/observe/scores/score.ts';
import { defineShock as shock } from '../../sim/shocks/shock.ts';
import { defineMeasure as measure } from '../market/measure.ts';
import { declaring } from './sorts.ts';

export * from '../../index.ts';
export { z } from 'zod';
/** Settings of rules, rungs, layers, marks and shocks as an experiment file writes them: `setting.share()`, `setting.duration()`. */
export * as setting from '../../core/settings.ts';

/** Declares a kind of trader: parameters, memory, and what it does when it wakes. Throws ConfigError where the declaration is at odds with itself. */
export const defineAgent = declaring('defineAgent', agent);
/** Declares a margin rule: how much equity positions need. */
export const defineMarginRule = declaring('defineMarginRule', rule);
/** Declares a wrapper: what it makes of the requirement of any rule. */
export const defineWrapper = declaring('defineWrapper', wrapper);
/** Declares a rung of a call ladder; `at` is added to its settings. */
export const defineRung = declaring('defineRung', rung);
/** Declares a layer of the loss waterfall. */
export const defineLayer = declaring('defineLayer', layer);
/** Declares a mark price. */
export const defineMark = declaring('defineMark', mark);
/** Declares a shock. */
export const defineShock = declaring('defineShock', shock);
/** Declares a measure; none of its columns may have the name of another. */
export const defineMeasure = declaring('defineMeasure', measure);
/** Declares a score. */
export const defineScore = declaring('defineScore', score);
/** Declares a kind of contract. */
export const defineContract = declaring('defineContract', contract);

// How rules, rungs and layers count.
export { AT_ANY_PRICE, AT_BANKRUPTCY, AT_FILLABLE, FROM_MARK } from '../../clearing/calls/rungs/rung.ts';
export { CLOSE_ENOUGH, CLOSE_NOTHING, CLOSE_SHARE, CLOSE_TIERS } from '../../clearing/calls/rungs/rung.ts';
export type { Decision, Distress } from '../../clearing/calls/rungs/rung.ts';
export { atLevel, cappedPpm, notionalOf, ratePpm, scaled, shareOf } from '../../clearing/margin/rule.ts';
export type { MarginRule, RuleContext } from '../../clearing/margin/rule.ts';
export type { LossCase, LossLayer } from '../../clearing/waterfall/layer.ts';
export { INSURANCE } from '../../clearing/schema.ts';
export type { Contract, ContractTerms, ContractUnits } from '../../contracts/contract.ts';
export type { MarkInputs, MarkRule } from '../../market/mark.ts';
export type { Score } from '../../sim/observe/scores/score.ts';
export type { Shock, ShockActions } from '../../sim/shocks/shock.ts';
export type { MarketRun } from '../market/market-run.ts';
export type { Measure } from '../market/measure.ts';
export { int, real, realOrNull } from '../columns.ts';
export { meanOfThose } from '../market/estimates.ts';
