/** A table for a paper: LaTeX with booktabs. */
import type { Cell, TextTable } from './text-table.ts';
import { cellText, headText } from './text-table.ts';

/** A float with its caption; intervals stand small under their numbers. */
export function latexOf({ title, heads, rows }: TextTable): string {
  const columns = `l${'r'.repeat(heads.length - 1)}`;
  const names = heads.map((head) => stacked(escaped(headText(head)).split(' '), 14)).join(' & ');
  return [
    '% needs \\usepackage{booktabs,makecell}',
    '\\begin{table}',
    '\\centering',
    `\\caption{${escaped(title)}}`,
    `\\begin{tabular}{${columns}}`,
    '\\toprule',
    `${names} \\\\`,
    '\\midrule',
    ...rows.map((row) => `${row.map(cellOf).join(' & ')} \\\\`),
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

function cellOf(cell: Cell): string {
  const [value = '', interval] = cellText(cell).split('\n').map(escaped);
  return interval === undefined ? value : `\\makecell[r]{${value}\\\\{\\footnotesize ${interval}}}`;
}

/** Words in lines of at most so many letters, where there is room for one of them at least. */
function stacked(words: readonly string[], width: number): string {
  const lines: string[] = [];
  for (const word of words) {
    const joined = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && joined.length <= width) lines.splice(-1, 1, joined);
    else lines.push(word);
  }
  return lines.length > 1 ? `\\makecell{${lines.join('\\\\')}}` : (lines[0] ?? '');
}

const SIGNS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '&': '\\&',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '−': '$-$',
  '≥': '$\\geq$',
  '≤': '$\\leq$',
  '[': '{[}', // at the beginning of a line it would be an option
  ']': '{]}',
};

function escaped(text: string): string {
  return text.replaceAll(/[\\{}%&$#_~^−≥≤[\]]/g, (sign) => SIGNS[sign]!);
}
