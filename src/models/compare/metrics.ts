/**
 * What policies are compared by. Costs and safety span the frontier; the others are compared only. A metric that the runs
 * at hand do not have is left out.
 */
import type { Searches } from '../../stats/pairs/paired-capacity.ts';
import type { Caveat } from '../caveat.ts';

/** The metric that is a quantile over the continuations of runs. */
export const CAPACITY = 'lac';

export interface ComparedMetric {
  /** As results call it. */
  readonly name: string;
  /** In words. */
  readonly title: string;
  /** Column of the table `runs` that it is the mean of; undefined: of the cell as a whole. */
  readonly column?: string;
  readonly unit: 'share' | 'probability' | 'money' | 'accounts' | 'number';
  /** Which axis of the frontier it belongs to. */
  readonly role: 'cost' | 'safety' | 'other';
  readonly better: 'less' | 'more';
}

const less = (
  role: ComparedMetric['role'],
  unit: ComparedMetric['unit'],
  name: string,
  column: string,
  title: string,
): ComparedMetric => ({ name, title, column, unit, role, better: 'less' });

const all: readonly ComparedMetric[] = [
  less('cost', 'share', 'margin_posted', 'margin_posted', 'margin posted'),
  less('safety', 'probability', 'p_systemic', 'systemic', 'P(cascade)'),
  less('safety', 'money', 'bad_debt', 'bad_debt', 'bad debt'),
  {
    name: CAPACITY,
    title: 'absorption capacity',
    unit: 'money',
    role: 'safety',
    better: 'more',
  },
  less('other', 'money', 'traders_money', 'traders_money', 'traders’ own money at the shock'),
  less('other', 'accounts', 'accounts_mean', 'accounts', 'accounts liquidated'),
  less('other', 'share', 'worst_move', 'drop', 'worst price move'),
];

/** A policy under one shock, as it came out. */
export interface ComparedCell {
  readonly policy: string;
  readonly shock: string;
  /** A column a numeric column of the table `runs`, in run order. */
  readonly runs: Readonly<Record<string, Float64Array>>;
  /** Critical sales of the capacity, in run order; those of a policy's first cell are read. */
  readonly searches?: Searches | undefined;
  /** What results report of it, by name. */
  readonly metrics: Readonly<Record<string, unknown>>;
  /** What must be known before they are believed. */
  readonly caveats?: readonly Caveat[] | undefined;
}

/** A metric by its name; one that is not in the list above counts as it is, and has no pairs. */
export function metricNamed(name: string, better: ComparedMetric['better']): ComparedMetric {
  const known = all.find((one) => one.name === name);
  return known !== undefined
    ? { ...known, better, role: known.role === 'other' ? 'safety' : known.role }
    : { name, title: name, unit: 'number', role: 'safety', better };
}

/** Those that are means of these columns of the table `runs`. */
export function columnMetrics(columns: readonly string[]): ComparedMetric[] {
  return all.filter(({ column }) => column !== undefined && columns.includes(column));
}

/** The metrics that all cells have. */
export function metricsOf(cells: readonly ComparedCell[]): ComparedMetric[] {
  return all.filter(({ name, column }) =>
    cells.every(({ runs, metrics }) => name in metrics && (column === undefined || column in runs)),
  );
}
