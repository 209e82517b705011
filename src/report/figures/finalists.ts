/** Cost against safety of what a search found, on fresh seeds, beside the policies of the file. */
import { mostTelling } from '../focus.ts';
import type { TuneResults } from '../results.ts';
import { costAgainstSafety } from './cost-safety.ts';
import type { Figure } from './figure.ts';

export const finalists: Figure<TuneResults> = {
  id: 'finalists',
  of: 'tune',
  draw({ result: { frontier, fresh_runs } }) {
    const rows = frontier.blocks.at(-1)?.rows ?? [];
    const shown = mostTelling(rows.map(({ policy }) => policy), rows); // prettier-ignore
    const drawing = costAgainstSafety(frontier, shown);
    return drawing && { ...drawing, runs: `n = ${fresh_runs} runs on fresh seeds of each of ${rows.length}` };
  },
};
