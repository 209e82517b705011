/** Policies on plausible markets: which rankings stand, which depend on the market, and on which of its settings. */
import pc from 'picocolors';
import type { MarketsResult } from '../../design/markets/markets.ts';
import type { RankedMetric, RankedPair } from '../../design/markets/ranked.ts';
import type { Tornado, TornadoBar } from '../../design/markets/tornado.ts';
import { ROBUST } from '../../stats/pairs/plausible-ranking.ts';
import { formatOf, unitOf } from '../../report/words/compared.ts';
import { rankingText } from '../../report/tables/markets-tables.ts';
import type { Format } from '../../report/words/numbers.ts';
import { estimateText, minus, percent } from '../../report/words/numbers.ts';
import type { Column } from './table.ts';
import { table, tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

/** Pairs that are shown of a metric; all are in the document. */
const MOST_PAIRS = 12;

const LEGEND =
  `Robust: in at least ${ROBUST * 100} % of the markets the mean of one policy is better than that of the other (all shocks ` +
  'together); tied (=): equal in as many. P(better): share of markets and runs, ties counted half. 95 % intervals over markets. ' +
  'Every market has luck of its own, the same for all policies.';

const LUCK_LEGEND =
  'Luck: share of the variance of their difference from market to market that comes from luck of the runs, and would go ' +
  'with more of them; the rest is the markets.';

const TORNADO_LEGEND =
  'In the middle of the posterior, one setting at a time moved by one standard deviation of the posterior either way, on the same ' +
  'luck. Swing: how far that moves the difference, ± its standard error over runs.';

function fit(text: string): string {
  return wrapped(text, widthOf(process.stdout));
}

export function marketsReport(result: MarketsResult): string {
  const { posterior, markets, usable, runs, with_losses, metrics, tornadoes } = result;
  return [
    fit(`${markets} markets drawn from ${posterior}, ${runs} ${runs === 1 ? 'run' : 'runs'} of each`),
    ...(usable < markets ? [pc.yellow(fit(`${markets - usable} of them could not be run`))] : []),
    ...(with_losses > 0 ? [pc.yellow(fit(`${with_losses} markets lost runs: these are in no number`))] : []),
    ...metrics.flatMap((one) => ['', ...metricLines(one, result)]),
    '',
    pc.dim(fit(LEGEND)),
    ...(runs > 1 ? [pc.dim(fit(LUCK_LEGEND))] : []),
    '',
    pc.bold(fit('What differences depend on')),
    ...tornadoes.flatMap((one, i) =>
      isShown(metrics[i]!) ? tornadoLines(one, metrics[i]!, result.money) : [],
    ),
    pc.dim('the others are in markets.json'),
    pc.dim(fit(TORNADO_LEGEND)),
  ].join('\n');
}

function metricLines(
  { metric, ranking, same, robust, pairs }: RankedMetric,
  { money }: MarketsResult,
): string[] {
  const isTied = pairs.every((pair) => pair.verdict === 'tied');
  const verdict = robust ? pc.green('robust') : pc.yellow(isTied ? 'nothing to rank' : 'not robust');
  return [
    pc.bold(
      fit(
        `${metric.title}, ${metric.better === 'less' ? 'least' : 'most'} first: ${rankingText({ metric, ranking }, money)}`,
      ),
    ),
    fit(`the same ranking in ${estimateText(same, percent)} of the markets: ${verdict}`),
    ...pairLines(pairs),
  ];
}

function pairLines(pairs: readonly RankedPair[]): string[] {
  // Those that are not robust first: they are what a reader must know.
  const shown = [...pairs].sort((a, b) => Number(a.verdict === 'robust') - Number(b.verdict === 'robust'));
  const rows = shown.slice(0, MOST_PAIRS);
  const columns: Column[] = [
    { head: '', cells: rows.map(({ verdict }) => verdictText(verdict)) },
    { head: 'better in', cells: rows.map(({ in_worlds }) => estimateText(in_worlds, percent)) },
    { head: 'P(better)', cells: rows.map(({ better }) => estimateText(better, percent)) },
  ];
  if (rows.some(({ tied }) => tied > 0))
    columns.push({ head: 'equal', cells: rows.map(({ tied }) => percent(tied)) });
  if (rows.some(({ luck }) => !Number.isNaN(luck)))
    columns.push({ head: 'luck', cells: rows.map(({ luck }) => (Number.isNaN(luck) ? '–' : percent(luck))) });
  const first = {
    head: 'policy, against',
    cells: rows.map(({ policy, against }) => `${policy}, ${against}`),
  };
  const left = shown.length - rows.length;
  const all = table(first, columns);
  return left > 0 ? [all, `and ${left} more pairs, in markets.json`] : [all];
}

function verdictText(verdict: RankedPair['verdict']): string {
  if (verdict === 'robust') return pc.green(verdict);
  return pc.yellow(verdict === 'depends on the market' ? 'depends' : verdict);
}

/** Costs and safety, which policies are chosen by. */
function isShown({ metric }: RankedMetric): boolean {
  return metric.role !== 'other';
}

/** `index.volatility`, `taker.gap`: without what all such paths have. */
function shortPath(path: string): string {
  return path.replace(/^market\.(?:instruments\.)?|^population\./, '').replace('.params.', '.');
}

/** Half of the width of a bar at most, characters. */
const HALF = 8;

function tornadoLines(
  { policies, difference, bars }: Tornado,
  { metric }: RankedMetric,
  money: string,
): string[] {
  const format = formatOf(metric);
  const between = `${policies[0]} less ${policies[1]}`;
  const title = `${metric.title}, ${between}: ${format(difference)}${unitOf(metric, money)} in the middle`;
  const known = bars.filter(({ swing }) => Math.abs(swing) > 0);
  if (known.length === 0) return ['', fit(minus(`${title}; no setting moves it`))];
  const most = Math.max(...known.map(({ swing }) => Math.abs(swing)));
  const rows = known.map((bar) => barRow(bar, format, most));
  return ['', fit(minus(title)), tableOfRows(['setting', 'range', 'difference', 'swing', ''], rows)];
}

/** `0.0280629 per s` as `0.0281 per s`. */
function rounded(amount: string): string {
  return amount.replace(/^\S+/, (number) => String(Number(Number(number).toPrecision(3))));
}

function barRow(
  { path, low, high, at_low, at_high, swing, error }: TornadoBar,
  format: Format,
  most: number,
): string[] {
  const length = Math.max(1, Math.round((Math.abs(swing) / most) * HALF));
  const own = Number.isFinite(error) ? ` ± ${format(error)}` : '';
  const bar = swing < 0 ? '█'.repeat(length).padStart(HALF) : `${' '.repeat(HALF)}${'█'.repeat(length)}`;
  return [
    shortPath(path),
    minus(`${rounded(low)} to ${rounded(high)}`),
    minus(`${format(at_low)} to ${format(at_high)}`),
    minus(`${format(swing)}${own}`),
    bar,
  ];
}
