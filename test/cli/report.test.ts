/** `unwind report`, `figure` and `table`, end to end on a small market: what runs leave, and what damage and strangers do. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figuresOf } from '../../src/report/figures/index.ts';
import type { TopLevelSpec } from 'vega-lite';
import { example } from '../report/example.ts';
import { inProcess, unwindHere } from './in-process.ts';
import { forged } from './results.ts';
import { main, repository, sets } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-report-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const market = join(repository, 'test/experiment/fixtures/simple-tune.yaml');
const short = sets([
  ...['until=80 s', 'shocks[0].at=20 s', 'shocks[0].over=20 s', 'shocks[1].at=20 s'],
  ...['population[0].count=20', 'population[3].count=150'],
]);
const out = join(folder, 'out');
const hashOf = (path: string): unknown =>
  (JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as { results_hash: unknown }).results_hash;

beforeAll(async () => {
  const { code, stderr } = await unwindHere(
    ['run', market, ...short, '--runs', '3', '--workers', '1', '--out', out],
    folder,
  );
  expect(code, stderr).toBe(0);
});

describe('a run', () => {
  test('leaves a report, and the same results as without', async () => {
    expect(existsSync(join(out, 'report.html'))).toBe(false); // tests run with --no-report
    const line = ['run', market, ...short, '--runs', '3', '--workers', '1', '--out', join(folder, 'with')];
    const { code, stdout, stderr } = await inProcess(line, folder);
    expect(code, stderr).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      `report, for any browser: ${join(folder, 'with/report.html')}`,
    );
    expect(readFileSync(join(folder, 'with/report.html'), 'utf8')).toContain('<!doctype html>');
    expect(hashOf(join(folder, 'with'))).toBe(hashOf(out));
    const { code: again, stderr: said } = await inProcess(['resume', join(folder, 'with')], folder);
    expect(again, said).toBe(0);
    expect(existsSync(join(folder, 'with/report.html'))).toBe(true);
  });

  test('that is made anew by resume leaves one, too: the same but for how long that took', async () => {
    const mended = join(folder, 'mended');
    cpSync(out, mended, { recursive: true });
    // By the built code, which made it.
    const resume = (...more: string[]): string =>
      execFileSync(process.execPath, [main, 'resume', mended, '--workers', '1', ...more], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    const reports = (): boolean => existsSync(join(mended, 'report.html'));
    resume(); // nothing is missing: it only shows the results
    expect(reports()).toBe(false);
    rmSync(join(mended, 'calls-00000.parquet'));
    resume('--no-report');
    expect(reports()).toBe(false);
    rmSync(join(mended, 'calls-00000.parquet'));
    expect(resume().trimEnd().split('\n').at(-1)).toBe(
      `report, for any browser: ${join(mended, 'report.html')}`,
    );
    const other = join(folder, 'out.html');
    expect((await inProcess(['report', out, '--out', other], folder)).code).toBe(0);
    // Two makings differ in when, and in how long they took.
    const textOf = (path: string): string =>
      readFileSync(path, 'utf8')
        .replaceAll(/<th scope="row">made<\/th>\s*<td>.*?<\/td>/gs, '')
        .replaceAll(mended, out);
    expect(textOf(join(mended, 'report.html'))).toBe(textOf(other));
  });
});

describe('the tables of a real run answer', () => {
  test('every figure’s question', async () => {
    const { code, stdout, stderr } = await inProcess(
      ['figure', out, '--to', join(folder, 'specs'), '--spec'],
      folder,
    );
    expect(code, stderr).toBe(0);
    const drawn = stdout
      .trimEnd()
      .split('\n')
      .map((path) => path.slice(folder.length + 7, -'.vl.json'.length));
    const asking = figuresOf(example()).filter(({ question }) => question !== undefined);
    // Nobody's loss is beyond collateral here, and no cascade has a second generation.
    const may_lack = ['bearers', 'tree'];
    for (const { id } of asking) if (!may_lack.includes(id)) expect(drawn).toContain(id);
    const survival = JSON.parse(
      readFileSync(join(folder, 'specs/survival.vl.json'), 'utf8'),
    ) as TopLevelSpec & {
      data: { values: { at: number; value: number }[] };
    };
    const rows = JSON.parse(
      (await inProcess(['query', out, 'select accounts from runs', '--json'], folder)).stdout,
    ) as { accounts: number }[];
    const most = Math.max(...rows.map(({ accounts }) => accounts));
    const ends = survival.data.values.filter(({ at }) => at === most).map(({ value }) => value);
    expect(ends.some((value) => value >= 1 / 3)).toBe(true);
    expect(survival.data.values.filter(({ at }) => at > most).every(({ value }) => value === 0)).toBe(true);
  });

  test('a picture, the same each time', async () => {
    const drawn = async (name: string): Promise<string[]> => {
      const to = join(folder, name);
      await inProcess(['figure', out, '--only', 'price-fan', '--png', '--svg', '--to', to], folder);
      return readdirSync(to).map((file) => readFileSync(join(to, file)).toString('hex'));
    };
    const [one, two] = [await drawn('a'), await drawn('b')];
    expect(one).toHaveLength(2);
    expect(one).toEqual(two);
  });
});

describe('figures of one run', () => {
  const of = ['figure', out, '--run', '1', '--policy', 'at-once'];

  test('are of the run that was recorded: what forced orders traded is what its table says', async () => {
    const path = join(folder, 'run-1.json');
    const { code, stderr } = await inProcess([...of, '--out', path], folder);
    expect(code, stderr).toBe(0);
    const { concat } = JSON.parse(readFileSync(path, 'utf8')) as {
      concat: { data: { values: { forced: number }[] } }[];
    };
    const drawn = concat[2]!.data.values.reduce((sum, { forced }) => sum + forced, 0);
    // Shown from a tenth of the time from the shock to the end before it: 14 s.
    const where = "policy = 'at-once' and run = 1 and shock = (select max(shock) from runs) and time_s > 14";
    const sql = `select sum(notional) as traded, max(shock) as shock from liquidations where ${where}`;
    const rows = (await inProcess(['query', out, sql, '--json'], folder)).stdout;
    const [{ traded }] = JSON.parse(rows) as [{ traded: number | null }];
    expect(traded).toBeGreaterThan(0);
    expect(drawn).toBeCloseTo(traded!, 3);
  });

  test('and of no run that comes out otherwise', async () => {
    const other = join(folder, 'other-seed');
    cpSync(out, other, { recursive: true });
    forged(other, 'manifest.json', (text) => text.replace(/"seed":"[^"]*"/, '"seed":"another"'));
    const { code, stderr } = await inProcess(['figure', other, '--run', '1', '--out', 'x.svg'], folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/: run 1 is not what it was: \S+ is \S+, recorded was /);
    expect(existsSync(join(folder, 'x.svg'))).toBe(false);
  });

  test.each([
    ['figure OUT --run 9 --out a.svg', /^--run 9: there are runs 0 to 2\n$/],
    ['figure OUT --run 1 --policy no --out a.svg', /^--policy no: there are mine, at-once/],
    ['figure OUT --policy at-once', /^--policy: needs --run, whose it is\n$/],
    ['figure OUT --shock 0', /^--shock: needs --run, whose it is\n$/],
    ['figure OUT --run 1 --only frontier', /^--only frontier: \S+ has no results for it; it is of all runs/],
    ['figure OUT --only run', /^--only run: \S+ has no results for it; it is of one run: --run n\n$/],
    ['figure OUT --run 1 --out a.gif', /^--out a\.gif: needs a name that ends in \.svg, \.png or \.json\n$/],
    ['figure OUT --out a.svg', /^--out: one figure; needs --only or --run\n$/],
    ['figure OUT --run 1 --out a.svg --to b', /^--out and --to: one of them\n$/],
  ])('%s', async (line, message) => {
    const { code, stdout, stderr } = await inProcess(line.replace('OUT', out).split(' '), folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('what is wrong is told in a line:', () => {
  const spoilt = join(folder, 'spoilt');
  const fresh = (): void => {
    rmSync(spoilt, { recursive: true, force: true });
    cpSync(out, spoilt, { recursive: true });
  };
  const report = (): Promise<{ code: number; stderr: string }> =>
    inProcess(['report', spoilt, '--out', join(folder, 'r.html')], folder) as Promise<{
      code: number;
      stderr: string;
    }>;

  test('a damaged part', async () => {
    fresh();
    writeFileSync(join(spoilt, 'prices-00000.parquet'), 'x');
    const { code, stderr } = await report();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^\S*spoilt\/prices-00000\.parquet has 1 bytes instead of \d+; make it anew: npx unwind resume \S+\n$/,
    );
    expect(existsSync(join(folder, 'r.html'))).toBe(false);
  });

  test('a damaged manifest, and a part that leads elsewhere', async () => {
    fresh();
    const manifest = join(spoilt, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"runs": 3', '"runs": 4'));
    expect((await report()).stderr).toMatch(/manifest\.json is damaged/);
    fresh();
    rmSync(join(spoilt, 'calls-00000.parquet'));
    symlinkSync(join(out, 'calls-00000.parquet'), join(spoilt, 'calls-00000.parquet'));
    expect((await report()).stderr).toMatch(/calls-00000\.parquet cannot be read \(it is a link\)/);
  });

  test.each([
    ['report nowhere', /^nowhere: no results folder: there is no manifest\.json\n$/],
    [
      'figure OUT --only frontiers',
      /^--only frontiers: there is no such figure; there are frontier, dose-response, /,
    ],
    ['figure OUT --only sobol', /^--only sobol: \S+ has no results for it; see unwind figure /],
    ['figure OUT --only frontier --svg --png', /^several forms of a figure: need --to FOLDER\n$/],
    ['table OUT --csv --latex', /^--markdown, --latex, --csv: one of them/],
  ])('%s', async (line, message) => {
    const { code, stdout, stderr } = await inProcess(line.replace('OUT', out).split(' '), folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

test('texts of a stranger’s folder are texts of its report', async () => {
  const evil = join(folder, 'evil');
  cpSync(out, evil, { recursive: true });
  rmSync(join(evil, 'run.json'));
  forged(evil, 'manifest.json', (text) =>
    text.replace(/"question":"[^"]*"/, '"question":"<script>alert(1)</script>"'),
  );
  const { code, stderr } = await inProcess(['report', evil, '--out', join(folder, 'e.html')], folder);
  expect(code, stderr).toBe(0);
  const html = readFileSync(join(folder, 'e.html'), 'utf8');
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(1)');
});

test('tables for spreadsheets have the results’ own digits, and no formulas', async () => {
  const { stdout } = await inProcess(['table', join(repository, 'results/reference/lcst'), '--csv'], folder);
  const [heads, flat] = stdout.split('\n').map((line) => line.split(','));
  expect(heads!.slice(0, 3)).toEqual(['table', 'policy', 'P(cascade)']);
  const { summary } = JSON.parse(
    readFileSync(join(repository, 'results/reference/lcst/manifest.json'), 'utf8'),
  ) as { summary: { cells: { metrics: Record<string, { value: number; low: number; high: number }> }[] } };
  const { value, low, high } = summary.cells[0]!.metrics['p_systemic']!;
  expect(flat!.slice(1, 5)).toEqual(['flat-20x', ...[value, low, high].map(String)]);
});
