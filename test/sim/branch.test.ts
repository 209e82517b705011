// Branches: a copied world goes on under a new key. What was drawn stays, what comes is new, and its law is the old one.
import { describe, expect, test } from 'vitest';
import { hashBytes } from '../../src/core/hash.ts';
import { branchKey, expandSeed } from '../../src/core/seed.ts';
import { defineAgent } from '../../src/index.ts';
import { solvableScenario } from '../../src/models/solvable/world.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { generalisedPoissonTail } from '../../src/stats/intervals/generalised-poisson.ts';
import { atVenue, group, scenarioOf } from './by-hand.ts';

const S = 1_000_000;

function market(): Simulation {
  return new Simulation(
    scenarioOf({
      groups: [
        group('noise', 20),
        group('market-maker', 3),
        group('value', 5),
        group('trend', 5),
        group('leveraged-holder', 50),
      ],
      policy: { margin: { rule: 'flat', leverage: 30 }, ladder: 'call-then-partial' },
    }),
  );
}

describe('a market', () => {
  const simulation = market();
  simulation.start(expandSeed('branch'));
  simulation.run(5 * S);
  const snapshot = simulation.save();

  function endOf(key?: string): string {
    simulation.load(snapshot);
    if (key !== undefined) simulation.branch(expandSeed(key));
    simulation.run(8 * S);
    simulation.only.ledger.assertConserved();
    return simulation.hash();
  }

  test('goes on as it would have without a branch, and otherwise with one', () => {
    const own = endOf();
    expect(endOf()).toBe(own);
    expect(endOf('a')).not.toBe(own);
    expect(endOf('b')).not.toBe(endOf('a'));
  });

  test('under the same key is the same, whatever ran before', () => {
    const first = endOf('a');
    endOf('b');
    expect(endOf('a')).toBe(first);
  });

  test('keeps what there is: only streams and the branch’s key change', () => {
    simulation.load(snapshot);
    const { streams, keys, ...others } = simulation.tables;
    const digest = () =>
      Object.entries(others).map(([name, columns]) => [
        name,
        ...Object.values(columns).map((column: ArrayBufferView) =>
          hashBytes(new Uint8Array(column.buffer, column.byteOffset, column.byteLength)),
        ),
      ]);
    const before = digest();
    const run = [keys.word_0[0], keys.word_1[0], keys.word_2[0], keys.word_3[0]];
    simulation.branch(expandSeed('a'));
    expect(digest()).toEqual(before);
    expect([keys.word_0[0], keys.word_1[0], keys.word_2[0], keys.word_3[0]]).toEqual(run);
    expect([keys.word_0[1], keys.word_1[1], keys.word_2[1], keys.word_3[1]]).toEqual([...expandSeed('a')]);
    // Those who wake have another state; no two streams of a branch are the same.
    const { clocks, agents } = simulation.layout.streams;
    const states = new Set<string>();
    for (const row of [clocks, clocks + 2, agents + 20, agents + 28])
      states.add([streams.a[row], streams.b[row], streams.c[row]].join());
    expect(states.size).toBe(4);
  });
});

test('a cascade that gets new luck after every single event has the law that it had', () => {
  const m = 0.6;
  const simulation = new Simulation(
    solvableScenario({
      accounts_per_tick: m,
      position_lots: 3,
      lots_per_tick: 3,
      sweep_ticks: 1,
      ticks: 150,
    }),
  );
  const runs = 4000;
  const reached = new Map([1, 2, 5, 12].map((size) => [size, 0]));
  const key = new Int32Array(4);
  for (let run = 0; run < runs; run++) {
    const own = expandSeed(`again/${run}`);
    simulation.start(own);
    for (let branch = 0; simulation.step(simulation.scenario.until_us); branch++) {
      branchKey(own, branch, key);
      simulation.branch(key);
    }
    for (const [size, hits] of reached)
      if (simulation.only.house.liquidationCount >= size) reached.set(size, hits + 1);
  }
  for (const [size, hits] of reached) {
    const p = generalisedPoissonTail(m, m, size);
    expect(Math.abs(hits / runs - p), `${size} accounts`).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / runs));
  }
});

describe('traders who are born when the mark comes to them', () => {
  test('are not there before: the field is drawn as far as the price has come', () => {
    const simulation = new Simulation(
      solvableScenario({
        accounts_per_tick: 0.5,
        position_lots: 1,
        lots_per_tick: 1,
        sweep_ticks: 1,
        ticks: 100,
      }),
    );
    for (let run = 0; run < 200; run++) {
      simulation.start(expandSeed(`field/${run}`));
      const held = () => simulation.only.ledger.lots.subarray(8).filter((lots) => lots > 0).length;
      expect(held()).toBeLessThanOrEqual(1);
      simulation.run(simulation.scenario.until_us);
      // Whoever stands now has not been reached.
      expect(held()).toBeLessThanOrEqual(1);
    }
  });

  test('need a mark that is published, not set at once', () => {
    const late = defineAgent({
      kind: 'late',
      about: 'Lets the next one wait.',
      params: {},
      born(_me, birth) {
        birth.next = birth.mark - 1;
      },
    });
    const scenario = scenarioOf({
      groups: [{ name: 'late', kind: late, count: 2, instrument: 0, params: {} }],
      policy: { margin: { rule: 'flat', leverage: 30 }, ladder: 'immediate' },
    });
    const simulation = new Simulation(
      atVenue(scenario, { latency: { ...scenario.venues[0]!.latency, mark_us: 0 } }),
    );
    expect(() => {
      simulation.start(expandSeed('late'));
    }).toThrow('the mark needs a latency');
  });
});
