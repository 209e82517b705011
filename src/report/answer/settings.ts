/** What a sensitivity analysis answers: which setting explains most of each output. */
import type { SensitivityResults } from '../results.ts';
import type { Piece } from './piece.ts';
import { listed, quote } from './piece.ts';

export function settingsAnswer({ result }: SensitivityResults): Piece[] {
  const { parameters, outputs, points, runs, no_indices } = result;
  const told = outputs.flatMap(({ output, indices }, o) => {
    if (indices === undefined) return [];
    const shares = indices.total.map(({ value }) => value);
    const at = shares.indexOf(Math.max(...shares));
    const from = `outputs/${o}/indices/total/${at}`;
    const share = quote(indices.total[at]!, 'number', from);
    return [[`${output} most from ${parameters[at]!.path} (total share `, share, ')'] as Piece[]];
  });
  const design = `${points.length} points of ${runs} ${runs === 1 ? 'run' : 'runs'} each, over ${parameters.length} settings.`;
  if (told.length === 0) return [`No indices${no_indices === undefined ? '' : `: ${no_indices}`}. ${design}`];
  return ['Over the ranges that were varied, the variance comes of ', ...listed(told), `. ${design}`];
}
