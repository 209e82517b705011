/** What a command that is refused says: in this process, since a start of the built command takes most of a second. */
import { vi } from 'vitest';
import { commandLine } from '../../src/cli/command-line.ts';
import { fail } from '../../src/cli/fail.ts';
import type { Result } from './unwind.ts';

/** As `unwind` of unwind.ts, without the process. */
export async function refused(args: readonly string[], folder: string): Promise<Result> {
  const said = { stdout: '', stderr: '' };
  const before = process.cwd();
  const hearing = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  process.chdir(folder);
  try {
    await commandLine(args);
    return { code: Number(process.exitCode ?? 0), ...said };
  } catch (error) {
    fail(error);
    return { code: Number(process.exitCode), ...said };
  } finally {
    process.exitCode = undefined;
    process.chdir(before);
    for (const spy of hearing) spy.mockRestore();
  }
}
