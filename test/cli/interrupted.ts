/** What tests of interrupted work do alike: of a run as of a design, in a folder of the test file's own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';
import { forged, journalLines } from './results.ts';
import { unwindHere } from './in-process.ts';
import type { Result } from './unwind.ts';
import { main, quick, withoutProgress } from './unwind.ts';

/** Empty; gone when the tests of the file are done. */
export function folderFor(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `unwind-${name}-`));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  }, 600_000); // on a busy disk
  return folder;
}

/**
 * Ctrl-C when two lines are in the journal of `out`; while the command is at work, no other may write there. What it said
 * on stderr but for progress.
 */
export async function interrupted(command: readonly string[], folder: string, out: string): Promise<string> {
  const child = spawn(process.execPath, [main, ...quick(command)], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  while (journalLines(join(folder, out)) < 2) await pause(1);
  child.kill('SIGSTOP'); // so that it is still at work when the others come
  const others: Result[] = [];
  for (const args of [['resume', out], command]) others.push(await unwindHere(args, folder));
  child.kill('SIGINT');
  child.kill('SIGCONT');
  for (const other of others)
    expect(other).toMatchObject({ code: 1, stderr: `${out}: process ${child.pid!} is writing to it\n` });
  await once(child, 'close');
  expect(child.exitCode).toBe(130);
  expect(existsSync(join(folder, out, 'lock'))).toBe(false);
  return withoutProgress(stderr);
}

/** Resume refuses a folder that other code began, and leaves its `title` (`run`) to be made anew by `command`. */
export async function expectOtherCodeRefused(
  folder: string,
  out: string,
  title: string,
  command: RegExp,
): Promise<void> {
  const file = join(folder, out, 'run.json');
  const order = readFileSync(file, 'utf8');
  forged(join(folder, out), 'run.json', (text) => text.replace(/"code":"\w+"/, '"code":"000000000000"'));
  const { code, stderr } = await unwindHere(['resume', out], folder);
  writeFileSync(file, order);
  expect(code).toBe(1);
  const [line = '', advice = ''] = stderr.trimEnd().split('\n').at(-1)!.split(`, or make a new ${title}: `);
  expect(line).toMatch(new RegExp(String.raw`^${out}: begun by unwind \S+ \(code 0{12}\); this is `));
  expect(advice).toMatch(command);
}

/** Resume refuses a folder whose inputs have changed; they are left so. */
export async function expectOtherInputsRefused(folder: string, out: string): Promise<void> {
  forged(join(folder, out), 'run.json', (text) => text.replace(/("text":")/, '$1# changed\\n'));
  expect(await unwindHere(['resume', out], folder)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      new RegExp(String.raw`^${out}/run\.json: \S+\.yaml in it was changed since the work began\n$`),
    ) as string,
  });
}
