/** Runs the built command line as a user does, in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
export const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `command`: of another package than this. */
export function unwind(args: readonly string[], folder: string, command = main): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' }, // a CI server is taken for a terminal that shows colours
  });
  return { code: status, stdout, stderr };
}

/** What a command says on stderr but for its progress, which depends on how busy the machine is. */
export function withoutProgress(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => !line.includes(' runs/s '))
    .join('\n');
}
