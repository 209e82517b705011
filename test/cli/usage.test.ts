/** The command line itself: what was typed is named, what was meant is guessed, help keeps within the terminal. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { helpOf } from './help-of.ts';
import { inProcess } from './in-process.ts';

import { main, repository } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-usage-'));
beforeAll(() => {
  cpSync(join(repository, 'experiments'), join(folder, 'experiments'), { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const LCST = 'experiments/bench.yaml';

describe('wrong words', () => {
  test.each<[line: string, message: string]>([
    ['rnu', 'rnu: there is no such command; did you mean run?'],
    ['run', 'FILE: missing; see unwind run --help'],
    ['run a b', 'b: is one word too many; see unwind run --help'],
    ['run a --rnus 3', '--rnus: there is no such option; did you mean --runs?; see unwind run --help'],
    ['run a --no-json', '--no-json: there is no such option; did you mean --json?; see unwind run --help'],
    ['run a --json=yes', '--json: takes no value; see unwind run --help'],
    ['run a --runs', '--runs: needs a value; see unwind run --help'],
    [`run ${LCST} --runs abc`, '--runs abc: needs a whole number of at least 1'],
    [`run ${LCST} --runs 2.5`, '--runs 2.5: needs a whole number of at least 1'],
    [`run ${LCST} --runs -1`, '--runs -1: needs a whole number of at least 1'],
    [`run ${LCST} --runs=`, '--runs "": needs a whole number of at least 1'],
    [`run ${LCST} --runs 3 --runs 4`, '--runs: is given 2 times; once is enough'],
    [`run ${LCST} --workers many`, '--workers many: needs a whole number from 1 to 1024'],
    [`run ${LCST} --only-run x`, '--only-run x: needs a whole number of at least 0'],
    [`run ${LCST} --only-run 0 --only-cell 9`, '--only-cell 9: needs a whole number from 0 to 8'],
    ['match --orders 0', '--orders 0: needs a whole number from 1 to 10000000'],
    ['fork DIR', '--at: missing; see unwind fork --help'],
    ['fork DIR --at 1s --run x', '--run x: needs a whole number of at least 0'],
    ['fork DIR --at 1s --change engine={', '--change engine={: not valid YAML: Flow map must end with a }'],
    [
      'match --self-trade cancel-bth',
      '--self-trade cancel-bth: needs one of none, cancel-newest, cancel-oldest, cancel-both, decrement; ' +
        'did you mean cancel-both?; see unwind match --help',
    ],
  ])('%s', async (line, message) => {
    const { code, stdout, stderr } = await inProcess(line.split(' '), folder);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
  });
});

describe('help', () => {
  const COMMANDS =
    'run check new resume query figure report table fork show replay lab serve compare tune sensitivity calibrate verify validate bench match waterfall margin odd facts response formula agents policies schema';

  test('of unwind alone is that of --help', async () => {
    const { code, stdout, stderr } = await inProcess([], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect([...stdout.matchAll(/^ {2}unwind (\S+)/gm)].map(([, name]) => name)).toEqual(COMMANDS.split(' '));
  });

  test('is in English, and fits into 80 columns with examples that are whole', { timeout: 60_000 }, () => {
    for (const [name, stdout] of helpOf(COMMANDS.split(' '))) {
      const lines = stdout.split('\n');
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
      expect(stdout).toMatch(new RegExp(`^unwind ${name}\\b`));
      expect(stdout).toContain('Show help');
      for (const command of examplesOf(stdout)) {
        expect(command).toMatch(new RegExp(String.raw`^(npx unwind|echo '[^']*[\s\S]*\| npx unwind) `));
        // What is read from a pipe is tried as it stands.
        if (command.startsWith('echo')) expect(piped(command)).toMatchObject({ status: 0, stderr: '' });
      }
    }
  });
  /** Copied from the screen: those of several lines, too. */
  const examplesOf = (help: string): string[] =>
    (help.split('Examples:\n')[1] ?? '')
      .split(/^ {2}# .*\n/m)
      .map((command) => command.trim())
      .filter((command) => command !== '');
  const piped = (command: string) => {
    const npx = `npx() { shift; '${process.execPath}' '${main}' "$@"; }`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `${npx}\n${command}`], { encoding: 'utf8' });
    expect(stdout).not.toBe('');
    expect(stdout).not.toContain('error');
    return { status, stderr };
  };
});

test.skipIf(process.platform === 'win32')(
  '32 open files are enough to start, and too few are told in a line',
  () => {
    const under = (limit: number) =>
      spawnSync('sh', ['-c', `ulimit -n ${limit}; exec "$0" "$1" check "$2"`, process.execPath, main, LCST], {
        cwd: folder,
        encoding: 'utf8',
      });
    expect(under(32)).toMatchObject({ status: 0, stderr: '' });
    expect(under(21)).toMatchObject({
      status: 1,
      stderr: 'too many open files: raise the limit of this shell, such as by ulimit -n 1024\n',
    });
  },
);

test.skipIf(process.platform === 'win32')(
  'a reader who stops reading ends the command without a word',
  () => {
    for (const command of ['schema', 'policies --json', 'agents --json']) {
      const piped = spawnSync('sh', ['-c', `"$0" "$1" ${command} | true`, process.execPath, main], {
        encoding: 'utf8',
      });
      expect(piped).toMatchObject({ stdout: '', stderr: '' });
    }
  },
);

describe('check', () => {
  const checked = async (...args: string[]) => inProcess(['check', LCST, ...args], folder);

  test('says what an experiment is', async () => {
    const { code, stdout } = await checked('--json', '--runs', '3');
    expect(code).toBe(0);
    const facts = JSON.parse(stdout) as Record<string, unknown>;
    expect(facts).toMatchObject({
      ok: true,
      runs: 3,
      seed: 'lcst-2024',
      market: {
        accounts: 10_278,
        policies: ['flat-20x', 'binance', 'var-floor'],
        shocks: ['sale of 100 M USDT in 30 s', 'sale of 300 M USDT in 30 s', 'sale of 600 M USDT in 30 s'],
        until_s: 240,
      },
    });
    expect(facts['cells']).toHaveLength(9);
    expect((facts['inputs'] as { file: string }[]).map(({ file }) => file)).toContain(
      'experiments/data/book_btcusdt_2024-08-08.csv',
    );
    const text = await checked('--runs', '3');
    expect(text.stdout).toContain('runs      3 of each of 9 cells: 27');
    const words = text.stdout.replaceAll(/\n {4,}/g, ' ');
    for (const read_as of [
      'book_btcusdt_2024-08-08.csv: 1000 bids and 1000 asks: side, price_usdt, quantity_btc\n',
      'depth_bands_btcusdt.csv: 5 bands of bids and 5 of asks: side, within_percent, cumulative_notional_usdt\n',
      'leverage_tiers_binance_2024-10-24.json: 12 tiers of BTCUSDT\n',
      'close_usdt by unix_s, times in seconds, 2019-01-01 00:00:00 UTC to 2021-06-10 00:00:00 UTC, 1 h apart, 7 times not\n',
    ])
      expect(words).toContain(read_as);
    expect(text.stdout).toMatch(
      /Nothing is wrong with it; next:\n {2}npx unwind run experiments\/bench\.yaml\n$/,
    );
  });

  test('tells all that is wrong, of file, data, and what only a search would find', async () => {
    const all = [
      'runs=0',
      'market.instruments[0].book.bands=none.csv',
      'population[4].params.leverage=many',
      'policies.binance.margin.tiers=none.json#X',
    ];
    const { code, stdout, stderr } = await checked(...all.flatMap((set) => ['--set', set]));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => line.split('  ')[1]!.split(':')[0]),
    ).toEqual([
      'runs',
      'market.instruments[0].book.bands',
      'population[4].params.leverage',
      'policies.binance.margin.tiers',
    ]);
    const search = [
      'tune={parameters: {policies.flat-20x.margin.leverage: [5, 50]}, minimise: [bad_dept]}',
      'stop={metric: x, half_width: 1}',
    ];
    const found = await checked('--json', ...search.flatMap((set) => ['--set', set]));
    expect(found.code).toBe(1);
    expect(JSON.parse(found.stdout)).toMatchObject({
      ok: false,
      file: LCST,
      problems: [/stop/, /bad_dept/].map((p) => expect.stringMatching(p) as string),
    });
  });
});
