/** What a policy search found: the finalists' settings, what they gave in the search and on fresh seeds, and the frontier. */
import pc from 'picocolors';
import { metricNamed } from '../../models/compare/index.ts';
import type { Finalist, TuneResult } from '../../design/tune/tune.ts';
import { minus } from '../../report/words/numbers.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';
import { FRONTIER_LEGEND, formatOf, unitOf } from '../../report/words/compared.ts';
import { frontierTable } from './frontier.ts';
import { estimateIn } from '../../stats/estimate.ts';

export function tuneReport(result: TuneResult): string {
  const { points, runs, fresh_runs, finalists, frontier } = result;
  const fit = (text: string): string => wrapped(text, widthOf(process.stdout), 2);
  const block = frontier.blocks.at(-1)!;
  return [
    fit(
      `${points.length} points of ${runs} runs each on the same seeds; the best again on ${fresh_runs} fresh seeds`,
    ),
    '',
    pc.bold('Settings found, and what the search saw of them'),
    ...finalists.filter(({ search }) => search !== undefined).map((one) => fit(finalistLine(one, result))),
    '',
    pc.bold(fit(minus(`On fresh seeds, ${block.shock}`))),
    frontierTable(frontier, block),
    pc.dim(wrapped(FRONTIER_LEGEND, widthOf(process.stdout))),
  ].join('\n');
}

/** `mine#1: policies.mine.margin.leverage=12.5 · margin posted 11 %, bad debt 0 USDT` */
function finalistLine({ name, sets, search }: Finalist, { objectives, frontier }: TuneResult): string {
  const seen = objectives.map(({ metric, better }) => {
    const one = metricNamed(metric, better);
    return `${one.title} ${formatOf(one)(estimateIn(search!, metric).value)}${unitOf(one, frontier.money)}`;
  });
  return `${name}: ${sets.join(', ')} · ${seen.join(', ')}`;
}
