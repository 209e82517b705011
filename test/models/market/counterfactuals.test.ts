// Counterfactuals and the absorption capacity as an experiment asks for them: what runs record, what results say, and what is
// refused.
import { describe, expect, test } from 'vitest';
import type { MarketExperiment } from '../../../src/models/experiment.ts';
import { cells, compileScenario, readExperiment } from '../../../src/models/experiment.ts';
import { modelOf } from '../../../src/models/index.ts';
import type { Capacity } from '../../../src/models/market/absorption-results.ts';
import { continuationsOf } from '../../../src/models/market/absorption-results.ts';
import type { Counterfactual } from '../../../src/models/market/counterfactuals.ts';
import { bench } from '../../experiment/fixtures/experiment.ts';

/** A small market in which the sale liquidates some tens of accounts. */
const small = ['until=90 s', 'population[4].count=150', 'population[5].count=100'];

function read(runs: number, ...sets: readonly string[]): MarketExperiment {
  const file = new URL('../../experiment/fixtures/simple-amplification.yaml', import.meta.url).pathname;
  const own = ['policies={ flat: { margin: { rule: flat, leverage: 20 } } }', 'counterfactuals=[]'];
  return readExperiment(file, { sets: [...small, ...own, ...sets], runs }) as MarketExperiment;
}

type Row = Readonly<Record<string, number | string | boolean>>;

/** Rows of all tables by name, of these runs of a cell in this order. */
function recorded(experiment: MarketExperiment, cell: number, runs: readonly number[]): Map<string, Row[]> {
  const model = modelOf(experiment);
  const tables = new Map<string, Row[]>(model.tables.map(({ name }) => [name, []]));
  const runner = model.prepare(experiment, cell);
  for (const run of runs) {
    runner.run(run, (name, row) => {
      const { columns } = model.tables.find((table) => table.name === name)!;
      expect(row.length).toBe(columns.length);
      tables.get(name)!.push(Object.fromEntries(columns.map((column, i) => [column.name, row[i]!])));
    });
  }
  return tables;
}

function columnsOf(experiment: MarketExperiment, rows: readonly Row[]): Record<string, Float64Array> {
  const names = modelOf(experiment).tables[0]!.columns.filter(({ type }) => type !== 'STRING');
  return Object.fromEntries(
    names.map(({ name }) => [name, Float64Array.from(rows, (row) => row[name] as number)]),
  );
}

describe('counterfactuals', () => {
  const experiment = read(
    2,
    'policies.called={ margin: { rule: flat, leverage: 20 }, ladder: call-then-full }',
    'counterfactuals=[{ engine: off }, { policy: flat }, { policy: called }, { kind: trend, inactive: true }]',
  );
  const tables = recorded(experiment, 0, [0, 1]);
  const runs = tables.get('runs')!;
  const forks = (change: string): Row[] =>
    tables.get('counterfactuals')!.filter((row) => row['change'] === change);
  const outcomes = ['drop', 'accounts', 'share', 'bad_debt'];

  test('are a row a change and run, and columns of the run', () => {
    expect(tables.get('counterfactuals')!.length).toBe(8);
    forks('trend inactive').forEach((row, i) => {
      expect(row['run']).toBe(i);
      for (const name of outcomes) expect(runs[i]![`fork_4_${name}`]).toBe(row[name]);
    });
  });

  test('with the engine off are the twin', () => {
    forks('engine off').forEach((row, i) => {
      expect(runs[i]!['accounts']).toBeGreaterThan(10);
      expect(row['drop']).toBe(runs[i]!['twin_drop']);
      expect(row['accounts']).toBe(0);
    });
  });

  test('under the run’s own policy are the run', () => {
    forks('policy flat').forEach((row, i) => {
      for (const name of outcomes) expect(row[name]).toBe(runs[i]![name]);
    });
  });

  test('under another policy, when nobody has been called yet and the fund is the same, are that policy’s run', () => {
    const called = recorded(
      experiment,
      cells(experiment).findIndex(({ policy }) => policy === 'called'),
      [0, 1],
    );
    forks('policy called').forEach((row, i) => {
      expect(runs[i]!['before']).toBe(0);
      for (const name of outcomes) expect(row[name]).toBe(called.get('runs')![i]![name]);
    });
  });

  test('give causal shares with paired intervals', () => {
    const columns = columnsOf(experiment, runs);
    const summary = modelOf(experiment).summarise(experiment, [columns, columns]);
    const results = summary.cells[0]!.metrics['counterfactuals'] as Counterfactual[];
    expect(results.map(({ change }) => change)).toEqual([
      'engine off',
      'policy flat',
      'policy called',
      'trend inactive',
    ]);
    const [off, own] = results;
    expect(off!.accounts.causal_share.value).toBe(1);
    expect(own!.drop.causal_share).toEqual({ value: 0, low: NaN, high: NaN }); // all alike: no spread to tell of
    const [a, b] = [columns['drop']!, columns['fork_1_drop']!];
    expect(off!.drop.causal_share.value).toBeCloseTo((a[0]! + a[1]! - b[0]! - b[1]!) / (a[0]! + a[1]!), 12);
    expect(off!.drop.fork.value).toBeCloseTo((b[0]! + b[1]!) / 2, 12);
  });

  test('leave everything else of the run as it is without them', () => {
    const plain = recorded({ ...experiment, counterfactuals: [] }, 0, [1]);
    expect(plain.get('runs')![0]).toEqual(
      Object.fromEntries(Object.entries(runs[1]!).filter(([name]) => !name.startsWith('fork_'))),
    );
    expect(plain.has('counterfactuals')).toBe(false);
  });
});

test('false liquidations are liquidated accounts that the twin leaves solvent', () => {
  const experiment = read(2, 'policies.flat.margin.leverage=50');
  for (const row of recorded(experiment, 0, [0, 1]).get('runs')!) {
    expect(row['breached_in_twin']).toBeGreaterThan(0);
    expect(row['breached_in_twin']).toBeLessThan(row['accounts'] as number);
    expect(row['looked_at_10s']).toBeLessThanOrEqual(row['accounts'] as number);
    expect(row['healthy_again_10s']).toBeLessThanOrEqual(row['looked_at_10s'] as number);
  }
});

test('a cascade may be told by those alone whom other liquidations broke', () => {
  const rows = (condition: string) =>
    recorded(read(2, 'policies.flat.margin.leverage=50', `systemic_when=${condition}`), 0, [0, 1]).get(
      'runs',
    )!;
  const all = rows('liquidated_accounts >= 1 within 1 h');
  const caused = rows('caused_accounts >= 1 within 1 h');
  caused.forEach((row, i) => {
    expect(all[i]!['peak']).toBe(row['accounts']);
    expect(row['peak']).toBe((row['accounts'] as number) - (row['breached_in_twin'] as number));
    expect(row['systemic']).toBe(1);
    expect({ ...row, peak: 0, systemic: 0 }).toEqual({ ...all[i], peak: 0, systemic: 0 });
  });
  const drop = rows('caused_drop >= 0.01 %');
  drop.forEach((row) => {
    expect(row['peak']).toBe((row['drop'] as number) - (row['twin_drop'] as number));
    expect(row['systemic']).toBe(1);
  });
  expect(rows('caused_drop >= 90 %').map(({ systemic }) => systemic)).toEqual([0, 0]);
  const share = rows('caused_notional >= 1 % of open_interest within 1 h');
  share.forEach((row) => {
    expect(row['peak']).toBeGreaterThan(0);
    expect(row['peak']).toBeLessThan(row['share'] as number);
  });
});

test('a policy may have latencies of its own', () => {
  const experiment = read(
    1,
    'policies.late={ margin: { rule: flat, leverage: 20 }, latency: { mark: 5 s } }',
  );
  expect(compileScenario(experiment, { policy: 'flat', shock: 0 }).venues[0]!.latency.mark_us).toBe(100_000);
  const { latency } = compileScenario(experiment, { policy: 'late', shock: 0 }).venues[0]!;
  expect(latency).toEqual({ order_us: 2000, mark_us: 5_000_000, liquidation_us: 50_000, notice_us: 0 });
});

describe('the absorption capacity', () => {
  const lac = 'lac={ window: [5 s, 20 s], drop: 5 %, settle: 5 s, continuations: 2 }';

  test('shares its continuations among the runs, each once', () => {
    const experiment = read(3, lac);
    expect([0, 1, 2].map((run) => continuationsOf(experiment, run))).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
  });

  test('is the same whoever makes which run, and its table says what the columns say', () => {
    const experiment = read(3, lac);
    const all = recorded(experiment, 0, [0, 1, 2]);
    const last = recorded(experiment, 0, [2]);
    expect(last.get('lac')).toEqual(all.get('lac')!.filter((row) => row['run'] === 2));
    expect(all.get('lac')!.length).toBe(12);
    for (const row of all.get('lac')!) {
      const slot = Math.floor((row['continuation'] as number) / 3) + 1;
      const window = row['window_s'] === 5 ? 1 : 2;
      expect(all.get('runs')![row['run'] as number]![`lac_${window}_${slot}_low`]).toBe(row['low']);
      expect(row['state']).toBe(row['continuation']);
      expect(row['low'] as number).toBeLessThan(row['high'] as number);
    }
    const columns = columnsOf(experiment, all.get('runs')!);
    const { metrics } = modelOf(experiment).summarise(experiment, [columns]).cells[0]!;
    const curve = metrics['lac_curve'] as Capacity[];
    expect(curve.map(({ window_s, continuations }) => [window_s, continuations])).toEqual([
      [5, 6],
      [20, 6],
    ]);
    expect(metrics['lac']).toEqual(curve[0]);
    const lows = all.get('lac')!.flatMap((row) => (row['window_s'] === 5 ? [row['low'] as number] : []));
    expect(curve[0]!.value).toBeGreaterThanOrEqual(Math.min(...lows));
    expect(curve[0]!.low).toBe(0); // six continuations bound nothing from below
  });

  test('may be of the market of run 0 alone, and is searched for under the first shock alone', () => {
    const experiment = read(
      2,
      `lac={ window: 5 s, drop: 5 %, settle: 5 s, continuations: 2, states: one, precision: 1 % }`,
    );
    const rows = recorded(experiment, 0, [0, 1]).get('lac')!;
    expect(rows.map((row) => [row['continuation'], row['state']])).toEqual([
      [0, 0],
      [2, 0],
      [1, 0],
      [3, 0],
    ]);
    expect(new Set(rows.map((row) => row['low'])).size).toBeGreaterThan(1);
    const two = read(1, 'shocks[1].notional={ grid: [10e6, 20e6] }', lac);
    expect(recorded(two, 1, [0]).get('lac')).toEqual([]);
  });
});

describe('refuses', () => {
  const { errorOf } = bench();
  const at = (line: string): string => errorOf('policies:\n', `${line}\npolicies:\n`);

  test.each([
    ['counterfactuals: [{ engine: on }]', 'needs off, got on'],
    ['counterfactuals: [{ policy: none }]', 'there is no policy none; there are flat, tiers'],
    ['counterfactuals: [{ kind: bear, stay: true }]', 'there is no group of bear in the population'],
    ['counterfactuals: [{ remove: 3 }]', 'needs the number of a trader’s account, 8 to 12'],
    ['counterfactuals: [{ without: floor }]', 'no policy has a rule of the name floor'],
    ['counterfactuals: [{ engine: off }, { engine: off }]', 'there is engine off already'],
    ['lac: { window: 5 }', 'needs a time with its unit'],
    ['lac: { window: [5 s, 5 s] }', 'is there twice'],
    ['lac: { probability: 1 }', 'must be'],
  ])('%s', (line, what) => {
    const message = at(line);
    expect(message).toContain('small.yaml:15:');
    expect(message).toContain(what);
    expect(message).not.toContain('\n');
  });

  test('a capacity without a shock', () => {
    const shock = 'shock: { kind: sell-programme, at: 10 s, over: 5 s, notional: 1000 }';
    expect(errorOf(shock, 'lac: { window: 5 s }')).toContain('needs a shock in the experiment');
  });
});
