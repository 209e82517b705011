/**
 * Runs the built command line in this process: what it says, writes and ends with is the same, and its start, which takes
 * most of a second, is paid once. A process of its own (unwind.ts) is for tests of what only a process has.
 */
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as CommandLine from '../../src/cli/command-line.ts';
import type * as Fail from '../../src/cli/fail.ts';
import type { Result } from './unwind.ts';
import { main, quick } from './unwind.ts';

/** As `unwind` of unwind.ts. One command at a time, as they share the folder that they stand in. */
export function unwindHere(args: readonly string[], folder: string, command = main): Promise<Result> {
  return inProcess(quick(args), folder, command);
}

/** These words and no others. */
export async function inProcess(args: readonly string[], folder: string, command = main): Promise<Result> {
  const { commandLine, fail } = await builtBeside(command);
  const [out, err] = [process.stdout, process.stderr].map(captured) as [Captured, Captured];
  const before = { folder: process.cwd(), argv: process.argv, code: process.exitCode };
  process.chdir(folder);
  process.argv = [process.execPath, command, ...args];
  process.exitCode = 0;
  try {
    await commandLine(args).catch(fail);
    return { code: process.exitCode, stdout: out.text(), stderr: err.text() };
  } finally {
    out.release();
    err.release();
    process.chdir(before.folder);
    process.argv = before.argv;
    process.exitCode = before.code;
  }
}

type Built = typeof CommandLine & typeof Fail;

/** What main.js does its work with. */
async function builtBeside(command: string): Promise<Built> {
  const loaded = ['command-line.js', 'fail.js'].map(
    (name) => import(pathToFileURL(join(dirname(command), name)).href) as Promise<Built>,
  );
  return Object.assign({}, ...(await Promise.all(loaded))) as Built;
}

interface Captured {
  text(): string;
  release(): void;
}

function captured(stream: NodeJS.WriteStream): Captured {
  const write = stream.write.bind(stream);
  let text = '';
  stream.write = (chunk: Uint8Array | string): boolean => {
    text += chunk.toString();
    return true;
  };
  return { text: () => text, release: () => (stream.write = write) };
}
