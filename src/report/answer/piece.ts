/** An answer is a text in which every number knows where it stands in the results, so that it can be checked against them. */
import type { Estimate } from '../../stats/estimate.ts';
import type { Kind } from '../words/quoted.ts';
import { quoted } from '../words/quoted.ts';

export interface Quote {
  /** `0.50 [0.33, 0.67]` */
  readonly text: string;
  readonly value: number;
  /** Keys down to the estimate in the document of the results, such as `summary/cells/4/metrics/p_systemic`. */
  readonly from: string;
}

export type Piece = string | Quote;

export function quote(estimate: Estimate, kind: Kind, from: string): Quote {
  return { text: quoted(estimate, kind), value: estimate.value, from };
}

/** Names in a row: `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly (readonly Piece[])[]): Piece[] {
  return items.flatMap((item, i) => {
    if (i === 0) return item;
    return [i === items.length - 1 ? ' and ' : ', ', ...item];
  });
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}
