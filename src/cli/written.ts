/** Writing to whoever reads: no faster than he does, and no longer. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Waits while the reader has enough. */
export async function writeTo(output: Writable, text: string): Promise<void> {
  if (text !== '' && !output.write(text)) await once(output, 'drain');
}

/** Whoever reads may stop reading (`| head`): then there is nobody to tell. Without a reader of progress work goes on. */
export function endWithReaders(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(0);
    process.stderr.write(`standard output: ${message}\n`);
    process.exit(1);
  });
  process.stderr.on('error', () => undefined);
}
