// Cells that differ in what their shocks do alone share their past: their runs are, to the last bit, those that are made from the
// seed.
import { describe, expect, test } from 'vitest';
import { Campaign } from '../../../src/lab/work/campaign.ts';
import { planBatches } from '../../../src/lab/plan/plan.ts';
import type { MarketExperiment } from '../../../src/models/experiment.ts';
import { cells, compileScenario, readExperiment } from '../../../src/models/experiment.ts';
import { modelOf } from '../../../src/models/index.ts';
import { pastOf, Pasts } from '../../../src/models/market/pasts.ts';
import type { Runner } from '../../../src/models/model.ts';
import { expandSeed } from '../../../src/core/seed.ts';
import { Simulation } from '../../../src/sim/simulation.ts';

const file = new URL('../../experiment/fixtures/simple-amplification.yaml', import.meta.url).pathname;
const small = [
  ...[
    'until=82 s',
    'population[4].count=150',
    'population[5].count=100',
    'shocks[1].notional={ grid: [1e6, 10e6, 40e6] }',
  ],
  'policies={ flat: { margin: { rule: flat, leverage: 20 } }, calls: { margin: { rule: flat, leverage: 20 }, ladder: call-then-full } }',
];

const read = (...sets: readonly string[]): MarketExperiment =>
  readExperiment(file, { sets: [...small, ...sets], runs: 4 }) as MarketExperiment;

/** All rows of a run, as text: NaN and −0 too. */
function rowsOf(runner: Runner, run: number): string[] {
  const rows: string[] = [];
  runner.run(run, (table, row) => {
    const values = row.map((value) => (Object.is(value, -0) ? '-0' : String(value)));
    rows.push([table, ...values].join(' '));
  });
  return rows;
}

describe('a runner that turns from shock to shock', () => {
  const experiment = read(
    'counterfactuals=[{ engine: off }, { policy: calls }]',
    'lac={ window: 10 s, drop: 3 %, continuations: 2, settle: 5 s }',
  );
  const model = modelOf(experiment);

  test('makes the rows that a runner of each cell makes, sales and forks too', () => {
    const turning = model.prepare(experiment, 0);
    for (const cell of [0, 2, 4]) {
      if (cell > 0) expect(turning.turnTo!(cell)).toBe(true);
      for (const run of [0, 1, 2])
        expect(rowsOf(turning, run)).toEqual(rowsOf(model.prepare(experiment, cell), run));
    }
    expect(turning.turnTo!(0)).toBe(true); // and back, with other runs first
    for (const run of [3, 1]) expect(rowsOf(turning, run)).toEqual(rowsOf(model.prepare(experiment, 0), run));
    turning.forget!();
    expect(rowsOf(turning, 1)).toEqual(rowsOf(model.prepare(experiment, 0), 1));
  });

  test('does not turn to another policy, nor to a shock at another time', () => {
    expect(model.prepare(experiment, 0).turnTo!(1)).toBe(false);
    const times = read('shocks[1].notional=40e6', 'shocks[1].at={ grid: [59 s, 60 s] }');
    expect(new Set(cells(times).map((cell) => pastOf(times, cell))).size).toBe(4);
    expect(modelOf(times).prepare(times, 0).turnTo!(2)).toBe(false);
  });
});

test('the worlds just before the shock are the same bytes, in the default experiment too', () => {
  const lcst = readExperiment(
    new URL('../../../experiments/lcst.yaml', import.meta.url).pathname,
  ) as MarketExperiment;
  for (const experiment of [read(), lcst]) {
    const hashes = new Map<string, Set<string>>();
    for (const cell of cells(experiment)) {
      const simulation = new Simulation(compileScenario(experiment, cell));
      simulation.start(expandSeed('pasts'));
      simulation.run(simulation.scenario.shocks[0]!.at_us - 1);
      const past = pastOf(experiment, cell);
      hashes.set(past, (hashes.get(past) ?? new Set()).add(simulation.hash()));
    }
    expect(hashes.size).toBe(Object.keys(experiment.policies).length);
    for (const worlds of hashes.values()) expect(worlds.size).toBe(1);
  }
});

test('pasts that are kept take no more than their room: the oldest goes', () => {
  const simulation = new Simulation(compileScenario(read(), cells(read())[0]!));
  simulation.start(expandSeed('pasts'));
  const pasts = new Pasts(60e6); // room for two of that size
  for (const run of [7, 8, 9]) {
    simulation.run(run * 1e6);
    const kept = pasts.keep(run, simulation)!;
    expect(Buffer.compare(kept, simulation.save())).toBe(0);
    expect(pasts.of(run)).toBe(kept);
  }
  expect([7, 8, 9].map((run) => pasts.of(run) !== undefined)).toEqual([false, true, true]);
  expect(new Pasts(200e6).keep(1, simulation)).toBeUndefined();
});

test('a worker that has made some runs is given the same runs of the cells that share their past', () => {
  const pasts = ['a', 'b', 'a', 'b', 'a', 'b'];
  const plan = planBatches(6, 16);
  const campaign = new Campaign({
    ...{ plan, pasts, isEnough: () => false },
    ...{ clock: () => 0, onRecord: () => undefined },
  });
  const given: { readonly cell: number; readonly first: number }[] = [];
  for (let last = campaign.next(undefined); given.length < 9; last = campaign.next(last)) given.push(last!);
  expect(given.map(({ first }) => first)).toEqual([0, 0, 0, 2, 2, 2, 4, 4, 4]);
  for (let n = 0; n < 9; n += 3)
    expect(
      given
        .slice(n, n + 3)
        .map(({ cell }) => cell)
        .toSorted(),
    ).toEqual([0, 2, 4]);
});
