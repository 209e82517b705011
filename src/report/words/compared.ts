/** The words of comparisons between policies, in the terminal, in reports and in files alike. */
import type { ComparedMetric, FrontierRow } from '../../models/compare/index.ts';
import { formatOfKind } from './market-columns.ts';
import type { Format } from './numbers.ts';
import type { Kind } from './quoted.ts';

/** What a metric counts. */
export function kindOf({ unit }: ComparedMetric): Kind {
  const kinds = {
    share: 'share',
    probability: 'number',
    money: 'money',
    accounts: 'count',
    number: 'number',
  } as const;
  return kinds[unit];
}

/** How a metric is written: cells and differences alike. */
export function formatOf(metric: ComparedMetric): Format {
  return formatOfKind(kindOf(metric));
}

/** What stands behind a number of the metric. */
export function unitOf({ unit }: ComparedMetric, moneyUnit: string): string {
  return unit === 'money' ? ` ${moneyUnit}` : '';
}

/** `.004`, `< .001` */
export function probabilityText(p: number): string {
  return p < 0.001 ? '< .001' : p.toFixed(3).replace(/^0/, '');
}

export const FRONTIER_LEGEND =
  'dominated: another policy costs no more, is no less safe, and is better in one of these. * shown: each of these ' +
  'differences has an adjusted P below .05. Policies without a verdict are compared with nobody.';

/** How many dominators a line names. */
const MOST_NAMED = 3;

/** `dominated by binance*`: those that are shown come first. */
export function verdictText({ verdict, no_verdict, dominated_by }: FrontierRow): string {
  if (verdict === 'none') return `no verdict: ${no_verdict.join('; ')}`;
  if (verdict === 'on the frontier') return verdict;
  const sorted = [...dominated_by].sort((a, b) => Number(b.shown) - Number(a.shown));
  const named = sorted.slice(0, MOST_NAMED).map(({ policy, shown }) => (shown ? `${policy}*` : policy));
  const more = sorted.length - named.length;
  return `dominated by ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
