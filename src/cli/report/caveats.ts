/** What must be known before numbers are believed: a line a caveat and the cells that it holds for. */
import pc from 'picocolors';
import type { Caveat } from '../../models/caveat.ts';
import type { CellSummary } from '../../models/model.ts';
import { caveatTexts } from '../../report/words/caveats.ts';

/** A caveat of all policies names none. `isTold`: of those that the table above concerns. */
export function caveatLines(
  cells: readonly CellSummary[],
  isTold: (caveat: Caveat) => boolean = () => true,
): string[] {
  return caveatTexts(cells, isTold).map((text) => pc.yellow(text));
}
