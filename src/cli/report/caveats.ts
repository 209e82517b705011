/** What must be known before numbers are believed: a line a caveat and the cells that it holds for. */
import pc from 'picocolors';
import type { CellSummary } from '../../lab/models/model.ts';

/** Of the cells of one shock. A caveat of all of them names none. */
export function caveatLines(cells: readonly CellSummary[]): string[] {
  const holders = new Map<string, string[]>();
  for (const { labels, caveats = [] } of cells) {
    for (const { text } of caveats) holders.set(text, [...(holders.get(text) ?? []), labels['policy']!]);
  }
  return [...holders].map(([text, policies]) =>
    pc.yellow(policies.length === cells.length ? text : `${policies.join(', ')}: ${text}`),
  );
}
