/** What an experiment on procyclicality answers: which margin swings least and most, and what each covers and costs. */
import { estimateIn } from '../focus.ts';
import type { RunResults } from '../results.ts';
import type { Piece } from './piece.ts';
import { quote } from './piece.ts';

export function marginsAnswer({ manifest }: RunResults): Piece[] {
  const all = manifest.summary.cells.map((cell, at) => ({
    cell,
    at,
    swing: estimateIn(cell, 'peak_to_trough').value,
  }));
  const sorted = all.filter(({ swing }) => Number.isFinite(swing)).sort((a, b) => a.swing - b.swing);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return [];
  const of = ({ cell, at }: (typeof all)[number], metric: string, kind: 'number' | 'share'): Piece =>
    quote(estimateIn(cell, metric), kind, `summary/cells/${at}/metrics/${metric}`);
  const name = ({ cell }: (typeof all)[number]): string => cell.labels['margin'] ?? '';
  const ends = (one: (typeof all)[number]): Piece[] => [
    `${name(one)} asks for `,
    of(one, 'mean_margin', 'share'),
    ' of notional on average and is breached in ',
    of(one, 'breaches', 'share'),
    ' of periods',
  ];
  return [
    `From its lowest to its highest a margin grows by a factor from `,
    of(least, 'peak_to_trough', 'number'),
    ` (${name(least)}) to `,
    of(most, 'peak_to_trough', 'number'),
    ` (${name(most)}), of ${sorted.length} margins. `,
    ...ends(least),
    '; ',
    ...ends(most),
    '.',
  ];
}
