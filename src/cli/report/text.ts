/** Text that keeps within a width. */

/** Lines of at most `width` columns, broken between words; those after the first are indented by `indent`. */
export function wrapped(text: string, width: number, indent = 0): string {
  const lines: string[] = [];
  const [first = '', ...words] = text.split(' ');
  let line = first; // leading and double spaces are empty words, and stay
  for (const word of words) {
    if (line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${' '.repeat(indent)}${word}`;
    } else line = `${line} ${word}`;
  }
  return [...lines, line].join('\n');
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
