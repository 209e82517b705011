/** The columns of a market's table of policies, in the terminal, in reports and in files alike: heads, metrics, and how they are written. */
import type { Estimate } from '../../stats/estimate.ts';
import type { Format } from './numbers.ts';
import { money, percent, plain, whole } from './numbers.ts';
import type { Kind } from './quoted.ts';

export interface MetricColumn {
  readonly head: string;
  readonly metric: string;
  readonly kind: Kind;
  /** Shown without --wide. */
  readonly isHeadline?: boolean;
  /** false: shown only where it is not 0 everywhere. */
  readonly always?: boolean;
}

const FORMATS: Readonly<Record<Kind, Format>> = { number: plain, share: percent, money, count: whole };

/** How a table writes numbers of a kind. */
export function formatOfKind(kind: Kind): Format {
  return FORMATS[kind];
}

/** `unit`: of money. */
export function marketColumns(unit: string): readonly MetricColumn[] {
  return [
    { head: 'P(cascade)', metric: 'p_systemic', kind: 'number', isHeadline: true },
    { head: 'accounts\nliquidated', metric: 'accounts_mean', kind: 'count', isHeadline: true },
    { head: 'accounts\n95th pct', metric: 'accounts_p95', kind: 'count' },
    { head: 'share of\nopen interest', metric: 'share_mean', kind: 'share', isHeadline: true },
    { head: 'share\n95th pct', metric: 'share_p95', kind: 'share' },
    { head: `LaR95: liqui-\ndated ${unit}`, metric: 'liquidated_p95', kind: 'money' },
    { head: 'last touch:\nbranching ratio', metric: 'branching_ratio', kind: 'number' },
    { head: 'caused by\nliquidations', metric: 'caused_share', kind: 'share' },
    { head: 'deepest\ngeneration', metric: 'deepest_generation', kind: 'number' },
    { head: 'amplification', metric: 'amplification', kind: 'number', isHeadline: true },
    { head: 'tail index\n1 s returns', metric: 'tail_index', kind: 'number', always: false },
    { head: 'of it by\nliquidations', metric: 'tail_index_by_liquidations', kind: 'number', always: false },
    { head: 'clustering\nat 10 s', metric: 'clustering_10s', kind: 'number', always: false },
    {
      head: 'of it by\nliquidations',
      metric: 'clustering_10s_by_liquidations',
      kind: 'number',
      always: false,
    },
    { head: 'worst\nprice move', metric: 'worst_move', kind: 'share' },
    { head: 'healthy again\n1 min later', metric: 'healthy_again_60s', kind: 'share' },
    { head: `bad debt\n${unit}`, metric: 'bad_debt', kind: 'money', isHeadline: true },
    { head: `VaR95 of\nlosses ${unit}`, metric: 'bad_debt_p95', kind: 'money', always: false },
    { head: 'P(fund does\nnot suffice)', metric: 'p_uncovered', kind: 'number', always: false },
    { head: `insurance\nused ${unit}`, metric: 'insurance_used', kind: 'money' },
    { head: `fund gains\nor loses ${unit}`, metric: 'fund_change', kind: 'money', always: false },
    { head: `borne by\nothers ${unit}`, metric: 'shared', kind: 'money', always: false },
    { head: `written\noff ${unit}`, metric: 'written_off', kind: 'money', always: false },
    { head: 'taken over,\nof open int.', metric: 'taken_over', kind: 'share', always: false },
    { head: 'traders\nwho bear', metric: 'bearers', kind: 'count', always: false },
    { head: 'calls', metric: 'calls', kind: 'count' },
    { head: 'demands\nunmet', metric: 'calls_unmet', kind: 'count', always: false },
    { head: 'initial margin\nover equity', metric: 'initial_over_equity', kind: 'number' },
    { head: 'equity over\nmaintenance', metric: 'equity_over_maintenance', kind: 'number' },
    { head: 'equity over\nmaint., worst', metric: 'worst_equity_over_maintenance', kind: 'number' },
    { head: 'breaking over\ndepth, 5 % below', metric: 'breaking_over_depth', kind: 'number' },
  ];
}

/** Of the columns those that these cells have something for; `wide`: not the headline alone. */
export function shownColumns(
  cells: readonly { readonly metrics: Readonly<Record<string, unknown>> }[],
  unit: string,
  wide: boolean,
): readonly MetricColumn[] {
  const isThere = (metric: string): boolean =>
    cells.some(({ metrics }) => {
      const { value } = metrics[metric] as Estimate;
      return value > 0 || value < 0; // NaN is nothing to show
    });
  return marketColumns(unit).filter(
    ({ metric, always, isHeadline }) =>
      (wide || isHeadline === true) &&
      cells.every(({ metrics }) => metric in metrics) && // results of before the metric
      (always !== false || isThere(metric)),
  );
}
