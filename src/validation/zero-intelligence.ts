/** V4: the mean spread of random orders in units of the characteristic price, and its collapse under scaling. */
import type { Estimate } from '../stats/estimate.ts';
import { pairedDifference } from '../stats/pairs/paired.ts';
import { granularity, ticksPerPc } from '../models/zero/runs.ts';
import { checkEstimate, estimatesOf } from './estimates.ts';
import { runsOf } from './runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';

const FILE = 'zero-intelligence.yaml';
const TOLERANCE = 0.015;

/** ε → mean spread / p_c, in the limit of small ticks. */
const PUBLISHED: readonly (readonly [number, number])[] = [
  [0.2, 0.761],
  [0.02, 0.493],
];

/** (δ, μ) of one ε and three characteristic prices: 500, 1000 and 2000 ticks, so that ticks are not scaled with them. */
const SCALED: readonly (readonly [number, number])[] = [
  [0.001, 0.2],
  [0.002, 0.4],
  [0.004, 0.8],
];
const SCALED_RUN = ['runs=40', 'zero.time=100'];

interface Spread {
  readonly label: string;
  readonly epsilon: number;
  readonly ticks: number;
  readonly spread: Estimate;
  /** Mean spread / p_c of each run. */
  readonly runs: Float64Array;
}

export const zeroIntelligence: Validation = {
  name: 'zero-intelligence',
  about: 'V4: the spread that random orders make (Smith, Farmer, Gillemot, Krishnamurthy 2003)',
  async run(options) {
    const checks: Check[] = [];
    for (const [epsilon] of PUBLISHED) {
      const found = await spreadAt([`zero.cancel_rate=${epsilon / 10}`], options);
      // Other settings have no published spread, and none that is known otherwise.
      const target = PUBLISHED.find(([published]) => Math.abs(found.epsilon / published - 1) < 1e-9)?.[1];
      if (target === undefined) continue;
      const what = `ε = ${short(found.epsilon)}, p_c = ${short(found.ticks)} ticks: mean spread / p_c`;
      checks.push(checkEstimate(what, target, found.spread, TOLERANCE));
    }
    const scaled: Spread[] = [];
    for (const [delta, mu] of SCALED) {
      const sets = [...SCALED_RUN, `zero.cancel_rate=${delta}`, `zero.market_rate=${mu}`];
      scaled.push(await spreadAt(sets, options));
    }
    return [...checks, ...collapse(scaled)];
  },
};

/** The differences of all pairs of the same ε. Run by run, since runs of one number have the same luck. */
function collapse(scaled: readonly Spread[]): Check[] {
  return scaled.flatMap((a, i) =>
    scaled.slice(i + 1).flatMap((b) => {
      if (Math.abs(a.epsilon / b.epsilon - 1) > 1e-9) return [];
      const difference = pairedDifference(a.runs, b.runs);
      const what = `ε = ${short(a.epsilon)}: spread / p_c at ${a.label} less that at ${b.label}`;
      return [checkEstimate(what, 0, difference, TOLERANCE)];
    }),
  );
}

async function spreadAt(sets: readonly string[], options: ValidationOptions): Promise<Spread> {
  const runs = await runsOf(FILE, 'zero', sets, options);
  const settings = runs.experiment.zero;
  const ticks = ticksPerPc(settings);
  return {
    label: `δ = ${settings.cancel_rate}, μ = ${settings.market_rate}`,
    epsilon: granularity(settings),
    ticks,
    spread: estimatesOf(runs)['spread_over_pc']!,
    runs: runs.cells[0]!['spread']!.map((spread) => spread / ticks),
  };
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
