// The same run byte for byte, with orders of every kind, halts and batches: again, and from a snapshot in another world.
import { expect, test } from 'vitest';
import { expandSeed } from '../../src/core/seed.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { sampleScenario } from './sampled-scenario.ts';

const EVENTS = 4000;

/** Seeds whose markets have what is meant here; the samples are drawn from them. */
const seeds = Array.from({ length: 60 }, (_, i) => String(i + 1)).filter((seed) =>
  sampleScenario(seed).trading.some((one) => one?.halt !== undefined || (one?.batch_us ?? 0) > 0),
);

function run(simulation: Simulation, events: number): void {
  while (simulation.events < events && simulation.step(Number.MAX_SAFE_INTEGER));
}

test('there are enough such markets', () => {
  expect(seeds.length).toBeGreaterThan(20);
});

test.each(seeds.slice(0, 20))('the market drawn from seed %s', (seed) => {
  const { scenario } = sampleScenario(seed);
  const [one, two] = [new Simulation(scenario), new Simulation(scenario)];
  const key = expandSeed(`determinism ${seed}`);
  one.start(key);
  run(one, EVENTS / 2);
  const snapshot = one.save();
  run(one, EVENTS);
  const hash = one.hash();
  two.start(expandSeed('another'));
  run(two, 500);
  two.load(snapshot);
  run(two, EVENTS);
  expect(two.hash()).toBe(hash);
  one.start(key);
  run(one, EVENTS);
  expect(one.hash()).toBe(hash);
});
