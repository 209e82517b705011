// Everybody's activity: its law at every time, and that it follows its own stream.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import type { ActivitySpec } from '../../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { group, instrument, levels, scenarioOf } from '../by-hand.ts';

const S = 1_000_000;
const spec = (anywhere: boolean): ActivitySpec => ({
  every_us: 100_000,
  parts: [
    { time_us: 2 * S, variance: 0.3, anywhere: true },
    { time_us: 20 * S, variance: 0.5, anywhere },
  ],
});

function market(activity?: ActivitySpec): Simulation {
  return new Simulation(
    scenarioOf({
      instruments: [
        instrument({
          bids: levels(49_990, -1, 5, 1, 10),
          asks: levels(50_010, 1, 5, 1, 10),
          index: { volatility: 0.001, every_us: S },
        }),
      ],
      ...(activity === undefined ? {} : { activity }),
      groups: [group('dip-buyer', 0)],
    }),
  );
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('activity', () => {
  test('is 1 where nothing is said of it', () => {
    const simulation = market();
    simulation.start(expandSeed('one'));
    simulation.run(5 * S);
    expect(simulation.tables.run.activity[0]).toBe(1);
  });

  test.each([true, false])(
    'has the mean 1 and the variance of its law at each time (anywhere: %s)',
    (anywhere) => {
      const simulation = market(spec(anywhere));
      const runs = 4000;
      const at = [0, 10 * S];
      const drawn = at.map(() => [] as number[]);
      for (let run = 0; run < runs; run++) {
        simulation.start(expandSeed(`law/${run}`));
        at.forEach((time, i) => {
          simulation.run(time);
          drawn[i]!.push(simulation.tables.run.activity[0]!);
        });
      }
      at.forEach((time, i) => {
        const slow = anywhere ? 0.5 : 0.5 * (1 - Math.exp((-2 * time) / (20 * S)));
        const variance = 0.3 + slow; // of its logarithm, whose mean is -variance / 2
        const logs = drawn[i]!.map(Math.log);
        const centre = mean(logs);
        const spread = mean(logs.map((x) => (x - centre) ** 2));
        // Four standard errors of each.
        expect(Math.abs(centre + variance / 2)).toBeLessThan(4 * Math.sqrt(variance / runs));
        expect(Math.abs(spread / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / runs));
        expect(Math.abs(mean(drawn[i]!) - 1)).toBeLessThan(4 * Math.sqrt((Math.exp(variance) - 1) / runs));
      });
    },
  );

  test('does not shift the luck of others: the index makes the same draws, scaled by its root', () => {
    const index = (activity?: ActivitySpec): [number, number] => {
      const simulation = market(activity);
      simulation.start(expandSeed('luck'));
      simulation.run(S);
      return [simulation.only.tables.prices.index[0]! / 50_000 - 1, simulation.tables.run.activity[0]!];
    };
    const [plain] = index();
    const [scaled, activity] = index({
      every_us: S,
      parts: [{ time_us: 100 * S, variance: 1, anywhere: true }],
    });
    // Both step at one second; the index was scheduled first and sees the activity that the run began with.
    expect(scaled / plain).toBeGreaterThan(0);
    expect(scaled / plain).not.toBeCloseTo(1, 3);
    expect(activity).toBeGreaterThan(0);
  });
});
