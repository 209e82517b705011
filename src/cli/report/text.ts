/** Text that keeps within a width. */
import { stripVTControlCharacters } from 'node:util';

/** Columns of the screen, without the colours. */
export function lengthOf(line: string): number {
  return stripVTControlCharacters(line).length;
}

/** A space between a number and its unit, where no line is broken. */
const IN_QUANTITY = /(?<=\d) (?=(?:%|s|ms|µs|min|h|k|M|G)(?![\w%]))/gu;
const NO_BREAK = '\u00a0';

/** Lines of at most `width` columns, broken between words; those after the first are indented by `indent`. */
export function wrapped(text: string, width: number, indent = 0): string {
  const lines: string[] = [];
  const [first = '', ...words] = text.replaceAll(IN_QUANTITY, NO_BREAK).split(' ');
  let line = first; // leading and double spaces are empty words, and stay
  for (const word of words) {
    if (line.trim() !== '' && lengthOf(line) + 1 + lengthOf(word) > width) {
      lines.push(line);
      line = `${' '.repeat(indent)}${word}`;
    } else line = `${line} ${word}`;
  }
  return [...lines, line].join('\n').replaceAll(NO_BREAK, ' ');
}

/** A command line, broken between its words where a backslash lets it go on: it can still be copied. */
export function wrappedCommand(command: string, width: number, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []) {
    if (line !== '' && indent + line.length + 1 + word.length + 2 > width) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => `${' '.repeat(indent)}${one}`).join('\n');
}

/** A text beside its name (with what else stands before it), the lines under each other; below it where it leaves no room. */
export function described(name: string, text: string, width: number): string {
  const indent = name.length <= width / 2 ? name.length : 8;
  const lines = wrapped(`${' '.repeat(indent)}${text}`, width, indent).slice(indent);
  return indent === name.length ? `${name}${lines}` : `${name.trimEnd()}\n${' '.repeat(indent)}${lines}`;
}

/** Names with what they are, one a line, the texts under each other. */
export function definitions(
  entries: readonly (readonly [name: string, text: string])[],
  width: number,
): string {
  const indent = Math.max(...entries.map(([name]) => name.length)) + 4; // two before the name, two behind
  return entries
    .map(([name, text]) => wrapped(`  ${name.padEnd(indent - 2)}${text}`, width, indent))
    .join('\n');
}
