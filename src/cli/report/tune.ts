/** What a policy search found: the finalists' settings, what they gave in the search and on fresh seeds, and the frontier. */
import pc from 'picocolors';
import type { Estimate } from '../../stats/estimate.ts';
import { metricNamed } from '../../lab/compare/index.ts';
import type { Finalist, TuneResult } from '../../lab/tune/tune.ts';
import { FRONTIER_LEGEND, formatOf, frontierTable, unitOf } from './frontier.ts';

export function tuneReport(result: TuneResult): string {
  const { points, runs, fresh_runs, finalists, frontier } = result;
  const block = frontier.blocks.at(-1)!;
  return [
    `${points.length} points of ${runs} runs each on the same seeds; the best again on ${fresh_runs} fresh seeds`,
    '',
    pc.bold('Settings found, and what the search saw of them'),
    ...finalists.filter(({ search }) => search !== undefined).map((one) => finalistLine(one, result)),
    '',
    pc.bold(`On fresh seeds, ${block.shock}`),
    frontierTable(frontier, block),
    pc.dim(FRONTIER_LEGEND),
  ].join('\n');
}

/** `mine#1: policies.mine.margin.leverage=12.5 · margin posted 11 %, bad debt 0 USDT` */
function finalistLine({ name, sets, search }: Finalist, { objectives, frontier }: TuneResult): string {
  const seen = objectives.map(({ metric, better }) => {
    const one = metricNamed(metric, better);
    return `${one.title} ${formatOf(one)((search![metric] as Estimate).value)}${unitOf(one, frontier.money)}`;
  });
  return `${name}: ${sets.join(', ')} · ${seen.join(', ')}`;
}
