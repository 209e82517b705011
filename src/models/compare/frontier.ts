/**
 * The frontier of cost against safety. A policy is dominated where another one is at least as good in every cost and every
 * safety metric, and better in one of them: nobody has a reason to choose it. Where too little is known of a policy it has
 * no verdict, and dominates nobody.
 */
import type { Estimate } from '../../stats/estimate.ts';
import type { Block, BlockPolicy } from './block.ts';
import type { ComparedMetric } from './metrics.ts';
import type { PairTests } from './tests.ts';
import { SIGNIFICANT } from './tests.ts';
import { isWide } from './wide.ts';

interface Dominator {
  readonly policy: string;
  /**
   * True: in each metric in which the two differ, the difference is shown (adjusted p-value below .05; of metrics without
   * pairs, intervals that do not meet). False: by point estimates; another sample may say otherwise.
   */
  readonly shown: boolean;
}

export interface FrontierRow {
  readonly policy: string;
  readonly metrics: Readonly<Record<string, Estimate>>;
  readonly verdict: 'on the frontier' | 'dominated' | 'none';
  /** Why there is no verdict; empty: there is one. */
  readonly no_verdict: readonly string[];
  /** Empty without a verdict, and on the frontier. */
  readonly dominated_by: readonly Dominator[];
}

export interface Frontier {
  readonly shock: string;
  readonly rows: readonly FrontierRow[];
}

export function frontierOf(
  { shock, policies }: Block,
  metrics: readonly ComparedMetric[],
  tests: PairTests,
): Frontier {
  const axes = metrics.filter(({ role }) => role !== 'other');
  const doubts = new Map(policies.map((one) => [one, doubtsOf(one, axes)]));
  const judged = policies.filter((one) => doubts.get(one)!.length === 0);
  return {
    shock,
    rows: policies.map((one) => {
      const isJudged = judged.includes(one);
      const dominators = isJudged
        ? judged.filter((other) => other !== one && dominates(other, one, axes))
        : [];
      return {
        policy: one.policy,
        metrics: Object.fromEntries(axes.map(({ name }) => [name, one.estimates[name]!])),
        verdict: !isJudged ? 'none' : dominators.length > 0 ? 'dominated' : 'on the frontier',
        no_verdict: doubts.get(one)!,
        dominated_by: dominators.map((other) => ({
          policy: other.policy,
          shown: axes.every((axis) => isSameOrShown(other, one, axis, tests)),
        })),
      };
    }),
  };
}

/** Why a policy has no verdict. */
function doubtsOf({ withheld, estimates }: BlockPolicy, axes: readonly ComparedMetric[]): string[] {
  const titles = (isSo: (estimate: Estimate) => boolean): string =>
    axes
      .filter(({ name }) => isSo(estimates[name]!))
      .map(({ title }) => title)
      .join(', ');
  const unknown = titles(({ value }) => Number.isNaN(value));
  const wide = titles(isWide);
  return [
    ...withheld,
    ...(unknown === '' || withheld.length > 0 ? [] : [`unknown: ${unknown}`]),
    ...(wide === '' ? [] : [`interval wider than the estimate: ${wide}`]),
  ];
}

/** By point estimates. Unknown values dominate nothing and are dominated by nothing. */
function dominates(one: BlockPolicy, other: BlockPolicy, axes: readonly ComparedMetric[]): boolean {
  const gains = axes.map((axis) => gainOf(one, other, axis));
  return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
}

/** How much better `one` is, in the metric's unit. */
function gainOf(one: BlockPolicy, other: BlockPolicy, { name, better }: ComparedMetric): number {
  const gain = one.estimates[name]!.value - other.estimates[name]!.value;
  return better === 'more' ? gain : -gain;
}

function isSameOrShown(
  one: BlockPolicy,
  other: BlockPolicy,
  axis: ComparedMetric,
  tests: PairTests,
): boolean {
  if (gainOf(one, other, axis) === 0) return true;
  if (tests.paired.includes(axis))
    return tests.of(one.policy, other.policy, axis.name).p_adjusted < SIGNIFICANT;
  const [a, b] = [one.estimates[axis.name]!, other.estimates[axis.name]!];
  return a.low > b.high || a.high < b.low;
}
