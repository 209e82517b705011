// What READMEs promise of the package, done as they say it in an empty folder. `npm run package-test` packs and installs it; in
// `npm test` it is linked, and only the quick start is run.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repository } from '../cli/unwind.ts';
import { blocksOf, emptyFolder, isPacked, shell } from './installed.ts';

const { folder, install } = emptyFolder();
const at = (name: string): string => join(folder, name);
const run = (command: string): string => shell(command, folder);
const hashOf = (out: string): string =>
  (JSON.parse(readFileSync(at(`${out}/manifest.json`), 'utf8')) as { results_hash: string }).results_hash;
let began = 0;

beforeAll(() => {
  began = performance.now();
  run(install);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('the quick start of the library runs as it stands', () => {
  writeFileSync(at('quick-start.mjs'), blocksOf('src/library/README.md', 'js')[0]!);
  const told = run('node quick-start.mjs');
  expect(told).toContain('0 of 8 runs\n');
  expect(told).toContain('8 of 8 runs\n');
  const liquidated = (policy: string): number =>
    Number(new RegExp(`^${policy}: (\\S+) accounts liquidated$`, 'm').exec(told)![1]);
  expect(liquidated('at-once')).toBeGreaterThan(10);
  expect(liquidated('in-parts')).toBeGreaterThan(10);
  expect(told).toMatch(/^Float64Array\(4\) \[/m);
  const [, fallen, twin] = /^best bids (\d+) and (\d+) ticks$/m.exec(told)!;
  expect(Number(fallen)).toBeLessThan(Number(twin) - 20);
  expect(told).toMatch(/^widest spread \d{3,} ticks in 22 looks$/m);
});

describe.skipIf(!isPacked)('in an empty folder, from the packed package,', () => {
  test('agents/README.md alone leads to an experiment with seven plug-ins of one’s own', () => {
    const [first, ...others] = blocksOf('agents/README.md', 'sh')[0]!.trim().split('\n');
    expect(first).toBe('npm install unwind'); // done above, from the tarball
    const own = blocksOf('agents/README.md', 'yaml').find((block) => block.startsWith('# own.yaml'))!;
    for (const command of others) run(command);
    writeFileSync(at('own.yaml'), own);
    run('npx unwind check own.yaml');
    run('npx unwind run own.yaml --workers 1 --record 0 --out one');
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`from install to the first result: ${seconds.toFixed(1)} s\n`);
    run('npx unwind run own.yaml --workers 4 --record 0 --out four');
    expect(hashOf('four')).toBe(hashOf('one'));
    const code = readFileSync(at('contrarian.ts'), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(\/\/|$)/.test(line));
    expect(code.length).toBeLessThanOrEqual(22);
    const [row] = JSON.parse(
      run(
        `npx unwind query one "select min(gap_ticks) as gap, max(accounts) as accounts, count(*) as runs from runs where policy = 'ours'" --json`,
      ),
    ) as [Record<string, number>];
    expect(row['runs']).toBe(8);
    expect(row['gap']).toBeGreaterThan(10);
    expect(row['accounts']).toBeGreaterThan(5);
    expect(run('npx unwind verify one')).toContain('this audit knows no formula');
  }, 600_000);

  test('every starting file works, and its test passes', () => {
    const sorts = 'agent rule wrapper rung layer mark shock measure score contract experiment'.split(' ');
    for (const sort of sorts) run(`npx unwind new ${sort} first-${sort}`);
    expect(run('node --test')).toContain('# fail 0\n');
  }, 600_000);

  test('the notebook ends with its figure', () => {
    cpSync(at('node_modules/unwind/examples/how-deep-is-the-book.ts'), at('how-deep-is-the-book.ts'));
    const command = /^ \* (npx esbuild .*)$/m.exec(readFileSync(at('how-deep-is-the-book.ts'), 'utf8'))![1]!;
    const table = run(command);
    expect(table.match(/^ +\d00 BTC/gm)).toHaveLength(6);
    const svg = readFileSync(at('how-deep-is-the-book.svg'), 'utf8');
    expect(svg).toMatch(/^<svg [^]*<\/svg>\s*$/);
    expect(svg.match(/#|path/g)!.length).toBeGreaterThan(60);
  }, 600_000);

  test('types are found by TypeScript, and know what an experiment says', () => {
    cpSync(at('node_modules/unwind/examples/how-deep-is-the-book.ts'), at('typed.mts'));
    const tsc = `${join(repository, 'node_modules/.bin/tsc')} --noEmit --strict --module nodenext --target es2023 --lib es2023`;
    const types = `--types node --typeRoots ${join(repository, 'node_modules/@types')}`;
    run(`${tsc} ${types} typed.mts`);
    const text = readFileSync(at('typed.mts'), 'utf8');
    writeFileSync(at('wrong.mts'), text.replace("seed: 'notebook'", "sed: 'notebook'"));
    expect(() => run(`${tsc} ${types} wrong.mts`)).toThrow(/wrong\.mts\(\d+,\d+\): error TS/);
  }, 600_000);

  test('Python reads results, and searches', () => {
    const [, plain] = blocksOf('src/library/README.md', 'python');
    writeFileSync(at('read.py'), plain!);
    expect(run('python3 read.py').match(/\('at-once', [\d.]+\)/g)).toHaveLength(4);
    cpSync(at('node_modules/unwind/examples/tune.py'), at('tune.py'));
    const own = readFileSync(at('own.yaml'), 'utf8').replace('runs: 8', 'runs: 2');
    const block =
      'tune:\n  parameters: { policies.theirs.margin.leverage: { range: [5, 50], scale: log } }\n  minimise: [margin_posted, bad_debt]\n  budget: 10 evaluations\n';
    writeFileSync(at('tune.yaml'), own + block);
    const told = run('python3 tune.py tune.yaml 6');
    const losses = [...told.matchAll(/^ +(-?[\d.]+) {2}policies\.theirs\.margin\.leverage = [\d.]+$/gm)].map(
      ([, loss]) => Number(loss),
    );
    expect(losses).toHaveLength(6);
    expect(Math.min(...losses)).toBeLessThan(losses[0]!);
    expect(told).toMatch(/^ {2}\{"point": \{"policies\.theirs\.margin\.leverage": /m);
  }, 600_000);
});
