/** What an experiment assumes, and where its numbers come from, as its report says it. */
import { oddOf } from '../../lab/odd.ts';
import type { Experiment } from '../../models/experiment.ts';
import type { Assumption } from '../../report/results.ts';

/** Of other models than a market: their files alone. */
export function assumptionsOf(experiment: Experiment): Assumption[] {
  if (experiment.model !== 'market' && experiment.model !== 'rare_market') return [];
  const [, ...sections] = oddOf(experiment).split(/^## /m);
  return sections.map((section) => {
    const [title = '', ...rest] = section.split('\n');
    const lines = rest.filter((line) => line.trim() !== '').map((line) => line.replace(/^\* /, ''));
    return { title, lines };
  });
}
