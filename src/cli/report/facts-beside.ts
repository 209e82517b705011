/** How far a market behaves as real ones do before anything is done to it: a few lines beside the results. */
import pc from 'picocolors';
import type { FactsBeside, NoFacts } from '../../scorecard/facts/stood-beside.ts';
import { factsText } from '../../report/words/facts.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

export function factsLines(beside: FactsBeside | NoFacts | undefined): string[] {
  return beside === undefined ? [] : [pc.dim(wrapped(factsText(beside), widthOf(process.stdout), 2))];
}
