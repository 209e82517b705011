/**
 * The absorption capacity in results. Run number n makes the continuations n, n + runs, …; a
 * policy has one capacity a window, whatever the shocks of the experiment, and its sales are made in the cells of the first.
 */
import type { Critical } from '../../../stats/absorption.ts';
import { capacityInterval } from '../../../stats/absorption.ts';
import type { Estimate } from '../../../stats/estimate.ts';
import { wilson } from '../../../stats/proportion.ts';
import type { Searches } from '../../../stats/paired-capacity.ts';
import type { QuantileEstimate } from '../../../stats/quantile.ts';
import type { AbsorptionSettings, MarketExperiment } from '../../experiment/index.ts';
import { shortDuration } from '../../experiment/index.ts';
import type { ColumnInfo, RunColumns, TableInfo } from '../model.ts';

export const absorptionTable: TableInfo = {
  name: 'lac',
  about: 'The critical sale of one continuation a row: the market took the one and not the other.',
  columns: [
    {
      name: 'continuation',
      type: 'INT32',
      unit: '',
      about: 'Number of the continuation; the same luck everywhere.',
    },
    {
      name: 'state',
      type: 'INT32',
      unit: '',
      about: 'Run whose market just before the shock it goes on from.',
    },
    { name: 'window_s', type: 'DOUBLE', unit: 's', about: 'Time over which it was sold.' },
    { name: 'low', type: 'DOUBLE', unit: 'money', about: 'Largest sale that the market took.' },
    {
      name: 'high',
      type: 'DOUBLE',
      unit: 'money',
      about: 'Smallest sale that it did not take; Infinity: none.',
    },
    { name: 'looks', type: 'INT32', unit: 'sales', about: 'Sales that were tried.' },
    { name: 'again', type: 'INT32', unit: '0/1', about: '1: it took a sale larger than `high`.' },
  ],
};

const PARTS = ['low', 'high', 'again'] as const;

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
        unit: part === 'again' ? '0/1' : 'money',
        about: `${part} of the table lac, sale over ${shortDuration(window_us)}, continuation run + ${slot} · runs.`,
      })),
    ),
  );
}

/** What `absorptionColumns` hold for one critical sale, with its sizes in money. */
export function absorptionValues({
  low,
  high,
  again,
}: Critical): Readonly<Record<(typeof PARTS)[number], number>> {
  return { low, high, again: again ? 1 : 0 };
}

/** The capacity for sales over one window. */
export type Capacity = QuantileEstimate & {
  readonly window_s: number;
  /** Share of continuations that must take it. */
  readonly probability: number;
  readonly continuations: number;
  /** Share of continuations that took a larger sale than one which they did not take. */
  readonly again: Estimate;
};

/** The capacities of a policy, a window an entry, from the runs of its cell under the first shock. */
export function capacities(lac: AbsorptionSettings, runs: RunColumns): Capacity[] {
  return lac.windows_us.map((window_us, w) => {
    const all = (part: (typeof PARTS)[number]): number[] =>
      Array.from({ length: lac.continuations }, (_, slot) => [...runs[absorptionColumn(w, slot, part)]!])
        .flat()
        .filter((value) => !Number.isNaN(value));
    const again = all('again');
    return {
      window_s: window_us / 1e6,
      probability: lac.probability,
      ...capacityInterval(all('low'), all('high'), lac.probability),
      continuations: again.length,
      again: wilson(again.filter((one) => one === 1).length, again.length),
    };
  });
}

/** What the capacity for the first window is paired by, of the runs of any cell; undefined where they have no such columns. */
export function searchesOf(runs: RunColumns, probability: number): Searches | undefined {
  const columns = (part: 'low' | 'high'): Float64Array[] => {
    const found: Float64Array[] = [];
    while (absorptionColumn(0, found.length, part) in runs) {
      found.push(runs[absorptionColumn(0, found.length, part)]!);
    }
    return found;
  };
  const lows = columns('low');
  return lows.length === 0 ? undefined : { probability, lows, highs: columns('high') };
}
