/** Standard input, if there is anything to read: a folder or a closed input would pass for an empty one. */
import { fstatSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { UsageError } from './usage-error.ts';

/** Chunks of bytes. Throws UsageError where it is a folder, closed (Node opens the null device then), or cannot be read. */
export async function* standardInput(): AsyncGenerator<Buffer> {
  const wrong = problem();
  if (wrong !== undefined)
    throw new UsageError(`standard input ${wrong}; give it a file or a pipe, such as < FILE`);
  try {
    for await (const chunk of process.stdin) yield chunk as Buffer;
  } catch (error) {
    throw new UsageError(`standard input cannot be read: ${(error as Error).message}`);
  }
}

function problem(): string | undefined {
  try {
    const input = fstatSync(0);
    if (input.isDirectory()) return 'is a folder';
    const isNull = input.isCharacterDevice() && input.rdev === statSync(devNull).rdev;
    return isNull ? 'is closed or the null device' : undefined;
  } catch (error) {
    return `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
  }
}
