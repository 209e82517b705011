/** The comparison of policies for people: for each shock the frontier, then a line a pair. */
import pc from 'picocolors';
import type { Comparison, ComparedMetric, Difference, Pair } from '../../models/compare/index.ts';
import { SIGNIFICANT } from '../../models/compare/index.ts';
import { FRONTIER_LEGEND, formatOf, probabilityText, unitOf } from '../../report/words/compared.ts';
import { frontierTable } from './frontier.ts';
import { estimateText, minus } from '../../report/words/numbers.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

/** Pairs of a shock that are printed before the reader is sent to the JSON. */
const MOST_PAIRS = 66;

/** `baseline`: only pairs with this policy, as differences to it. */
export function compareReport(comparison: Comparison, baseline: string | undefined): string {
  const { frontier, pairs } = comparison;
  const width = widthOf(process.stdout);
  const blocks: string[] = [];
  for (const block of frontier.blocks) {
    const own = pairs.filter(({ shock }) => shock === block.shock);
    const chosen = baseline === undefined ? own : own.flatMap((pair) => againstBaseline(pair, baseline));
    blocks.push('', pc.bold(wrapped(minus(block.shock), width)), frontierTable(frontier, block));
    for (const pair of chosen.slice(0, MOST_PAIRS))
      blocks.push(wrapped(pairLine(pair, comparison), width, 2));
    if (chosen.length > MOST_PAIRS) {
      blocks.push(`… and ${chosen.length - MOST_PAIRS} more pairs: --baseline NAME, or --json`);
    }
  }
  return [...blocks, '', pc.dim(wrapped(`${PAIR_LEGEND} ${FRONTIER_LEGEND}`, width))].join('\n').trimStart();
}

const PAIR_LEGEND =
  'A − B: paired differences on the same seeds with 95 % intervals of each by itself; P adj: corrected for all pairs and ' +
  'metrics of the shock (Holm). Differences that are not shown (P adj ≥ .05) are named behind “no difference shown”, those of ' +
  'which too few runs or searches tell behind “unknown”.';

/** `binance − flat-20x: bad debt −3.1 M USDT [−4.0 M, −2.2 M], P adj .004; no difference shown: margin posted` */
function pairLine(
  { policy, against, differences }: Pair,
  { frontier: { metrics, money } }: Comparison,
): string {
  const paired = metrics.filter(({ name }) => name in differences);
  const isShown = ({ name }: ComparedMetric): boolean => differences[name]!.p_adjusted < SIGNIFICANT;
  const isUnknown = ({ name }: ComparedMetric): boolean => Number.isNaN(differences[name]!.p_adjusted);
  const shown = paired
    .filter(isShown)
    .map((metric) => differenceText(metric, differences[metric.name]!, money));
  const unknown = paired.filter((metric) => isUnknown(metric));
  const rest = paired.filter((metric) => !isShown(metric) && !isUnknown(metric));
  const parts = [...shown];
  if (shown.length === 0) parts.push('no difference shown');
  else if (rest.length > 0) parts.push(`no difference shown: ${titlesOf(rest)}`);
  if (unknown.length > 0) parts.push(`unknown: ${titlesOf(unknown)}`);
  return `${policy} − ${against}: ${parts.join('; ')}`;
}

function titlesOf(metrics: readonly ComparedMetric[]): string {
  return metrics.map(({ title }) => title).join(', ');
}

function differenceText(metric: ComparedMetric, difference: Difference, money: string): string {
  const text = estimateText(difference, formatOf(metric));
  return `${metric.title} ${text}${unitOf(metric, money)}, P adj ${probabilityText(difference.p_adjusted)}`;
}

/** The pair as "other − baseline", turned round where it is the other way; nothing if it is not one of the two. */
function againstBaseline(pair: Pair, baseline: string): Pair[] {
  if (pair.against === baseline) return [pair];
  if (pair.policy !== baseline) return [];
  const differences = Object.entries(pair.differences).map(([name, one]) => [name, turned(one)] as const);
  return [{ ...pair, policy: pair.against, against: baseline, differences: Object.fromEntries(differences) }];
}

function turned(difference: Difference): Difference {
  const { value, low, high, simultaneous } = difference;
  return {
    ...difference,
    value: 0 - value,
    low: 0 - high,
    high: 0 - low,
    simultaneous: { low: 0 - simultaneous.high, high: 0 - simultaneous.low },
  };
}
