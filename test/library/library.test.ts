// Experiments loaded, run and read by a program: the built package, as a user has it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Library from '../../src/library/index.ts';
import { unwindHere } from '../cli/in-process.ts';
import { repository } from '../cli/unwind.ts';
import { small } from './small.ts';

const { ConfigError, ExperimentProblems, loadExperiment, openResults, runExperiment, simulate } =
  (await import(join(repository, 'dist/src/library/index.js'))) as typeof Library;

const folder = mkdtempSync(join(tmpdir(), 'unwind-library-'));
const at = (name: string): string => join(folder, name);
let results: Library.Results;
const told: Library.Progress[] = [];

beforeAll(async () => {
  const onProgress = (one: Library.Progress): unknown => told.push(one);
  results = await runExperiment(small, { workers: 1, out: at('one'), onProgress });
});
afterAll(() => {
  loadExperiment(small); // other files of tests know no plug-ins of this one
  rmSync(folder, { recursive: true });
});

describe('an experiment', () => {
  test('of plain data is the one of its text in a file', () => {
    const loaded = loadExperiment(small, { runs: 3, sets: ['until=20 s'], name: 'mine' });
    writeFileSync(at('mine.yaml'), loaded.source);
    const read = loadExperiment(at('mine.yaml'), { runs: 3, sets: ['until=20 s'] });
    expect({ ...read, file: '', inputs: [], contents: [] }).toEqual({
      ...loaded,
      file: '',
      inputs: [],
      contents: [],
    });
    expect(loaded.runs).toBe(3);
    expect(loaded.name).toBe('mine');
  });

  test('that is wrong is told whole, each thing at its place', () => {
    const { market, ...rest } = small;
    const wrong = {
      ...rest,
      runs: 0,
      market: { ...market, latency: { ...market.latency, order: '2 parsecs' } },
    };
    let caught: unknown;
    try {
      loadExperiment(wrong);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ExperimentProblems);
    expect(caught).toBeInstanceOf(ConfigError);
    const { problems } = caught as Library.ExperimentProblems;
    expect(problems.map(({ path }) => path)).toEqual([['runs'], ['market', 'latency', 'order']]);
    expect(problems[0]!.message).toMatch(
      /^experiment\.yaml:4:7 {2}runs: needs a whole number of at least 1 /,
    );
  });

  test('whose stop names no metric is refused as `unwind check` refuses it', () => {
    expect(() =>
      loadExperiment({ ...small, stop: { metric: 'bad_det', half_width: 1, check_every: 2 } }),
    ).toThrow(
      /^experiment\.yaml:\d+:\d+ {2}stop\.metric: there is no metric bad_det; did you mean bad_debt\?/,
    );
  });

  test.each<[string, unknown, RegExp]>([
    ['a function', { ...small, seed: () => 'x' }, /needs text, numbers, lists and maps/],
    ['NaN', { ...small, runs: NaN }, /needs text, numbers, lists and maps, got NaN/],
    ['a Map', { ...small, market: new Map() }, /needs plain data, got an object of Map/],
    ['a hole', { ...small, plugins: Array<string>(1) }, /needs a value, got undefined/],
    ['a name that is a path', small, /needs letters, digits, - and _, got \.\.\/x/],
  ])('holds no %s', (what, settings, message) => {
    const options = what.startsWith('a name') ? { name: '../x' } : {};
    expect(() => loadExperiment(settings as Library.ExperimentSettings, options)).toThrow(message);
  });

  test('that is a part of itself is refused', () => {
    const market: Record<string, unknown> = { ...small.market };
    market['money'] = market;
    expect(() => loadExperiment({ ...small, market })).toThrow('is a part of itself');
  });
});

describe('runs', () => {
  test('are those of the command line, on any number of workers', async () => {
    writeFileSync(at('experiment.yaml'), loadExperiment(small).source);
    const { code } = await unwindHere(['run', 'experiment.yaml', '--workers', '2', '--out', 'line'], folder);
    expect(code).toBe(0);
    expect(openResults(at('line')).hash).toBe(results.hash);
    const two = await runExperiment(at('experiment.yaml'), { workers: 2, out: at('two') });
    expect(two.hash).toBe(results.hash);
  });

  test('tell how far they are', () => {
    expect(told[0]).toEqual({ done: 0, lost: 0, total: 16 });
    expect(told.at(-1)).toEqual({ done: 16, lost: 0, total: 16 });
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
  });

  test('stop at a signal, and go on with `unwind resume` to the same results', async () => {
    const stop = new AbortController();
    const running = runExperiment(small, {
      workers: 1,
      out: at('stopped'),
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done >= 2) stop.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'UnfinishedError', isStopped: true });
    expect(() => openResults(at('stopped'))).toThrow(/not finished|resume/);
    expect((await unwindHere(['resume', 'stopped'], folder)).code).toBe(0);
    expect(openResults(at('stopped')).hash).toBe(results.hash);
  });

  test.each<[Library.RunOptions, string]>([
    [{ workers: 0 }, 'workers: must be at least 1'],
    [{ workers: 1.5 }, 'workers: needs a whole number'],
    [{ limits: { timeout_s: 0 } }, 'limits.timeout_s: must be longer than 0'],
    [{ record: [0, 4] }, 'record: there is no run 4; there are 0 to 3'],
  ])('refuse %j', async (options, message) => {
    await expect(runExperiment(small, { ...options, out: at('none') })).rejects.toThrow(message);
  });

  test('write into no folder that has something in it', async () => {
    await expect(runExperiment(small, { out: at('one') })).rejects.toMatchObject({ name: 'OutputError' });
  });
});

describe('results', () => {
  test('have typed columns in the order of cells and runs, which say what the worlds say', async () => {
    const runs = await results.table('runs');
    expect(runs.rows).toBe(16);
    expect([...runs.numbers('run')]).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
    expect(runs.columns['run']).toBeInstanceOf(Int32Array);
    expect(runs.columns['bad_debt']).toBeInstanceOf(Float64Array);
    expect(new Set(runs.texts('policy'))).toEqual(new Set(['easy', 'strict']));
    const world = simulate(small, { policy: 'strict', shock: 1, run: 2 }).run();
    const row = runs
      .texts('policy')
      .findIndex((one, i) => one === 'strict' && i >= 8 && runs.numbers('run')[i] === 2);
    const forced = world.moment().liquidations;
    const own = await results.table('liquidations', {
      policy: 'strict',
      run: 2,
      shock: runs.texts('shock')[row]!,
    });
    expect(own.rows).toBe(forced);
    expect(runs.info.find(({ name }) => name === 'bad_debt')!.unit).toBe('money');
  });

  test('have estimates by cell, which are those of their columns', async () => {
    const shock = results.summary.cells.at(-1)!.labels['shock']!;
    const { value, low, high } = results.estimate('accounts_mean', { policy: 'strict', shock });
    const accounts = (await results.table('runs', { policy: 'strict', shock })).numbers('accounts');
    expect(value).toBeCloseTo(accounts.reduce((sum, one) => sum + one, 0) / 4, 12);
    expect([low, high]).toEqual([NaN, NaN]); // of four runs nothing is known of it
  });

  test('say what there is where something is not', async () => {
    const runs = await results.table();
    expect(() => runs.numbers('bad_det')).toThrow('table runs has no column bad_det; did you mean bad_debt?');
    expect(() => runs.numbers('policy')).toThrow('column policy of table runs holds no numbers');
    expect(() => runs.texts('run')).toThrow('column run of table runs holds no texts');
    expect(() => results.estimate('bad_det')).toThrow('there is no metric bad_det; did you mean bad_debt?');
    expect(() => results.cell({ policy: 'eesy' })).toThrow(
      /^there is no cell \{"policy":"eesy"\}; there are \{/,
    );
    await expect(results.table('run')).rejects.toThrow('there is no table run; did you mean runs?');
    await expect(results.table('runs', { polcy: 'x' })).rejects.toThrow('table runs has no column polcy');
    expect(() => openResults(at('nowhere'))).toThrow(/nowhere/);
  });
});

describe('plug-ins of several experiments in one program', () => {
  const shockOf = (lots: number): string =>
    `import { defineShock, setting, z } from 'unwind';
    export default defineShock({ name: 'own', about: 'Own.', settings: z.strictObject({ at: setting.duration() }),
      title: () => 'own sale', compile: ({ at }) => ({ at_us: at, step(_, a) { a.trade(0, -${lots}); return -1; } }) });`;
  const using = (file: string) => ({ ...small, plugins: [`./${file}`], shock: { kind: 'own', at: '10 s' } });

  test('may have the same name, and each experiment keeps its own', async () => {
    writeFileSync(at('few.ts'), shockOf(1000));
    writeFileSync(at('many.ts'), shockOf(600_000));
    const few = loadExperiment(using('few.ts'), { folder, name: 'few' });
    const many = loadExperiment(using('many.ts'), { folder, name: 'many' });
    const fall = (experiment: typeof few): number => 5000 - simulate(experiment).run('11 s').book().last;
    expect(fall(few)).toBeLessThan(5);
    expect(fall(many)).toBeGreaterThan(200);
    expect(fall(few)).toBeLessThan(5);
    const [a, b] = await Promise.all(
      [few, many].map((one) => runExperiment(one, { workers: 1, out: at(`of-${one.name}`) })),
    );
    expect([a, b].map((one) => one!.estimate('accounts_mean').value > 0)).toEqual([false, true]);
    expect(a!.summary.cells[0]!.labels['shock']).toBe('own sale');
  });

  test('that a base names come along from its own folder, before the experiment’s own', () => {
    mkdirSync(at('base'));
    writeFileSync(at('base/many.ts'), shockOf(600_000));
    writeFileSync(at('base/base.yaml'), loadExperiment(using('many.ts'), { folder: at('base') }).source);
    writeFileSync(at('mine.ts'), shockOf(1000).replace("name: 'own'", "name: 'mine'"));
    const { market: _, population: __, ...rest } = small;
    const based = { ...rest, based_on: 'base/base.yaml', shock: { kind: 'own', at: '10 s' } };
    const named = (plugins?: string[]) => {
      const experiment = loadExperiment({ ...based, ...(plugins && { plugins }) }, { folder });
      return experiment.plugIns!.map(({ name }) => name);
    };
    expect(named()).toEqual(['./base/many.ts']);
    expect(named(['./mine.ts'])).toEqual(['./base/many.ts', './mine.ts']);
    expect(named(['./mine.ts', './base/many.ts'])).toEqual(['./mine.ts', './base/many.ts']);
    writeFileSync(
      at('base/base.yaml'),
      readFileSync(at('base/base.yaml'), 'utf8').replace('./many.ts', './none.ts'),
    );
    expect(() => named()).toThrow(
      /^.*base\/base\.yaml:\d+:\d+ {2}plugins\[0\]: there is no file \.\/base\/none\.ts$/,
    );
  });

  test('are not known to an experiment that does not name them', () => {
    loadExperiment(using('few.ts'), { folder });
    expect(() => loadExperiment({ ...small, shock: { kind: 'own', at: '10 s' } })).toThrow(/shock\.kind/);
  });

  test('with a title that is none are refused', () => {
    writeFileSync(at('none.ts'), shockOf(1).replace("'own sale'", "'a\\nb'"));
    expect(() => loadExperiment(using('none.ts'), { folder })).toThrow(
      /shock: the title of shock own is "a\\nb"; it must be a line of text/,
    );
    expect(readFileSync(at('none.ts'), 'utf8')).toContain('own');
  });
});
