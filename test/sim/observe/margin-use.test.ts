// The meter that asks for each size of a position once gives what a pass over all accounts gives: to the last bit, in markets drawn
// from a seed, and in whatever world it is asked of.
import { expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import { marginUse, MarginUseMeter } from '../../../src/sim/observe/margin-use.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { sampleScenario } from '../sampled-scenario.ts';

const MARKETS = 24;
const LOOKS = 40;

test('of every size once, and of every account, are the same', () => {
  const seen = { held: 0 };
  for (let seed = 0; seed < MARKETS; seed++) {
    const simulation = new Simulation(sampleScenario(`margin use ${seed}`).scenario);
    const venue = simulation.venues[0]!;
    const meter = new MarginUseMeter(venue);
    simulation.start(expandSeed(`margin use ${seed}`));
    const beginning = simulation.save();
    const look = (): void => {
      const scanned = marginUse(venue);
      expect(meter.read()).toEqual(scanned);
      if (venue.house.requirement.needsOf === undefined) return;
      if (scanned.initial > 0) seen.held++;
    };
    for (let n = 0; n < LOOKS; n++) {
      for (let event = 0; event < 100; event++) simulation.step(Number.MAX_SAFE_INTEGER);
      look();
    }
    simulation.load(beginning); // another past: the sizes kept are those of the end
    look();
  }
  expect(seen.held).toBeGreaterThan(MARKETS * 10);
});
