/**
 * V9: the jump of an EWMA margin after a large return, exactly; and how margins swing along GARCH paths, with and without
 * tools against procyclicality, against a published table. What reproduces that table: peak to trough is the highest over
 * the lowest margin of the ten years measured; the floor is the same margin from the volatility of the last ten years,
 * rolling; the stressed margin is the 99th percentile of the rule's own requirement over the last ten years, rolling; peak
 * to trough and calls are medians over paths, mean margin and breaches means.
 */
import { ewmaJump } from '../models/procyclicality/margin-path.ts';
import type { CellSummary } from '../models/model.ts';
import { modelOf } from '../models/index.ts';
import { checkEstimate } from './estimates.ts';
import { runsOf } from './runs.ts';
import type { Check, Validation } from './validation.ts';
import { check } from './validation.ts';
import { estimateIn } from '../stats/estimate.ts';

const FILE = 'procyclicality.yaml';

/** Peak to trough; 5-day call, mean margin and breaches, % (of notional, of days). */
const PUBLISHED: Readonly<Record<string, readonly [string, number, number, number, number]>> = {
  'ewma-94': ['EWMA .94', 4.62, 1.35, 2.22, 1.23],
  'ewma-97': ['EWMA .97', 3.36, 0.83, 2.25, 1.19],
  floor: ['.97, 10-year floor', 1.97, 0.79, 2.52, 0.64],
  stressed: ['.97, 25 % stressed weight', 2.15, 0.62, 2.71, 0.37],
  'speed-limit': ['.97, speed limit 5 % a day', 3.35, 0.7, 2.24, 1.2],
};

export const margin: Validation = {
  name: 'margin',
  about: 'V9: EWMA margins jump exactly, and swing along GARCH paths as published',
  async run(options) {
    const jumps = [3, 5, 10].map((sigmas) => {
      const decay = 0.94;
      const target = Math.sqrt(decay + (1 - decay) * sigmas * sigmas);
      return check(`EWMA .94: jump after ${sigmas} σ`, target, ewmaJump(decay, sigmas), NaN, 1e-12 * target);
    });
    const { experiment, cells } = await runsOf(FILE, 'procyclicality', [], options);
    // The table is of the file's prices and margins only: for others there is no target.
    if (options.sets.some((set) => set.startsWith('procyclicality.'))) return jumps;
    return [...jumps, ...modelOf(experiment).summarise(experiment, cells).cells.flatMap(checksOf)];
  },
};

function checksOf({ labels, metrics }: CellSummary): Check[] {
  const row = PUBLISHED[labels['margin']!];
  if (row === undefined) return [];
  const [name, ratio, call, mean, breaches] = row;
  const one = (what: string, target: number, metric: string, scale: number, tolerance: number): Check => {
    const { value, low, high } = estimateIn(metrics, metric);
    const scaled = { value: scale * value, low: scale * low, high: scale * high };
    return checkEstimate(`${name}: ${what}`, target, scaled, tolerance);
  };
  return [
    one('peak to trough', ratio, 'peak_to_trough', 1, 0.15),
    one('5-day call, % of notional', call, 'call_5d', 100, 0.05),
    one('mean margin, % of notional', mean, 'mean_margin', 100, 0.05),
    one('breaches, % of days', breaches, 'breaches', 100, 0.1),
  ];
}
