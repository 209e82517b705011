/** `unwind resume` of a search or a sensitivity analysis: what is kept, what is refused, one process at a time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PointRecord } from '../../src/lab/design/kept-points.ts';
import { Journal } from '../../src/lab/store/journal.ts';
import { designs } from './designs.ts';
import { contentsOf, journalLines } from './results.ts';
import { refused } from './refused.ts';
import { begun, killed, main, unwind, withoutProgress } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-resume-designs-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Of an experiment file of the user's, which changes while the work is interrupted. */
const file = join(folder, 'own.yaml');
const run = [...designs.sensitivity.args.with(1, 'own.yaml'), '--out', 'out'];
const resume = ['resume', 'out', '--workers', '1'];
const at = (name: string): string => join(folder, name);
let undisturbed: { readonly stdout: string; readonly contents: Record<string, string> };

beforeAll(async () => {
  cpSync(designs.sensitivity.args[1], file);
  const { code, stdout, stderr } = unwind(run, folder);
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
  const child = spawn(process.execPath, [main, ...run], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  while (journalLines(at('out')) < 2) await pause(1);
  child.kill('SIGSTOP'); // so that it is still at work when the others come
  const others = [resume, run].map((args) => unwind(args, folder));
  child.kill('SIGINT');
  child.kill('SIGCONT');
  for (const other of others)
    expect(other).toMatchObject({ code: 1, stderr: `out: process ${child.pid!} is writing to it\n` });
  await once(child, 'close');
  expect(child.exitCode).toBe(130);
  const kept = journalLines(at('out'));
  expect(withoutProgress(stderr)).toBe(
    `stopped; ${kept} points are kept. Go on with: npx unwind resume out\n`,
  );
  expect(existsSync(at('out/lock'))).toBe(false);
  expect(unwind(run, folder).stderr).toBe(
    '--out out: the folder holds a run that is not finished; go on with it: npx unwind resume out\n',
  );
});

test('a torn line and one with a changed bit do not count; the file may have changed meanwhile', () => {
  restore();
  const journal = at('out/journal.ndjson');
  const bytes = readFileSync(journal);
  bytes[bytes.indexOf('"cells":"') + 40]! ^= 1;
  writeFileSync(journal, bytes);
  appendFileSync(journal, bytes.subarray(0, 100));
  const text = readFileSync(file);
  rmSync(file);
  const { code, stdout, stderr } = unwind(resume, folder);
  writeFileSync(file, text);
  expect(code, stderr).toBe(0);
  expect(stdout).toBe(undisturbed.stdout);
  expect(contentsOf(at('out'))).toEqual(undisturbed.contents);
});

test('points of the journal are not evaluated again', () => {
  restore();
  const records = Journal.read<PointRecord>(at('out'));
  const [one, other] = [records[0]!, records.find(({ cells }) => cells !== records[0]!.cells)!];
  const swapped = records.map((record) => (record === one ? { ...one, cells: other.cells } : record));
  Journal.open(at('out'), swapped).close();
  const { code, stderr } = unwind(resume, folder);
  expect(code, stderr).toBe(0);
  expect(contentsOf(at('out'))['points.parquet']).not.toBe(undisturbed.contents['points.parquet']);
});

test('a finished one is checked, told again, and made anew where it is damaged', () => {
  restore();
  expect(unwind(resume, folder).code).toBe(0);
  const checked = unwind(resume, folder);
  expect(checked.stderr).toBe('out is complete: points.parquet is as it was written\n');
  expect(checked.stdout).toBe(undisturbed.stdout);
  writeFileSync(at('out/points.parquet'), 'PAR1');
  const { code, stdout, stderr } = unwind(resume, folder);
  expect({ code, stdout }).toEqual({ code: 0, stdout: undisturbed.stdout });
  expect(stderr).toMatch(/^points\.parquet has 4 bytes instead of \d+; it is made anew\n/);
  expect(contentsOf(at('out'))).toEqual(undisturbed.contents);
  expect(unwind(['query', 'out', 'select count(*) as n from points', '--csv'], folder).stdout).toBe(
    'n\n32\n',
  );
});

test('other code, a changed experiment, points that cannot be run: an error, in one line', async () => {
  restore();
  const order = readFileSync(at('out/run.json'), 'utf8');
  writeFileSync(at('out/run.json'), order.replace(/"code": "\w+"/, '"code": "000000000000"'));
  const other = unwind(resume, folder);
  expect(other.code).toBe(1);
  expect(other.stderr).toMatch(/^out: begun by unwind \S+ \(code 0{12}\); this is .*\n$/);
  writeFileSync(at('out/run.json'), order);
  appendFileSync(at('out/experiment.v8'), ' ');
  expect(unwind(resume, folder)).toMatchObject({
    code: 1,
    stderr: 'out/experiment.v8: the inputs were changed since the run began\n',
  });
  const none = [...run.with(-1, 'none'), '--set', 'sensitivity.parameters={ solvable.tiks: [10, 20] }'];
  expect(await refused(none, folder)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^.*unknown key.*\n$/) as string }); // prettier-ignore
  expect(existsSync(at('none'))).toBe(false);
  // Of 1 to 600 swept ticks some are more than the book has.
  const some = [...run.with(-1, 'some'), '--set', 'sensitivity.parameters={ solvable.sweep_ticks: { range: [1, 600], whole: true } }']; // prettier-ignore
  expect(unwind(some, folder)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^.*must be at most ticks, got \d+; \d+ points are kept in some\n$/) as string }); // prettier-ignore
});
