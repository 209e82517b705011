/**
 * What a market's results answer, in two sentences: how likely a cascade is under each policy (or what each absorbs, where that
 * is asked for), and what the better policies cost and leave.
 */
import type { FrontierRow } from '../../models/compare/index.ts';
import { cellsUnder, estimateIn, tellingShock } from '../focus.ts';
import type { RunResults } from '../results.ts';
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
    return listed(
      all.map((group) => [group[0]!.quote, ` under ${namesOf(group.map(({ policy }) => policy))}`]),
    );
  }
  const [least, most] = [all[0]!, all.at(-1)!];
  return [
    'from ',
    least[0]!.quote,
    ` under ${namesOf(least.map(({ policy }) => policy))} to `,
    most[0]!.quote,
    ` under ${namesOf(most.map(({ policy }) => policy))}, of ${found.length} policies`,
  ];
}

function namesOf(policies: readonly string[]): string {
  const names = policies.slice(0, MOST_NAMED).map((policy) => [policy]);
  const more = policies.length - names.length;
  return textOf(listed(more > 0 ? [...names, [`${more} more`]] : names));
}

/** Who is on the frontier of cost against safety, at which numbers; undefined without policies to compare. */
function judged(results: RunResults): Piece[] | undefined {
  const block = results.manifest.summary.frontier?.blocks.at(-1);
  if (block === undefined) return undefined;
  const where = `Of cost against safety (${minus(block.shock)})`;
  const of = (verdict: FrontierRow['verdict']): Judged[] =>
    groups(block.rows.filter((row) => row.verdict === verdict).map((row) => told(results, row)));
  const [best, rest] = [of('on the frontier'), of('dominated')];
  if (best.length === 0) {
    const why = [...new Set(block.rows.flatMap((row) => row.no_verdict))].slice(0, 2).join('; ');
    return [why === '' ? `${where} there is no verdict.` : `${where} there is no verdict: ${why}.`];
  }
  const count = best.reduce((sum, { policies }) => sum + policies.length, 0);
  const [first, ...others] = best as [Judged, ...Judged[]];
  return [
    `${where} ${count === 1 ? 'one policy is' : `${count} policies are`} not dominated: `,
    ...named([[...entry(first, results.money)], ...others.map((one) => entry(one))]),
    ...(rest.length === 0 ? [] : ['; dominated: ', ...named(rest.map((one) => entry(one)))]),
    '.',
  ];
}

/** Policies of the same numbers. */
interface Judged {
  readonly policies: readonly string[];
  readonly margin: Quote;
  readonly debt: Quote;
}

function told(results: RunResults, row: FrontierRow): Judged {
  const { blocks } = results.manifest.summary.frontier!;
  const at = `summary/frontier/blocks/${blocks.length - 1}/rows/${blocks.at(-1)!.rows.indexOf(row)}/metrics`;
  return {
    policies: [row.policy],
    margin: quote(row.metrics['margin_posted']!, 'share', `${at}/margin_posted`),
    debt: quote(row.metrics['bad_debt']!, 'money', `${at}/bad_debt`),
  };
}

function groups(all: readonly Judged[]): Judged[] {
  const found = new Map<string, Judged>();
  for (const one of all) {
    const key = `${one.margin.text} ${one.debt.text}`;
    const policies = [...(found.get(key)?.policies ?? []), ...one.policies];
    found.set(key, { ...(found.get(key) ?? one), policies });
  }
  return [...found.values()];
}

/** `binance (22.48 % [22.33 %, 22.63 %], 17 M [15 M, 18 M])`; with `money` it says what the numbers are. */
function entry({ policies, margin, debt }: Judged, money?: string): Piece[] {
  const [ofMargin, ofDebt] =
    money === undefined ? ['', ''] : [' of open interest posted as margin', ` ${money} of bad debt a run`];
  return [`${namesOf(policies)} (`, margin, `${ofMargin}, `, debt, `${ofDebt})`];
}

function named(entries: readonly (readonly Piece[])[]): Piece[] {
  const some = entries.slice(0, MOST_NAMED - 1);
  const more = entries.length - some.length;
  return listed(more > 0 ? [...some, [`${more} more`]] : some);
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
