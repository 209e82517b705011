import type { ClearingRules } from '../../src/clearing/calls/house.ts';
import type { MarginRule } from '../../src/clearing/margin/rule.ts';

/** The compiled margin rule of a policy: all there are so far are additive, and follow from one. */
export function ruleOf({ margin }: Pick<ClearingRules, 'margin'>): MarginRule {
  return margin.changes as MarginRule;
}
