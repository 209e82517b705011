/** What must be known before numbers are believed: a line a caveat and the cells that it holds for. */
import type { Caveat } from '../../models/caveat.ts';
import type { CellSummary } from '../../models/model.ts';

/** A caveat of all policies names none. `isTold`: of those that the table above concerns. */
export function caveatTexts(
  cells: readonly CellSummary[],
  isTold: (caveat: Caveat) => boolean = () => true,
): string[] {
  const all = new Set(cells.map(({ labels }) => labels['policy']!)).size;
  const holders = new Map<string, Set<string>>();
  for (const { labels, caveats = [] } of cells) {
    for (const text of textsOf(caveats.filter(isTold)))
      holders.set(text, (holders.get(text) ?? new Set()).add(labels['policy']!));
  }
  return [...holders].map(([text, policies]) =>
    policies.size === all ? text : `${[...policies].join(', ')}: ${text}`,
  );
}

/** Intervals that are too wide are told of together: their texts end with what is too wide. */
function textsOf(caveats: readonly Caveat[]): string[] {
  const wide = caveats.filter(({ kind, of }) => kind === 'wide' && of !== undefined);
  const titles = wide.map(({ of }) => of!.title).join(', ');
  return caveats.flatMap((caveat) => {
    if (!wide.includes(caveat)) return [caveat.text];
    if (caveat !== wide[0]) return [];
    return [`${caveat.text.slice(0, caveat.text.length - caveat.of!.title.length)}${titles}`];
  });
}
