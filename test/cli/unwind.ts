/** Runs the built command line as a user does, in a folder of its own. */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
export const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** Each change to an experiment as an option. */
export const sets = (changes: readonly string[]): string[] => changes.flatMap((set) => ['--set', set]);

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Leave a report, which would take longer than most runs of a test: reports have tests of their own. */
const REPORTING = ['run', 'compare', 'resume'];
/** Make runs: on one thread, which is enough for few, as each takes half a second to start. What more give has tests of its own. */
const RUNNING = [...REPORTING, 'tune', 'sensitivity', 'validate'];

export function quick(args: readonly string[]): readonly string[] {
  const command = args[0] ?? '';
  const more = [
    ...(REPORTING.includes(command) && !args.includes('--no-report') ? ['--no-report'] : []),
    ...(RUNNING.includes(command) && !args.includes('--workers') ? ['--workers', '1'] : []),
  ];
  return more.length > 0 ? [...args, ...more] : args;
}

/** `command`: of another package than this. */
export function unwind(args: readonly string[], folder: string, command = main): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...quick(args)], {
    maxBuffer: Infinity,
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' }, // a CI server is taken for a terminal that shows colours
  });
  return { code: status, stdout, stderr };
}

/** Starts a command, and waits until there is what it waits for (or its end) and a little longer. */
export async function begun(
  args: readonly string[],
  folder: string,
  isThere: () => boolean,
  extra_ms = 0,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main, ...quick(args)], { cwd: folder, stdio: 'ignore' });
  while (child.exitCode === null && !isThere()) await pause(3);
  await pause(extra_ms);
  return child;
}

/** Kill -9, and waits until it is gone. */
export async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** What a command says on stderr but for its progress, which depends on how busy the machine is. */
export function withoutProgress(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => !line.includes(' runs/s '))
    .join('\n');
}
