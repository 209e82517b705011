/** Runs the command line in this process: for tests of so many commands that processes of their own would take too long. */
import { commandLine } from '../../src/cli/command-line.ts';
import { fail } from '../../src/cli/fail.ts';
import type { Result } from './unwind.ts';

export async function inProcess(args: readonly string[]): Promise<Result> {
  const [out, err] = [process.stdout, process.stderr].map(captured) as [Captured, Captured];
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await commandLine(args).catch(fail);
    return { code: process.exitCode, stdout: out.text(), stderr: err.text() };
  } finally {
    out.release();
    err.release();
    process.exitCode = before;
  }
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
