/**
 * What a market's results answer, in two sentences: how likely a cascade is under each policy (or what each absorbs, where that
 * is asked for), and what the better policies cost and leave.
 */
import type { ComparedMetric, FrontierRow } from '../../models/compare/index.ts';
import { cellsUnder, estimateIn, tellingShock } from '../focus.ts';
import type { RunResults } from '../results.ts';
import { kindOf } from '../words/compared.ts';
import { minus } from '../words/numbers.ts';
import type { Kind } from '../words/quoted.ts';
import type { Piece, Quote } from './piece.ts';
import { listed, quote, textOf } from './piece.ts';

/** Policies that a sentence names one by one. */
const MOST_NAMED = 4;

export function marketAnswer(results: RunResults): Piece[] {
  return [...(absorbed(results) ?? cascades(results)), ' ', ...(judged(results) ?? consequences(results))];
}

/** An estimate of a cell, and where it stands. */
function inCell(results: RunResults, policy: string, shock: string, metric: string, kind: Kind): Quote {
  const { cells } = results.manifest.summary;
  const at = cells.findIndex(({ labels }) => labels['policy'] === policy && labels['shock'] === shock);
  return quote(estimateIn(cells[at]!, metric), kind, `summary/cells/${at}/metrics/${metric}`);
}

function cascades(results: RunResults): Piece[] {
  const shock = tellingShock(results);
  const what = results.cascade === undefined ? 'A cascade' : `A cascade (${results.cascade})`;
  const found = cellsUnder(results, shock).map(({ labels }) => {
    const policy = labels['policy']!;
    return { policy, quote: inCell(results, policy, shock, 'p_systemic', 'number') };
  });
  return [minus(`${what} follows the shock “${shock}” with probability `), ...under(found), '.'];
}

function absorbed(results: RunResults): Piece[] | undefined {
  const [first] = results.manifest.summary.cells;
  if (first === undefined || !('lac' in first.metrics)) return undefined;
  const shock = first.labels['shock']!;
  const cells = cellsUnder(results, shock);
  const { probability = NaN } = first.metrics['lac'] as { readonly probability?: number };
  const found = cells
    .map(({ labels }) => {
      const policy = labels['policy']!;
      return { policy, quote: inCell(results, policy, shock, 'lac', 'money') };
    })
    .sort((a, b) => b.quote.value - a.quote.value);
  const sale = `The largest forced sale that the market absorbs with probability ${probability} is, in ${results.money}, `;
  return [sale, ...under(found), '.'];
}

interface Found {
  readonly policy: string;
  readonly quote: Quote;
}

/** `0.50 [0.33, 0.67] under binance, and 1.00 [0.89, 1.00] under flat-20x and var-floor`; of many the ends alone. */
function under(found: readonly Found[]): Piece[] {
  const groups = new Map<string, Found[]>();
  for (const one of found) groups.set(one.quote.text, [...(groups.get(one.quote.text) ?? []), one]);
  const all = [...groups.values()].sort((a, b) => a[0]!.quote.value - b[0]!.quote.value);
  if (all.length <= MOST_NAMED) {
    return listed(all.map((group) => [group[0]!.quote, ` under ${namesOf(group)}`]));
  }
  const [least, most] = [all[0]!, all.at(-1)!];
  return [
    'from ',
    least[0]!.quote,
    ` under ${namesOf(least)} to `,
    most[0]!.quote,
    ` under ${namesOf(most)}, of ${found.length} policies`,
  ];
}

function namesOf(group: readonly Found[]): string {
  const names = group.slice(0, MOST_NAMED).map(({ policy }) => [policy]);
  const more = group.length - names.length;
  return textOf(listed(more > 0 ? [...names, [`${more} more`]] : names));
}

/** Who is on the frontier of cost against safety, at which numbers; undefined without policies to compare. */
function judged(results: RunResults): Piece[] | undefined {
  const frontier = results.manifest.summary.frontier;
  const block = frontier?.blocks.at(-1);
  if (frontier === undefined || block === undefined) return undefined;
  const where = `Of cost against safety (${minus(block.shock)})`;
  const best = block.rows.filter(({ verdict }) => verdict === 'on the frontier');
  const rest = block.rows.filter(({ verdict }) => verdict === 'dominated');
  if (best.length === 0) {
    const why = [...new Set(block.rows.flatMap(({ no_verdict }) => no_verdict))].slice(0, 2).join('; ');
    return [`${where} there is no verdict: ${why}.`];
  }
  const told = (row: FrontierRow): Piece[] => [
    `${row.policy} (`,
    ...costs(results, frontier.metrics, row, block.rows.indexOf(row)),
    ')',
  ];
  const named = (rows: readonly FrontierRow[]): Piece[] => {
    const some = rows.slice(0, MOST_NAMED - 1).map(told);
    const more = rows.length - some.length;
    return listed(more > 0 ? [...some, [`${more} more`]] : some);
  };
  return [
    `${where} ${best.length === 1 ? 'one policy is' : `${best.length} policies are`} not dominated: `,
    ...named(best),
    ...(rest.length === 0 ? [] : ['; dominated: ', ...named(rest)]),
    '.',
  ];
}

/** `22.48 % [22.33 %, 22.63 %] of open interest posted as margin, 17 M [15 M, 18 M] USDT of bad debt a run` */
function costs(
  results: RunResults,
  metrics: readonly ComparedMetric[],
  row: FrontierRow,
  at: number,
): Piece[] {
  const block = results.manifest.summary.frontier!.blocks.length - 1;
  const parts = metrics
    .filter(({ name }) => name === 'margin_posted' || name === 'bad_debt')
    .map((metric): Piece[] => {
      const from = `summary/frontier/blocks/${block}/rows/${at}/metrics/${metric.name}`;
      const one = quote(row.metrics[metric.name]!, kindOf(metric), from);
      const words =
        metric.name === 'margin_posted' ? ' of open interest posted' : ` ${results.money} of bad debt a run`;
      return [one, words];
    });
  return parts.flatMap((part, i) => (i === 0 ? part : [', ', ...part]));
}

/** Of a single policy: what is liquidated and lost under the telling shock. */
function consequences(results: RunResults): Piece[] {
  const shock = tellingShock(results);
  const policy = cellsUnder(results, shock)[0]?.labels['policy'] ?? '';
  const one = (metric: string, kind: Kind): Quote => inCell(results, policy, shock, metric, kind);
  return [
    'On average ',
    one('accounts_mean', 'count'),
    ' accounts are liquidated in a run, ',
    one('share_mean', 'share'),
    ' of open interest, and ',
    one('bad_debt', 'money'),
    ` ${results.money} of bad debt is left.`,
  ];
}
