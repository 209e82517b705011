/** What policies on plausible markets answer: which rankings stand whatever the market is. */
import type { MarketsResults } from '../results.ts';
import { minus } from '../words/numbers.ts';
import type { Piece } from './piece.ts';
import { listed, quote } from './piece.ts';

export function rankingAnswer({ result }: MarketsResults): Piece[] {
  const { metrics, usable, markets, runs, posterior } = result;
  const chosen = metrics.filter(({ metric }) => metric.role !== 'other');
  const robust = chosen.filter((one) => one.robust);
  const told = robust.map(({ metric, ranking, same }): Piece[] => {
    const order = ranking.map(({ policy, tied }, i) =>
      i === 0 ? policy : `${tied ? ' = ' : ' before '}${policy}`,
    );
    const at = metrics.findIndex((one) => one.metric.name === metric.name);
    const share = quote(same, 'share', `metrics/${at}/same`);
    return [`by ${metric.title} ${minus(order.join(''))} (in `, share, ' of the markets)'];
  });
  const design = `${usable} of ${markets} markets drawn from ${posterior}, ${runs} ${runs === 1 ? 'run' : 'runs'} of each.`;
  const open = chosen.length - robust.length;
  if (told.length === 0)
    return [`None of ${chosen.length} rankings of the policies stands on all plausible markets. ${design}`];
  const rest = open === 0 ? '' : `; the other ${open} of ${chosen.length} rankings depend on the market`;
  return ['The ranking stands ', ...listed(told), `${rest}. ${design}`];
}
