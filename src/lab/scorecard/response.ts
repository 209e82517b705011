/** `unwind response`: what a market does when something is done to it, against what is known of real ones. */
import { bootstrapInterval } from '../../stats/intervals/bootstrap.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { withoutInterval } from '../../stats/estimate.ts';
import { halfLife, impactExponent } from '../../stats/response/recovery.ts';
import type { MarketExperiment } from '../../models/experiment.ts';
import type { Responses } from '../../scorecard/response/observe.ts';
import {
  ORDERS_A_SECOND,
  RECOVERY_S,
  SIZES_M,
  SPLIT_M,
  SPREAD_S,
} from '../../scorecard/response/treatments.ts';
import { judgedVenue } from './facts-task.ts';

export interface Answer {
  readonly name: string;
  /** What it is, with its unit. */
  readonly about: string;
  readonly format: 'number' | 'percent' | 'basis-points' | 'seconds';
  readonly range: { readonly low: number; readonly high: number };
  /** Over all runs; the interval is a bootstrap of whole runs. */
  readonly value: Estimate;
  readonly holds: boolean;
}

export interface ResponseCard {
  readonly seed: string;
  /** Of a market with several: the one where it is done, and looked at, its first. */
  readonly venue?: string;
  readonly runs: number;
  readonly answers: readonly Answer[];
  readonly held: number;
  /** Mean impact at the end of a programme of an order a second, by size in millions; and of the split one by orders a second. */
  readonly impact: readonly { readonly millions: number; readonly value: Estimate }[];
  readonly split: readonly { readonly orders_a_second: number; readonly value: Estimate }[];
}

/** What is asked, from the mean over runs of what was seen. */
interface Question extends Omit<Answer, 'value' | 'holds'> {
  readonly seen: (run: Responses) => readonly number[];
  readonly answer: (means: Float64Array) => number;
}

const SPLIT_AT = SIZES_M.indexOf(SPLIT_M);

/**
 * Ranges. Impact: Y. Sato, K. Kanazawa (arXiv 2411.13965): δ = .489 ± .0015 on the Tokyo exchange; B. Tóth et al.,
 * Physical Review X 1 (2011) 021006: the size of it; E. Bacry et al. (arXiv 1412.0217): what is left. Recovery: of liquid
 * perpetuals in 2024 and 2025.
 */
const questions: readonly Question[] = [
  {
    name: 'impact exponent',
    about: `δ of impact ∝ size^δ, ${SIZES_M[0]} to ${SIZES_M.at(-1)!} million in 30 s`,
    format: 'number',
    range: { low: 0.429, high: 0.549 },
    seen: ({ impact }) => impact,
    answer: (means) => impactExponent(SIZES_M, means),
  },
  {
    name: 'impact of 10 million',
    about: 'Move of the price at the end of 30 s, basis points',
    format: 'basis-points',
    range: { low: 0.0003, high: 0.0009 },
    seen: ({ impact }) => [impact[SPLIT_AT]!],
    answer: ([mean]) => mean!,
  },
  {
    name: 'left of it',
    about: 'Share of that two minutes later',
    format: 'percent',
    range: { low: 0.5, high: 0.8 },
    seen: ({ impact, later }) => [impact[SPLIT_AT]!, later],
    answer: ([end, later]) => later! / end!,
  },
  {
    name: 'splitting',
    about: `Largest over smallest impact of 10 million as ${ORDERS_A_SECOND.join(', ')} orders a second`,
    format: 'number',
    range: { low: 1, high: 1.5 },
    seen: ({ split }) => split,
    answer: (means) => Math.max(...means) / Math.min(...means),
  },
  {
    name: 'depth half-life',
    about: 'After one order of 30 million: depth within 1 % of the price before, s',
    format: 'seconds',
    range: { low: 10, high: 300 },
    seen: ({ depth }) => depth.map((share) => 1 - share),
    answer: (means) => halfLife(RECOVERY_S, means),
  },
  {
    name: 'spread half-life',
    about: 'After the same order, s',
    format: 'seconds',
    range: { low: 0, high: 30 },
    seen: ({ spread }) => spread,
    answer: (means) => halfLife(SPREAD_S, means),
  },
  {
    name: 'index followed',
    about: 'Share of a fall elsewhere of 3 % in 30 s, ten seconds after it, while makers stay',
    format: 'percent',
    range: { low: 0.9, high: 1.1 },
    seen: ({ followed }) => [followed],
    answer: ([mean]) => mean!,
  },
];

export function responseCard(experiment: MarketExperiment, runs: readonly Responses[]): ResponseCard {
  const seed = `${experiment.seed}/response`;
  const answers = questions.map(({ seen, answer, ...info }) => {
    const value = overRuns(runs, seen, answer, `${seed}/${info.name}`);
    return { ...info, value, holds: value.value >= info.range.low && value.value <= info.range.high };
  });
  const mean = (name: string, seen: (run: Responses) => number): Estimate =>
    overRuns(
      runs,
      (run) => [seen(run)],
      ([value]) => value!,
      `${seed}/${name}`,
    );
  const venue = judgedVenue(experiment);
  return {
    seed: experiment.seed,
    ...(venue !== undefined && { venue }),
    runs: runs.length,
    answers,
    held: answers.filter(({ holds }) => holds).length,
    impact: SIZES_M.map((millions, i) => ({
      millions,
      value: mean(`size ${i}`, ({ impact }) => impact[i]!),
    })),
    split: ORDERS_A_SECOND.map((orders_a_second, i) => ({
      orders_a_second,
      value: mean(`split ${i}`, ({ split }) => split[i]!),
    })),
  };
}

/** A number that follows from means over runs, with its interval by a bootstrap of runs. */
function overRuns(
  runs: readonly Responses[],
  seen: (run: Responses) => readonly number[],
  answer: (means: Float64Array) => number,
  seed: string,
): Estimate {
  const rows = runs.map(seen);
  const columns = rows[0]!.map((_, i) => Float64Array.from(rows, (row) => row[i]!));
  const meanOf = (column: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < column.length; i++) sum += column[i]!;
    return sum / column.length;
  };
  const statistic = (drawn: readonly ArrayLike<number>[]): number => answer(Float64Array.from(drawn, meanOf));
  if (runs.length < LEAST_RUNS) return withoutInterval(statistic(columns));
  return bootstrapInterval(columns, statistic, { seed });
}

/** Fewer runs give no interval. */
const LEAST_RUNS = 4;
