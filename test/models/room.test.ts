/** Nothing that a run gives depends on the sizes of pools, and no run is lost because one was too small. */
import { LONG } from '../setup/long.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CapacityError } from '../../src/core/errors.ts';
import type { MarketExperiment } from '../../src/models/experiment.ts';
import { readExperiment } from '../../src/models/experiment.ts';
import { modelOf } from '../../src/models/index.ts';
import { enlarged } from '../../src/models/enlarged.ts';
import { Room } from '../../src/models/room.ts';
import { makeRuns } from '../../src/lab/work/runs.ts';
import type { RunWatch } from '../../src/lab/work/watch.ts';
import { Sampler } from '../sim/sampler.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-room-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A market of a few hundred orders, whose makers stay or withdraw, and which a sale may empty. */
function experimentOf(seed: string): MarketExperiment {
  const s = new Sampler(seed);
  const ladder = s.pick('immediate', 'partial-then-full', '[{ rung: full, retry: 300 ms }]');
  const waterfall = s.pick('insurance', 'adl', 'haircut');
  const file = join(folder, `${seed}.yaml`);
  writeFileSync(
    file,
    `question: Is there room?
seed: ${seed}
until: 40 s
runs: 1
market:
  instruments:
    - { name: BTC, tick: 1 USDT, lot: 0.01 BTC, price: 10000, book: { flat: { lots_per_tick: 2, ticks: 400 } } }
  latency: { order: 2 ms, liquidation: 20 ms }
population:
  - { kind: noise, count: ${s.whole(2, 12)}, params: { size: 0.02 BTC } }
  - { kind: market-maker, count: 3, params: { size: 0.4 BTC, inventory_limit: 40 BTC, withdraw_above: ${s.pick(15, 1e9)} } }
  - { kind: trend, count: 4, params: { slice: 1e9 } }
  - { kind: leveraged-holder, count: ${s.whole(30, 90)}, open_interest: 2 depths, params: { leverage: { uniform: [25, 50] } } }
shock: { kind: sell-programme, at: 10 s, over: 5 s, notional: ${s.pick(2e5, 1e6)} }
counterfactuals: [{ without: liquidation_fee }]
policies:
  p:
    margin: { rule: flat, leverage: 50 }
    ladder: ${ladder}
    waterfall: [{ layer: ${waterfall} }, { layer: write-off }]
    liquidation_fee: 0.5 %
`,
  );
  return readExperiment(file) as MarketExperiment;
}

const unwatched: RunWatch = {
  isRepeated: false,
  unchanged: () => Promise.resolve(),
  lostBefore: () => undefined,
  begin: () => undefined,
  settle: () => Promise.resolve(),
  end: () => undefined,
};

type Pools = MarketExperiment['capacity'] & MarketExperiment['venues'][number]['capacity'];

function poolsOf({ capacity, venues }: MarketExperiment): Pools {
  return { ...venues[0]!.capacity, ...capacity };
}

function resultsOf(experiment: MarketExperiment, { events, ...capacity }: Pools) {
  const venues = experiment.venues.map((venue) => ({ ...venue, capacity }));
  const sized = { ...experiment, venues, capacity: { ...experiment.capacity, events } };
  const { tables } = modelOf(sized);
  return makeRuns(sized, { cell: 0, first: 0, count: 2 }, tables, { watch: unwatched });
}

test.each(LONG ? ['a', 'b', 'c', 'e'] : ['a', 'b'])(
  'market %s: the same rows from pools of any size',
  async (seed) => {
    const experiment = experimentOf(seed);
    const pools = poolsOf(experiment);
    const { fills, span } = pools;
    const few = { orders: 16, terms: 1, events: 16, calls: 1, liquidations: 1, losses: 1, fills, span };
    const times = (n: number) => ({
      ...pools,
      orders: n * pools.orders,
      terms: n * pools.terms,
      events: n * pools.events,
      calls: n * pools.calls,
      liquidations: n * pools.liquidations,
      losses: n * pools.losses,
      fills: n === 1 ? fills : 2 * fills,
      span: n === 1 ? span : 2 * span,
    });
    const expected = await resultsOf(experiment, times(1));
    expect(expected.failures).toEqual([]);
    const liquidations = modelOf(experiment).tables.findIndex(({ name }) => name === 'liquidations');
    expect(expected.rows[liquidations]![0]!.length).toBeGreaterThan(1);
    for (const capacity of [few, times(2), times(10)]) {
      expect(await resultsOf(experiment, capacity)).toEqual(expected);
    }
  },
);

test('a pool doubles up to its end, and what is no pool stays', () => {
  expect(enlarged({ calls: 3, losses: 5 }, 'capacity.calls')).toEqual({ calls: 6, losses: 5 });
  expect(enlarged({ calls: 4_000_000 }, 'capacity.calls')).toEqual({ calls: 4_194_304 });
  expect(enlarged({ calls: 4_194_304 }, 'capacity.calls')).toBeUndefined();
  expect(enlarged({ calls: 3 }, 'market.collateral.lot')).toBeUndefined();
});

test('what asks for room without end fails in the end, as does what is no matter of room', () => {
  const room = new Room({ calls: 1 }, enlarged<{ calls: number }>);
  const asked: number[] = [];
  const greedy = ({ calls }: { calls: number }): never => {
    asked.push(calls);
    throw new CapacityError('calls', calls, 'capacity.calls');
  };
  expect(() => room.make(greedy)).toThrow(CapacityError);
  expect(asked).toEqual(Array.from({ length: 23 }, (_, i) => 2 ** i));
  const stumbles = (): never => {
    throw new Error('I stumbled');
  };
  expect(() => room.make(stumbles)).toThrow('I stumbled');
});
