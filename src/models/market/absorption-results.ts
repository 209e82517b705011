/**
 * The absorption capacity in results. Run number n makes the continuations n, n + runs, …; a
 * policy has one capacity a window, whatever the shocks of the experiment, and its sales are made in the cells of the first.
 */
import type { Critical } from '../../stats/cascade/absorption.ts';
import { fallingSizes } from '../../stats/cascade/absorbed-share.ts';
import { capacityInterval, capacityOf } from '../../stats/cascade/absorption.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { CONFIDENCE } from '../../stats/estimate.ts';
import type { Searches } from '../../stats/pairs/paired-capacity.ts';
import type { QuantileEstimate } from '../../stats/intervals/quantile.ts';
import type { AbsorptionSettings } from './file/absorption.ts';
import type { MarketExperiment } from './file/compile.ts';
import { shortDuration } from '../../experiment/titles.ts';
import { shareOf } from '../lost-runs.ts';
import type { ColumnInfo, RunColumns, TableInfo } from '../model.ts';
import type { MarketRun } from './market-run.ts';
import { int, real, realOrNull } from '../columns.ts';

export const absorptionTable: TableInfo = {
  name: 'lac',
  about: 'The critical sale of one continuation a row: the market took the one and not the other.',
  columns: [
    int('continuation', '', 'Number of the continuation; the same luck everywhere.'),
    int('state', '', 'Run whose market just before the shock it goes on from.'),
    real('window_s', 's', 'Time over which it was sold.'),
    real('low', 'money', 'Largest sale that the market took.'),
    real('high', 'money', 'Smallest sale that it did not take; Infinity: none.'),
    int('looks', 'sales', 'Sales that were tried.'),
    realOrNull(
      'from',
      'money',
      'From here on it took sales again that are larger than `high`; null: it took none of the three tried.',
    ),
    realOrNull('to', 'money', 'Up to here.'),
  ],
};

const PARTS = ['low', 'high', 'from', 'to'] as const;

/** Numbers of the continuations that run `run` makes. */
export function continuationsOf(experiment: MarketExperiment, run: number): number[] {
  const { lac, runs } = experiment;
  return Array.from({ length: lac?.continuations ?? 0 }, (_, slot) => run + slot * runs);
}

export function absorptionColumn(window: number, slot: number, part: (typeof PARTS)[number]): string {
  return `lac_${window + 1}_${slot + 1}_${part}`;
}

/** Columns of `runs` in which the summary finds the table; NaN where a run makes no such sale. */
export function absorptionColumns(experiment: MarketExperiment): ColumnInfo[] {
  const { lac } = experiment;
  if (lac === undefined) return [];
  return lac.windows_us.flatMap((window_us, w) =>
    Array.from({ length: lac.continuations }, (_, slot) => slot).flatMap((slot) =>
      PARTS.map((part): ColumnInfo => ({
        name: absorptionColumn(w, slot, part),
        type: 'DOUBLE',
        unit: 'money',
        about: `${part} of the table lac, sale over ${shortDuration(window_us)}, continuation run + ${slot} · runs.`,
      })),
    ),
  );
}

/** What `absorptionColumns` hold for one critical sale: its sizes in money. */
export function absorptionValues(
  { low, high, from, to }: Critical,
  run: Pick<MarketRun, 'money'>,
): Readonly<Record<(typeof PARTS)[number], number>> {
  return { low: run.money(low), high: run.money(high), from: run.money(from), to: run.money(to) };
}

/** The capacity for sales over one window. */
export type Capacity = QuantileEstimate & {
  readonly window_s: number;
  /** Share of continuations that must take it. */
  readonly probability: number;
  readonly continuations: number;
  /** Share of continuations that absorbed a larger sale than their smallest failing one. */
  readonly larger_absorbed: Estimate;
  /** The curve that the capacity is read off: sizes (money) that are absorbed with these probabilities. */
  readonly absorbed: readonly { readonly probability: number; readonly size: number }[];
};

/** Probabilities at which the curve is reported. */
const CURVE = [0.99, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1] as const;

/** The capacities of a policy, a window an entry, from the runs of its cell under the first shock. */
export function capacities(lac: AbsorptionSettings, runs: RunColumns): Capacity[] {
  return lac.windows_us.map((window_us, w) => {
    const columns = (part: (typeof PARTS)[number]): number[] =>
      Array.from({ length: lac.continuations }, (_, slot) => [
        ...runs[absorptionColumn(w, slot, part)]!,
      ]).flat();
    const made = columns('low').map((low) => !Number.isNaN(low));
    const all = (part: (typeof PARTS)[number]): number[] => columns(part).filter((_, i) => made[i]);
    const again = { from: all('from'), to: all('to') };
    const [lows, n] = [all('low'), all('low').length];
    const sizes = fallingSizes({ lows, ...again });
    return {
      window_s: window_us / 1e6,
      probability: lac.probability,
      ...capacityInterval(lows, all('high'), lac.probability, CONFIDENCE, again),
      continuations: n,
      larger_absorbed: shareOf(again.from.filter((size) => !Number.isNaN(size)).length, n),
      absorbed: CURVE.map((probability) => ({
        probability,
        size: n === 0 ? NaN : capacityOf(sizes, probability),
      })),
    };
  });
}

/** What the capacity for the first window is paired by, of the runs of any cell; undefined where they have no such columns. */
export function searchesOf(runs: RunColumns, probability: number): Searches | undefined {
  const columns = (part: (typeof PARTS)[number]): Float64Array[] => {
    const found: Float64Array[] = [];
    while (absorptionColumn(0, found.length, part) in runs) {
      found.push(runs[absorptionColumn(0, found.length, part)]!);
    }
    return found;
  };
  const lows = columns('low');
  if (lows.length === 0) return undefined;
  const [from, to] = [columns('from'), columns('to')];
  return { probability, lows, highs: columns('high'), ...(from.length === 0 ? {} : { from, to }) };
}
