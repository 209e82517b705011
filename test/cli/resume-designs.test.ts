/** `unwind resume` of a search or a sensitivity analysis: what is kept, what is refused, one process at a time. */
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { pointRecordSchema } from '../../src/design/points/kept-points.ts';
import { Journal } from '../../src/lab/store/journal.ts';
import { designs } from './designs.ts';
import { expectOtherCodeRefused, expectOtherInputsRefused, folderFor, interrupted } from './interrupted.ts';
import { contentsOf, journalLines } from './results.ts';
import { inProcess, unwindHere } from './in-process.ts';
import { killed, begun } from './unwind.ts';

const folder = folderFor('resume-designs');

/** Of an experiment file of the user's, which changes while the work is interrupted. */
const file = join(folder, 'own.yaml');
const run = [...designs.sensitivity.args.with(1, 'own.yaml'), '--out', 'out'];
const resume = ['resume', 'out', '--workers', '1'];
const at = (name: string): string => join(folder, name);
const UNFINISHED = 'a sensitivity analysis that is not finished; go on with it: npx unwind resume out';
let undisturbed: { readonly stdout: string; readonly contents: Record<string, string> };

beforeAll(async () => {
  cpSync(designs.sensitivity.args[1], file);
  const { code, stdout, stderr } = await unwindHere(run, folder);
  expect(code, stderr).toBe(0);
  undisturbed = { stdout, contents: contentsOf(at('out')) };
  rmSync(at('out'), { recursive: true });
  await killed(await begun(run, folder, () => journalLines(at('out')) >= 6));
  cpSync(at('out'), at('killed'), { recursive: true });
  rmSync(at('out'), { recursive: true });
});

/** The killed folder once more, as `out`. */
function restore(): void {
  rmSync(at('out'), { recursive: true, force: true });
  cpSync(at('killed'), at('out'), { recursive: true });
}

test('Ctrl-C keeps the points and says how to go on; a process that is at work is left alone', async () => {
  rmSync(at('out'), { recursive: true, force: true });
  const stderr = await interrupted(run, folder, 'out');
  const kept = journalLines(at('out'));
  expect(stderr).toBe(`stopped; ${kept} points are kept. Go on with: npx unwind resume out\n`);
  expect((await unwindHere(run, folder)).stderr).toBe(`--out out: the folder holds ${UNFINISHED}\n`);
  expect((await unwindHere(['query', 'out'], folder)).stderr).toBe(
    `out: no table yet; holds ${UNFINISHED}\n`,
  );
});

test('a torn line and one with a changed bit do not count; the file may have changed meanwhile', async () => {
  restore();
  const journal = at('out/journal.ndjson');
  const bytes = readFileSync(journal);
  bytes[bytes.indexOf('"cells":"') + 40]! ^= 1;
  writeFileSync(journal, bytes);
  appendFileSync(journal, bytes.subarray(0, 100));
  const text = readFileSync(file);
  rmSync(file);
  const { code, stdout, stderr } = await unwindHere(resume, folder);
  writeFileSync(file, text);
  expect(code, stderr).toBe(0);
  expect(stdout).toBe(undisturbed.stdout);
  expect(contentsOf(at('out'))).toEqual(undisturbed.contents);
});

test('points of the journal are not evaluated again', async () => {
  restore();
  const { records } = Journal.read(at('out'), pointRecordSchema)!;
  const [one, other] = [records[0]!, records.find(({ cells }) => cells !== records[0]!.cells)!];
  const swapped = records.map((record) => (record === one ? { ...one, cells: other.cells } : record));
  Journal.open(at('out'), swapped).close();
  const { code, stderr } = await unwindHere(resume, folder);
  expect(code, stderr).toBe(0);
  expect(contentsOf(at('out'))['points.parquet']).not.toBe(undisturbed.contents['points.parquet']);
});

test('a finished one is checked, told again, and made anew where it is damaged', async () => {
  restore();
  expect((await unwindHere(resume, folder)).code).toBe(0);
  const checked = await unwindHere(resume, folder);
  expect(checked.stderr).toBe('out is complete: points.parquet is as it was written\n');
  expect(checked.stdout).toBe(undisturbed.stdout);
  const document = JSON.parse(readFileSync(at('out/sensitivity.json'), 'utf8')) as object;
  expect(Object.keys(document).join(' ')).toBe(
    'unwind code command experiment question seed sets inputs warnings timing failed_points failures points ' +
      'parameters design runs points_with_losses size outputs sha256',
  );
  writeFileSync(at('out/points.parquet'), 'PAR1');
  const { code, stdout, stderr } = await unwindHere(resume, folder);
  expect({ code, stdout }).toEqual({ code: 0, stdout: undisturbed.stdout });
  expect(stderr).toMatch(/^points\.parquet has 4 bytes instead of \d+; it is made anew\n/);
  expect(stderr).toMatch(/^out is complete again: of its 64 runs 0 were there, 64 were made now$/m);
  expect(contentsOf(at('out'))).toEqual(undisturbed.contents);
  expect(
    (await unwindHere(['query', 'out', 'select count(*) as n from points', '--csv'], folder)).stdout,
  ).toBe('n\n32\n');
  expect((await unwindHere(run, folder)).stderr).toBe(
    '--out out: the folder holds a finished sensitivity analysis; a new one needs another folder\n',
  );
  for (const command of [['compare'], ['verify'], ['fork', '--at', '1s', '--change', 'engine=off']]) {
    expect((await unwindHere([...command, 'out'], folder)).stderr).toBe(
      'out: holds a sensitivity analysis; needs a run: npx unwind run FILE\n',
    );
  }
});

test('other code, a changed experiment, parameters that fit nowhere: an error, in one line', async () => {
  restore();
  await expectOtherCodeRefused(folder, 'out', 'sensitivity analysis', /^npx unwind sensitivity own\.yaml$/);
  await expectOtherInputsRefused(folder, 'out');
  const none = [...run.with(-1, 'none'), '--set', 'sensitivity.parameters={ solvable.tiks: [10, 20] }'];
  expect(await inProcess(none, folder)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^.*unknown key.*\n$/) as string }); // prettier-ignore
  expect(existsSync(at('none'))).toBe(false);
});

test('points that fail are told of at once and in the end; the others are kept, without indices', async () => {
  // Of 1 to 600 swept ticks some are more than the book has.
  const some = [...run.with(-1, 'some'), '--set', 'sensitivity.parameters={ solvable.sweep_ticks: { range: [1, 600], whole: true } }']; // prettier-ignore
  const { code, stdout, stderr } = await unwindHere(some, folder);
  expect(code).toBe(1);
  const told = stderr.trimEnd().split('\n');
  expect(told.at(-1)).toMatch(/^failed points: \d+(, \d+)*$/);
  const numbers = told.at(-1)!.match(/\d+/g)!;
  expect(numbers.length).toBeLessThan(24);
  expect(stdout.match(/^point \d+ /gm)).toEqual(numbers.map((number) => `point ${number} `));
  for (const line of told.slice(0, Math.min(10, numbers.length))) {
    expect(line).toMatch(
      /^point \d+ \(solvable\.sweep_ticks=\d+\) failed: .*must be at most ticks, got \d+$/,
    );
    expect(stdout.replaceAll(/\n {2}/g, ' ')).toContain(line); // where it was broken
  }
  expect(stdout).toContain(`no indices: indices need every point, and ${numbers.length} of 24 failed`);
  const rows = 'select count(*) as n, count(*) filter (isnan(size)) as holes from points';
  expect((await unwindHere(['query', 'some', rows, '--csv'], folder)).stdout).toBe(
    `n,holes\n24,${numbers.length}\n`,
  );
  const again = await unwindHere(['resume', 'some'], folder);
  expect({ code: again.code, stdout: again.stdout }).toEqual({ code: 1, stdout });
});
