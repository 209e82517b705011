/** Tables of what data leave possible of a market, and of policies on the markets that are left. */
import type { RankedMetric } from '../../design/markets/ranked.ts';
import type { CalibrateResults, MarketsResults } from '../results.ts';
import { momentName, momentText, PARAMETER_HEADS, parameterCells, targetText } from '../words/calibrated.ts';
import { formatOf, unitOf } from '../words/compared.ts';
import { minus, percent } from '../words/numbers.ts';
import type { TextTable } from './text-table.ts';

export function calibrateTables({ result }: CalibrateResults): TextTable[] {
  const { aims, parameters, as_it_stands, best, posterior } = result;
  const markets = [as_it_stands, best, posterior];
  return [
    {
      title: 'What the data say of the settings (posterior: median and central 90 %)',
      heads: [...PARAMETER_HEADS.slice(0, -1), 'verdict'],
      rows: parameters.map(parameterCells),
    },
    {
      title: 'What markets give, on fresh seeds (*: the target lies outside of the 95 % interval)',
      heads: ['moment', 'target', 'as it stands', 'best', 'posterior'],
      rows: aims.map((aim, i) => [
        momentName(aim),
        targetText(aim),
        ...markets.map(({ moments }) => momentText(aim, moments[i]!)),
      ]),
    },
  ];
}

export function marketsTables({ result }: MarketsResults): TextTable[] {
  return [
    {
      title: `Rankings on ${result.usable} plausible markets`,
      heads: ['metric', 'best first', 'the same in', 'robust'],
      rows: result.metrics.map(({ metric, same, robust, ...one }) => [
        metric.title,
        rankingText({ metric, ...one }, result.money),
        { estimate: same, format: percent },
        robust ? 'yes' : 'no',
      ]),
    },
    ...result.metrics.map(({ metric, pairs }): TextTable => ({
      title: `${metric.title}: which of two policies is better, over markets`,
      heads: ['policies', 'verdict', 'better in', 'P(better)', 'equal in'],
      rows: pairs.map(({ policy, against, verdict, in_worlds, better, tied }) => [
        `${policy} over ${against}`,
        verdict,
        { estimate: in_worlds, format: percent },
        { estimate: better, format: percent },
        percent(tied),
      ]),
    })),
  ];
}

/** `ladder (0.31 M USDT), flat (0.9 M USDT)`; ` = ` between two that are equal in most markets. */
export function rankingText(
  { metric, ranking }: Pick<RankedMetric, 'metric' | 'ranking'>,
  money: string,
): string {
  const format = formatOf(metric);
  const order = ranking.map(({ policy, mean, tied }, i) => {
    const one = `${policy} (${format(mean)}${unitOf(metric, money)})`;
    return i === 0 ? one : `${tied ? ' = ' : ', '}${one}`;
  });
  return minus(order.join(''));
}
