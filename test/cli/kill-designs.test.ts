/**
 * Kill -9 of a search and of a sensitivity analysis at any moment: what is resumed afterwards has the bytes of one that
 * nobody disturbed. One moment of each; `npm run kill-test` takes twenty.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expandSeed } from '../../src/core/seed.ts';
import { designs } from './designs.ts';
import { folderFor } from './interrupted.ts';
import { contentsOf, journalLines } from './results.ts';
import { unwindHere } from './in-process.ts';
import { begun, killed } from './unwind.ts';

const KILLS = Number(process.env['UNWIND_KILLS'] ?? 0) || 1;
const SEED = process.env['UNWIND_KILL_SEED'] ?? 'kill-designs';
const folder = folderFor('kill-designs');

function made(name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

test.each(['tune', 'sensitivity'] as const)('%s', { timeout: 1_800_000 }, async (kind) => {
  const { args, points } = designs[kind];
  const command = [...args, '--out', 'out'];
  const undisturbed = await unwindHere(command, made(kind));
  expect(undisturbed.code, undisturbed.stderr).toBe(0);
  const contents = contentsOf(join(folder, kind, 'out'));
  expect(Object.keys(contents)).toEqual(
    ['experiment.yaml', 'points.parquet', 'run.json', `${kind}.json`].sort(),
  );
  for (let n = 0; n < KILLS; n++) {
    const seed = `${SEED}/${kind}/${n}`;
    const [place, extra] = [...expandSeed(seed)].map((word) => (word >>> 0) / 2 ** 32) as [number, number];
    // Each in its own part of the course.
    const least = Math.floor(((n + place) / KILLS) * points);
    const where = made(`${kind}-${n}`);
    const out = join(where, 'out');
    const isFinished = () => existsSync(join(out, `${kind}.json`));
    const isThere = () => (least === 0 ? existsSync(out) : journalLines(out) >= least || isFinished());
    await killed(await begun(command, where, isThere, 20 * extra));
    const hasBegun = existsSync(join(out, 'run.json'));
    const moment = isFinished() ? 'at the end' : `after ${journalLines(out)} of ${points} points`;
    process.stdout.write(`${seed}: killed ${hasBegun ? moment : 'before it had begun'}\n`);
    // Before there is anything to go on with the same command begins anew.
    const again = await unwindHere(hasBegun ? ['resume', 'out', '--workers', '1'] : command, where);
    expect(again.code, again.stderr).toBe(0);
    expect(contentsOf(out), `${seed}: ${moment}`).toEqual(contents);
    expect(again.stdout).toBe(undisturbed.stdout);
  }
});
