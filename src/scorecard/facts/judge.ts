/**
 * Judges what was seen of several runs. A fact holds when its value over all runs lies in its range; it is refuted in a run
 * when that run's 95 % interval, a bootstrap of its stretches, lies outside.
 */
import { exp, log } from '../../core/maths.ts';
import { createRng } from '../../core/rng.ts';
import type { Block, Fact } from '../../stats/facts/block.ts';
import type { DaysFact } from '../../stats/facts/days.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { withoutInterval } from '../../stats/estimate.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import { widerFor } from '../../stats/intervals/few-units.ts';
import { facts } from './catalogue.ts';
import type { FactInfo, Range } from './fact.ts';
import { isInside } from './fact.ts';
import type { Observed } from './observe.ts';

export interface JudgedFact {
  readonly name: string;
  readonly about: string;
  readonly format: FactInfo['format'];
  readonly kind: FactInfo['kind'];
  readonly range: Range;
  /** Over all runs; the interval is a bootstrap of whole runs. */
  readonly value: Estimate;
  readonly holds: boolean;
  /** By run; the interval is a bootstrap of its stretches, unknown where a run is one number. */
  readonly runs: readonly Estimate[];
  /** Numbers of the runs that refute it. */
  readonly refuted: readonly number[];
}

/** How many times stretches (or runs) are drawn. */
const RESAMPLES = 199;

/** The facts that runs of `judged_s` tell something of. */
export function judge(runs: readonly Observed[], judged_s: number, seed: string): JudgedFact[] {
  return factsOf(judged_s).map((info) => {
    const { name, about, format, range, kind } = info;
    const each = runs.map((run, i) => ofRun(info, run, `${seed}/${name}/${i}`));
    const value = overall(info, runs, each, `${seed}/${name}`);
    const refuted = each.flatMap((estimate, i) => (outside(estimate, info) ? [i] : []));
    const holds =
      kind === 'quarters'
        ? isInside(value.low, range) && isInside(value.high, range)
        : isInside(value.value, range);
    return { name, about, format, kind, range, value, holds, runs: each, refuted };
  });
}

function factsOf(judged_s: number): FactInfo[] {
  return facts.filter(({ least_s = 0 }) => judged_s >= least_s);
}

/** Those that need longer runs. */
export function unjudgedFacts(judged_s: number): FactInfo[] {
  return facts.filter(({ least_s = 0 }) => judged_s < least_s);
}

function isOfStretches({ kind }: FactInfo): boolean {
  return kind === 'stretches' || kind === 'pooled';
}

function ofRun(info: FactInfo, run: Observed, seed: string): Estimate {
  if (info.kind === 'quarters') return withoutInterval(lastOverFirst(run.blocks, info.of as Fact));
  if (info.kind === 'days') return withoutInterval((info.of as DaysFact)([run.blocks]));
  if (!isOfStretches(info)) return withoutInterval((info.of as (run: Observed) => number)(run));
  return bootstrapped(run.blocks, info.of as Fact, seed);
}

function overall(
  info: FactInfo,
  runs: readonly Observed[],
  each: readonly Estimate[],
  seed: string,
): Estimate {
  const blocks = runs.map((run) => run.blocks);
  if (info.kind === 'days') return bootstrapped(blocks, info.of as DaysFact, seed);
  if (isOfStretches(info)) return bootstrapped(blocks, (all) => (info.of as Fact)(all.flat()), seed);
  const values = each.map(({ value }) => value);
  if (info.kind === 'mean') return meanInterval(values);
  if (info.kind === 'quarters') return geometricMean(values);
  // The furthest from the range: above where it is bounded above.
  return withoutInterval(info.range.high < Infinity ? Math.max(...values) : Math.min(...values));
}

function lastOverFirst(blocks: readonly Block[], fact: Fact): number {
  const quarter = Math.max(1, Math.floor(blocks.length / 4));
  return fact(blocks.slice(-quarter)) / fact(blocks.slice(0, quarter));
}

function geometricMean(ratios: readonly number[]): Estimate {
  const { value, low, high } = meanInterval(ratios.map(log));
  return { value: exp(value), low: exp(low), high: exp(high) };
}

/** A number of all units, with the percentile interval of units drawn with replacement, as much wider as so few need. */
function bootstrapped<Unit>(
  units: readonly Unit[],
  of: (units: readonly Unit[]) => number,
  seed: string,
): Estimate {
  const value = of(units);
  if (units.length < 4) return withoutInterval(value);
  const rng = createRng(seed);
  const drawn = Float64Array.from({ length: RESAMPLES }, () =>
    of(units.map(() => units[rng.below(units.length)]!)),
  )
    .filter((one) => !Number.isNaN(one))
    .sort();
  if (drawn.length < RESAMPLES / 2) return withoutInterval(value);
  // Ends by rank: the 5th lowest and highest of 199.
  const at = (share: number): number => drawn[Math.round(share * (drawn.length + 1)) - 1]!;
  const wider = widerFor(units.length);
  const reach = (end: number): number => value + wider * (end - value);
  return { value, low: reach(Math.min(value, at(0.025))), high: reach(Math.max(value, at(0.975))) };
}

/** By its interval; one number a run is refuted by itself. */
function outside({ value, low, high }: Estimate, { range, kind }: FactInfo): boolean {
  if (Number.isNaN(value)) return false;
  if (kind === 'worst') return !isInside(value, range);
  if (kind !== 'stretches' || Number.isNaN(low)) return false; // too few stretches to tell
  return high < range.low || low > range.high;
}
