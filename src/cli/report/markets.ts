/** Policies on plausible markets: which rankings stand, which depend on the market, and on which of its settings. */
import pc from 'picocolors';
import type { MarketsResult, RankedMetric, RankedPair } from '../../lab/markets/markets.ts';
import { ROBUST } from '../../lab/markets/markets.ts';
import type { Tornado, TornadoBar } from '../../lab/markets/tornado.ts';
import { formatOf, unitOf } from './frontier.ts';
import type { Format } from './numbers.ts';
import { estimateText, minus, percent } from './numbers.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

/** Pairs that are shown of a metric; all are in the document. */
const MOST_PAIRS = 12;

const LEGEND =
  `Robust: in at least ${ROBUST * 100} % of the markets the mean of one policy is better than that of the other (all shocks ` +
  'together). P(better): share of markets and runs, ties counted half; 95 % interval over markets. Every market has luck of its ' +
  'own, the same for all policies.';

const TORNADO_LEGEND =
  'In the middle of the posterior, one setting at a time moved by one standard deviation of the posterior either way, on the same ' +
  'luck. Swing: how far that moves the difference, ± its standard error over runs.';

export function marketsReport(result: MarketsResult): string {
  const { posterior, markets, usable, runs, with_losses, metrics, tornadoes } = result;
  const fit = (text: string): string => wrapped(text, widthOf(process.stdout));
  const [tornado] = tornadoes;
  return [
    fit(`${markets} markets drawn from ${posterior}, ${runs} ${runs === 1 ? 'run' : 'runs'} of each`),
    ...(usable < markets ? [pc.yellow(fit(`${markets - usable} of them could not be run`))] : []),
    ...(with_losses > 0 ? [pc.yellow(fit(`${with_losses} markets lost runs: these are in no number`))] : []),
    ...metrics.flatMap((one) => ['', ...metricLines(one, result)]),
    '',
    pc.dim(fit(LEGEND)),
    '',
    pc.bold(fit(`What ${tornado!.policies[0]} less ${tornado!.policies[1]} depends on`)),
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
  const format = formatOf(metric);
  const order = ranking.map(({ policy, mean }) => `${policy} (${format(mean)}${unitOf(metric, money)})`);
  const isTied = pairs.every((pair) => pair.verdict === 'tied');
  const verdict = robust ? pc.green('robust') : pc.yellow(isTied ? 'nothing to rank' : 'not robust');
  const fit = (text: string): string => wrapped(text, widthOf(process.stdout));
  return [
    pc.bold(
      fit(
        `${metric.title}, ${metric.better === 'less' ? 'least' : 'most'} first: ${minus(order.join(', '))}`,
      ),
    ),
    fit(`the same ranking in ${estimateText(same, percent)} of the markets: ${verdict}`),
    ...pairLines(pairs),
  ];
}

function pairLines(pairs: readonly RankedPair[]): string[] {
  // Those that are not robust first: they are what a reader must know.
  const shown = [...pairs].sort((a, b) => Number(a.verdict === 'robust') - Number(b.verdict === 'robust'));
  const rows = shown
    .slice(0, MOST_PAIRS)
    .map(({ policy, against, better, in_worlds, tied, verdict }) => [
      policy,
      against,
      estimateText(better, percent),
      percent(in_worlds.value),
      percent(tied),
      verdict === 'robust' ? pc.green(verdict) : pc.yellow(verdict),
    ]);
  const table = tableOfRows(['policy', 'against', 'P(better)', 'better in', 'equal in', ''], rows);
  const left = shown.length - rows.length;
  return left > 0 ? [table, `and ${left} more pairs, in markets.json`] : [table];
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

function tornadoLines({ difference, bars }: Tornado, { metric }: RankedMetric, money: string): string[] {
  const format = formatOf(metric);
  const title = `${metric.title}: ${format(difference)}${unitOf(metric, money)} in the middle`;
  const known = bars.filter(({ swing }) => Math.abs(swing) > 0);
  if (known.length === 0) return ['', minus(`${title}; no setting moves it`)];
  const most = Math.max(...known.map(({ swing }) => Math.abs(swing)));
  const rows = known.map((bar) => barRow(bar, format, most));
  return ['', minus(title), tableOfRows(['setting', 'range', 'difference', 'swing', ''], rows)];
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
