/** A command of unwind as it can be copied into a shell, whatever its folders and settings are called. */

/** `npx unwind resume 'my results'` */
export function shellCommand(...words: readonly string[]): string {
  return ['npx', 'unwind', ...words].map(quoted).join(' ');
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
