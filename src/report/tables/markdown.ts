/** A table as Markdown (GitHub's). */
import type { TextTable } from './text-table.ts';
import { cellText, headText } from './text-table.ts';

export function markdownOf({ title, heads, rows }: TextTable): string {
  const names = heads.map((head) => escaped(headText(head)));
  const lines = rows.map((row) => row.map((cell) => escaped(cellText(cell)).replaceAll('\n', '<br>')));
  return [
    `**${escaped(title)}**`,
    '',
    line(names),
    line(names.map((_, i) => (i === 0 ? ':--' : '--:'))),
    ...lines.map(line),
    '',
  ].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** What Markdown, or the HTML in it, would take for its own. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]|<>]/g, (sign) => `\\${sign}`);
}
