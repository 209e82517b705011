/** What a search for better settings answers: which of its finalists nobody dominates on fresh seeds, and what they give. */
import type { TuneResults } from '../results.ts';
import { kindOf, unitOf } from '../words/compared.ts';
import { minus } from '../words/numbers.ts';
import type { Piece } from './piece.ts';
import { listed, quote } from './piece.ts';

/** Finalists that a sentence names. */
const MOST_NAMED = 4;

export function finalistsAnswer({ result }: TuneResults): Piece[] {
  const { frontier, points, runs, fresh_runs, finalists } = result;
  const rows = frontier.blocks.at(-1)!.rows;
  const best = rows.filter(({ verdict }) => verdict === 'on the frontier');
  const search = `${points.length} points of ${runs} runs were searched; ${finalists.length} finalists and policies ran again ${fresh_runs} times on fresh seeds.`;
  if (best.length === 0) return [`Of none of the finalists enough is known for a verdict. ${search}`];
  const told = best.slice(0, MOST_NAMED).map(({ policy, metrics }): Piece[] => {
    const at = rows.findIndex((row) => row.policy === policy);
    const numbers = frontier.metrics.flatMap((metric, i): Piece[] => {
      const from = `frontier/blocks/${frontier.blocks.length - 1}/rows/${at}/metrics/${metric.name}`;
      const one = quote(metrics[metric.name]!, kindOf(metric), from);
      return [i === 0 ? `${metric.title} ` : `, ${metric.title} `, one, unitOf(metric, frontier.money)];
    });
    return [minus(`${policy} (`), ...numbers, ')'];
  });
  const more = best.length - told.length;
  return [
    `${best.length} of ${rows.length} ${best.length === 1 ? 'is' : 'are'} not dominated: `,
    ...listed(more > 0 ? [...told, [`${more} more`]] : told),
    `. ${search}`,
  ];
}
