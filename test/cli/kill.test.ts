/**
 * Kill -9 at any moment: what is resumed afterwards has the bytes of a run that nobody disturbed. Six moments of the main
 * process and four of its workers; `npm run kill-test` takes twenty of each.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { expandSeed } from '../../src/core/seed.ts';
import { folderFor } from './interrupted.ts';
import { contentsOf, journalLines } from './results.ts';
import { begun, killed, repository, unwind } from './unwind.ts';

const KILLS = Number(process.env['UNWIND_KILLS'] ?? 0);
const folder = folderFor('kill');

const file = join(repository, 'experiments/validation/solvable-cascade.yaml');
const run = ['run', file, '--runs', '3200', '--set', 'solvable.accounts_per_tick=0.8', '--out', 'out'];
/** Of the undisturbed run; a batch is a line of the journal. */
const BATCHES = 32;
let undisturbed: Record<string, string>;

beforeAll(() => {
  const { code, stderr } = unwind(run, made('undisturbed'));
  expect(code, stderr).toBe(0);
  undisturbed = contentsOf(join(folder, 'undisturbed/out'));
});

function made(name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

/** So many batches are in the journal. */
function isThere(out: string, batches: number): boolean {
  return batches === 0
    ? existsSync(out)
    : journalLines(out) >= batches || existsSync(join(out, 'manifest.json'));
}

/** Where in its course the folder was when the process was killed. */
function momentOf(out: string): string {
  if (existsSync(join(out, 'manifest.json'))) return 'after the manifest';
  if (!existsSync(join(out, 'run.json'))) return 'before it had begun';
  const done = journalLines(out);
  if (done === 0) return 'before the first part';
  return done < BATCHES ? `after ${done} of ${BATCHES} batches` : 'before the manifest';
}

/** From 0 on, the same each time. */
function random(n: number): number {
  return (expandSeed(`kill/${n}`)[0]! >>> 0) / 2 ** 32;
}

test('the main process', { timeout: 1_800_000 }, async () => {
  const kills = KILLS || 6;
  for (let n = 0; n < kills; n++) {
    const where = made(`main-${n}`);
    const batches = Math.round((n / (kills - 1)) * BATCHES);
    await killed(await begun(run, where, () => isThere(join(where, 'out'), batches), 20 * random(n)));
    const moment = momentOf(join(where, 'out'));
    // Before there is anything to go on with the same command begins anew.
    const again = moment === 'before it had begun' ? run : ['resume', 'out', '--workers', '1'];
    const { code, stderr } = unwind(again, where);
    expect(code, stderr).toBe(0);
    expect(contentsOf(join(where, 'out')), moment).toEqual(undisturbed);
    process.stdout.write(`killed ${moment}: the same bytes\n`);
  }
});

test('single workers', { timeout: 1_800_000 }, async () => {
  const kills = KILLS || 4;
  for (let n = 0; n < kills; n++) {
    const where = made(`worker-${n}`);
    const batches = Math.round((n / kills) * (BATCHES - 6));
    const child = await begun(run, where, () => isThere(join(where, 'out'), batches), 20 * random(n));
    while (child.exitCode === null && workersOf(child).length === 0) await pause(1);
    const victim = workersOf(child).at(n % 2);
    if (victim !== undefined) process.kill(victim, 'SIGKILL');
    const moment = momentOf(join(where, 'out'));
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    expect(contentsOf(join(where, 'out')), moment).toEqual(undisturbed);
    process.stdout.write(
      `a worker${victim === undefined ? ' was not there' : ' killed'} ${moment}: the same bytes\n`,
    );
  }
});

function workersOf({ pid }: ChildProcess): number[] {
  try {
    return readFileSync(`/proc/${pid!}/task/${pid!}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}
