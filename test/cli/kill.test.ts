/**
 * Kill -9 at any moment: what is resumed afterwards has the bytes of a run that nobody disturbed. Three moments of the main
 * process; and two threads that end, whose work another one does. `npm run kill-test` takes twenty of each.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { beforeAll, expect, test } from 'vitest';
import { expandSeed } from '../../src/core/seed.ts';
import type { Experiment } from '../../src/models/experiment.ts';
import { readExperiment } from '../../src/models/experiment.ts';
import type { Manifest } from '../../src/lab/store/manifest.ts';
import { runExperiment } from '../../src/lab/run.ts';
import { folderFor } from './interrupted.ts';
import { contentsOf, journalLines } from './results.ts';
import { unwindHere } from './in-process.ts';
import { begun, killed, repository } from './unwind.ts';

const KILLS = Number(process.env['UNWIND_KILLS'] ?? 0);
const folder = folderFor('kill');

const file = join(repository, 'experiments/validation/solvable-cascade.yaml');
const run = ['run', file, '--runs', '3200', '--set', 'solvable.accounts_per_tick=0.8', '--out', 'out'];
/** Of the undisturbed run; a batch is a line of the journal. */
const BATCHES = 32;
let undisturbed: Record<string, string>;

beforeAll(async () => {
  const { code, stderr } = await unwindHere(run, made('undisturbed'));
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
  const kills = KILLS || 3;
  for (let n = 0; n < kills; n++) {
    const where = made(`main-${n}`);
    const batches = Math.round((n / (kills - 1)) * BATCHES);
    await killed(await begun(run, where, () => isThere(join(where, 'out'), batches), 20 * random(n)));
    const moment = momentOf(join(where, 'out'));
    // Before there is anything to go on with the same command begins anew.
    const again = moment === 'before it had begun' ? run : ['resume', 'out', '--workers', '1'];
    const { code, stderr } = await unwindHere(again, where);
    expect(code, stderr).toBe(0);
    expect(contentsOf(join(where, 'out')), moment).toEqual(undisturbed);
    process.stdout.write(`killed ${moment}: the same bytes\n`);
  }
});

test('single threads', { timeout: 1_800_000 }, async () => {
  const kills = KILLS || 2;
  for (let n = 0; n < kills; n++) {
    const where = made(`thread-${n}`);
    const batches = Math.round((n / kills) * (BATCHES - 6));
    const out = join(where, 'out');
    let threads: () => readonly Worker[] = () => [];
    const running = runExperiment(experimentOf(run), {
      ...{ workers: 2, version: '', command: '', out, say: () => undefined },
      onProgress: () => undefined,
      onThreads: (all) => (threads = all),
    });
    while (!isThere(out, batches)) await pause(1); // at the latest when the manifest is there
    await pause(20 * random(n));
    const victim = threads().at(n % 2);
    await victim?.terminate();
    const moment = momentOf(out);
    const { manifest } = await running;
    expect(manifest.failures).toEqual([]);
    const { 'run.json': _, 'manifest.json': __, ...parts } = contentsOf(out);
    expect(undisturbed, moment).toMatchObject(parts);
    expect(manifest.results_hash).toBe(hashOf(join(folder, 'undisturbed/out')));
    process.stdout.write(
      `a thread${victim === undefined ? ' was not there' : ' ended'} ${moment}: the same bytes\n`,
    );
  }
});

/** As the command line reads it. */
function experimentOf([, path]: readonly string[]): Experiment {
  return readExperiment(path!, { sets: ['solvable.accounts_per_tick=0.8'], runs: 3200 });
}

function hashOf(out: string): string {
  return (JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest).results_hash;
}
