/** What stands on stderr beside the results: broken between words in a terminal, a line each elsewhere. */
import { wrapped } from './report/text.ts';
import { widthOf } from './report/width.ts';

export function tell(text: string): void {
  process.stderr.write(`${told(text)}\n`);
}

const CLEAR_LINE = '\r\u001b[2K';

/** A line of a terminal that the next one takes the place of, so that it must not be broken. */
export function live(text: string): void {
  if (!process.stderr.isTTY) return;
  const room = (process.stderr.columns || 80) - 1;
  process.stderr.write(`${CLEAR_LINE}${text.length <= room ? text : `${text.slice(0, room - 1)}…`}`);
}

function told(text: string): string {
  if (!process.stderr.isTTY) return text;
  const width = widthOf(process.stderr);
  return text
    .split('\n')
    .map((line) => wrapped(line, width, 2))
    .join('\n');
}
