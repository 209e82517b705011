// Policies ranked on markets that are written down by hand: which rankings are robust, what is drawn, and what moves a difference.
import { afterAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Evaluator, PointOutcome, PointRequest } from '../../../src/design/points/evaluate.ts';
import { PointError } from '../../../src/design/points/evaluate.ts';
import { readExperiment } from '../../../src/models/experiment.ts';
import { marketsDesign, summaryOf } from '../../../src/design/markets/markets-design.ts';
import type { MarketsResult } from '../../../src/design/markets/markets.ts';
import { rankOnMarkets } from '../../../src/design/markets/markets.ts';
import { marketsSetup } from '../../../src/design/markets/setup.ts';
import { systematic } from '../../../src/stats/abc/systematic.ts';

const folder = mkdtempSync(join(tmpdir(), 'markets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'market.yaml');
writeFileSync(
  file,
  `
question: Which policy is better in every market?
seed: markets
until: 10 s
runs: 2
market:
  instruments:
    - { name: X, tick: 1 USDT, lot: 0.01 X, price: 60000, book: { flat: { lots_per_tick: 5, ticks: 100 } } }
population:
  - { kind: noise, count: 1 }
shock: { kind: sell-programme, at: 1 s, over: 1 s, notional: 1e6 }
policies:
  strict: { margin: { rule: flat, leverage: 5 }, ladder: immediate }
  loose: { margin: { rule: flat, leverage: 50 }, ladder: immediate }
systemic_when: liquidated_notional >= 5 % of open_interest within 60 s
`,
);

/** Ten draws: rates 1 … 10 a second, the last of them without weight. */
const parameter = { path: 'population.noise.params.rate', unit: 'per s', scale: 'linear', whole: false };
writeFileSync(
  join(folder, 'draws.yaml'),
  stringify({
    made_by: 'hand',
    seed: 's',
    points: 10,
    parameters: [{ ...parameter, low: 1, high: 10, median: 5, below: 3, above: 7 }],
    draws: Array.from({ length: 10 }, (_, i) => ({
      weight: i === 9 ? 0 : 1,
      changes: { [parameter.path]: `${i + 1} per s` },
    })),
  }),
);

const sets = ['markets={ posterior: draws.yaml, draws: 9 }'];
const experiment = readExperiment(file, { sets });
const rateOf = ({ sets: [set] }: PointRequest): number => Number(/=(\S+)/.exec(set!)![1]);

/** Bad debt: strict always 1; loose the rate − 2, so that it is better below 3 a second, equal at 3. P(cascade): equal. */
function answer(request: PointRequest): PointOutcome {
  const cell = (bad_debt: number) => {
    const column = (...values: number[]): Float64Array => Float64Array.from(values);
    const zero = column(0, 0);
    return { run: column(0, 1), bad_debt: column(bad_debt - 0.5, bad_debt + 0.5), systemic: zero, margin_posted: column(0.2, 0.2), traders_money: zero, accounts: zero, drop: zero }; // prettier-ignore
  };
  const both = [cell(1), cell(rateOf(request) - 2)];
  const cells = request.policy === undefined ? both : [both[request.policy === 'strict' ? 0 : 1]!];
  return { cells, lost: [] };
}

const evaluatorOf = (answers: (request: PointRequest) => PointOutcome): Evaluator => ({
  evaluate: (points) => Promise.resolve(points.map(answers)),
});
const ranked = (answers = answer): Promise<MarketsResult> =>
  rankOnMarkets(marketsSetup(experiment), evaluatorOf(answers));
const metric = ({ metrics }: MarketsResult, name: string) => metrics.find((one) => one.metric.name === name)!;

describe('rankings on markets', () => {
  test('are not robust where they hold in six of nine markets, and say so of the pair', async () => {
    const { ranking, same, robust, pairs } = metric(await ranked(), 'bad_debt');
    // Rates 1 … 9: loose has −1 … 7, on average 3; better below 3, equal at 3, worse in six.
    expect(ranking).toEqual([
      { policy: 'strict', mean: 1, tied: false },
      { policy: 'loose', mean: 3, tied: false },
    ]);
    expect(same.value).toBeCloseTo(6 / 9, 12);
    expect(robust).toBe(false);
    expect(pairs[0]).toMatchObject({ policy: 'strict', against: 'loose', verdict: 'depends on the market' });
    expect(pairs[0]!.tied).toBeCloseTo(1 / 9, 12);
    expect(pairs[0]!.better.value).toBeCloseTo((6 + 0.5) / 9, 12);
  });

  test('are robust where they hold in all, and tied where nothing differs', async () => {
    const wide = (request: PointRequest): PointOutcome => {
      const made = answer({ ...request, sets: ['x=9'] });
      return made;
    };
    const result = await ranked(wide);
    expect(metric(result, 'bad_debt')).toMatchObject({ robust: true, same: { value: 1 } });
    expect(metric(result, 'p_systemic')).toMatchObject({
      ranking: [{ tied: false }, { tied: true }],
      robust: false,
      same: { value: 1 },
      pairs: [{ verdict: 'tied' }],
    });
  });

  test('leave out markets that cannot be run, and runs that are lost under one policy', async () => {
    const result = await ranked((request) => {
      if (rateOf(request) === 9) return new PointError('does not fit');
      const made = answer(request) as Exclude<PointOutcome, PointError>;
      if (request.policy !== undefined) return made;
      const [one, other] = made.cells as [Record<string, Float64Array>, Record<string, Float64Array>];
      // The second run of the second policy is lost: then the first policy has no second run, either.
      const short = Object.fromEntries(
        Object.entries(other).map(([name, values]) => [name, values.slice(0, 1)]),
      );
      return {
        cells: [one, short],
        lost: [{ cell: 1, run: 1, name: 'E', message: 'm', labels: {}, replay: '' }],
      };
    });
    expect(result).toMatchObject({ markets: 9, usable: 8, with_losses: 8 });
    // Only the first runs: half a unit less each. Rates 1 … 8: loose 2.5 on average, less 0.5.
    expect(metric(result, 'bad_debt').ranking.map(({ mean }) => mean)).toEqual([0.5, 2]);
    expect(result.means[8]!.every(Number.isNaN)).toBe(true);
  });
});

test('the tornado moves one setting by a standard deviation: 1 − (rate − 2) from 3 to 7 a second is 0 to −4', async () => {
  const { tornadoes } = await ranked();
  const tornado = tornadoes.find((one) => one.metric === 'bad_debt')!;
  expect(tornado).toMatchObject({ policies: ['strict', 'loose'], difference: 1 - 3 });
  expect(tornado.bars).toEqual([
    { path: parameter.path, low: '3 per s', high: '7 per s', at_low: 0, at_high: -4, swing: -4, error: 0 },
  ]);
});

test('without two policies named, the tornado is of the best two whose order depends on the market', async () => {
  const third = readExperiment(file, {
    sets: [...sets, 'policies.worst={ margin: { rule: flat, leverage: 2 }, ladder: immediate }'],
  });
  const setup = marketsSetup(third);
  expect(setup.tornado).toBeUndefined();
  const asked: (string | undefined)[] = [];
  const { tornadoes, metrics } = await rankOnMarkets(
    setup,
    evaluatorOf((request) => {
      asked.push(request.policy);
      const { cells } = answer({ ...request, policy: undefined }) as Exclude<PointOutcome, PointError>;
      // The third is always best, so that only the other two are open.
      const best = { ...cells[0]!, bad_debt: Float64Array.from([-90, -90]) };
      const all = [...cells, best];
      const own = ['strict', 'loose', 'worst'].indexOf(request.policy ?? '');
      return { cells: own < 0 ? all : [all[own]!], lost: [] };
    }),
  );
  const at = metrics.findIndex((one) => one.metric.name === 'bad_debt');
  expect(metrics[at]!.ranking.map(({ policy }) => policy)).toEqual(['worst', 'strict', 'loose']);
  expect(tornadoes[at]!.policies).toEqual(['strict', 'loose']);
  // Equal in all markets: nothing else to ask of.
  const equal = metrics.findIndex((one) => one.metric.name === 'p_systemic');
  expect(tornadoes[equal]!.policies).toEqual(['strict', 'loose']);
  // Only these two, at three places each.
  expect(asked.filter((policy) => policy !== undefined)).toEqual([
    ...Array.from({ length: 3 }, () => 'strict'),
    ...Array.from({ length: 3 }, () => 'loose'),
  ]);
});

test('metrics without a value in some run are left out', async () => {
  const result = await ranked((request) => {
    const made = answer(request) as Exclude<PointOutcome, PointError>;
    return { ...made, cells: made.cells.map((cell) => ({ ...cell, drop: Float64Array.from([NaN, 1]) })) };
  });
  expect(result.metrics.map((one) => one.metric.name)).toEqual(
    expect.not.arrayContaining(['worst_move']) as string[],
  );
  expect(result.metrics).toHaveLength(5);
  expect(result.tornadoes).toHaveLength(5);
});

test('every market has luck of its own; the tornado the same at all its points', async () => {
  const seeds: string[] = [];
  await ranked((request) => {
    seeds.push(request.seed);
    return answer(request);
  });
  expect(seeds.slice(0, 9)).toEqual(Array.from({ length: 9 }, (_, i) => `markets/market/${i}`));
  expect(new Set(seeds.slice(9))).toEqual(new Set(['markets/tornado']));
});

test('its document and its table give the result back', async () => {
  const result = await ranked();
  const design = marketsDesign(experiment);
  const columns = design.columnsOf(result);
  const rows = result.means.map((_, i) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[i]!])),
  );
  expect(design.resultOf(summaryOf(result), rows)).toEqual(result);
});

test('draws come as often as their weights say', () => {
  const draws = [{ weight: 0.5 }, { weight: 0 }, { weight: 0.3 }, { weight: 0.2 }];
  const drawn = systematic(draws, 10);
  expect(draws.map((draw) => drawn.filter((one) => one === draw).length)).toEqual([5, 0, 3, 2]);
});

describe('one line for', () => {
  test.each([
    ['markets={ posterior: none.yaml }', 'markets.posterior: no such file'],
    ['markets={ posterior: market.yaml }', 'is no posterior that unwind calibrate writes'],
    ['markets={ posterior: draws.yaml, draws: 1 }', 'markets.draws'],
  ])('%s', (set, what) => {
    expect(() => readExperiment(file, { sets: [set] })).toThrow(what);
  });

  test('draws of settings that the experiment does not have, and policies that it does not have', () => {
    const other = readExperiment(file, { sets: [...sets, 'population[0].name=other'] });
    expect(() => marketsSetup(other)).toThrow(/markets\.posterior.*based_on: market\.yaml/s);
    const unknown = readExperiment(file, { sets: [...sets, 'markets.tornado=[strict, lax]'] });
    expect(() => marketsSetup(unknown)).toThrow('there is no policy lax; there are strict, loose');
    expect(() => marketsSetup(readExperiment(file))).toThrow('there is no block markets');
  });
});
