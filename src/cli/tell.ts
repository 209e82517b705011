/** What stands on stderr beside the results: broken between words in a terminal, a line each elsewhere. */
import { wrapped } from './report/text.ts';
import { widthOf } from './report/width.ts';

export function tell(text: string): void {
  process.stderr.write(`${told(text)}\n`);
}

export function told(text: string): string {
  if (!process.stderr.isTTY) return text;
  const width = widthOf(process.stderr);
  return text
    .split('\n')
    .map((line) => wrapped(line, width, 2))
    .join('\n');
}
