// What indexes have in common: correlations by the settings' law, jumps at once, and nobody else's luck moved.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import type { IndexSpec } from '../../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { group, instrument, levels, scenarioOf } from '../by-hand.ts';

const S = 1_000_000;
const VOLATILITY = 0.0005;

function market(
  indexes: readonly Partial<IndexSpec>[],
  commonJumps?: { readonly rate: number; readonly size: number },
): Simulation {
  return new Simulation(
    scenarioOf({
      instruments: indexes.map((index, i) =>
        instrument({
          name: `coin ${i}`,
          price: 1e8,
          bids: levels(1e8 - 1, -1, 1, 1, 10),
          asks: levels(1e8 + 1, 1, 1, 1, 10),
          index: { volatility: VOLATILITY, every_us: S, ...index },
        }),
      ),
      ...(commonJumps === undefined ? {} : { commonJumps }),
      groups: [group('dip-buyer', 0)],
    }),
  );
}

/** Relative moves of each index over each of so many periods of `seconds`. */
function moves(simulation: Simulation, periods: number, seconds = 1, seed = 'one'): number[][] {
  const { index } = simulation.only.tables.prices;
  simulation.start(expandSeed(seed));
  let before = [...index];
  const all = before.map(() => [] as number[]);
  for (let period = 1; period <= periods; period++) {
    simulation.run(period * seconds * S);
    index.forEach((price, i) => all[i]!.push(price / before[i]! - 1));
    before = [...index];
  }
  return all;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const over = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    mean(x.map((value, i) => (value - mx) * (y[i]! - my)));
  return over(a, ma, b, mb) / Math.sqrt(over(a, ma, a, ma) * over(b, mb, b, mb));
}

describe('what indexes have in common', () => {
  test('two instruments correlate by the product of theirs, and each keeps its volatility', () => {
    const [a, b, c] = moves(
      market([
        { common: { steps: 0.8, jumps: 0 } },
        { common: { steps: 0.5, jumps: 0 } },
        { common: { steps: -0.6, jumps: 0 } },
      ]),
      40_000,
    );
    // Four standard errors, (1 − ρ²) / √n.
    expect(Math.abs(correlation(a!, b!) - 0.4)).toBeLessThan((4 * (1 - 0.16)) / 200);
    expect(Math.abs(correlation(a!, c!) + 0.48)).toBeLessThan((4 * (1 - 0.23)) / 200);
    for (const one of [a!, b!, c!]) {
      const deviation = Math.sqrt(mean(one.map((x) => x * x)));
      expect(Math.abs(deviation / VOLATILITY - 1)).toBeLessThan(4 / Math.sqrt(2 * 40_000));
    }
  });

  test('instruments that step at other times have the covariance of the time that they share', () => {
    const [a, b] = moves(
      market([{ common: { steps: 1, jumps: 0 } }, { every_us: 5 * S, common: { steps: 0.6, jumps: 0 } }]),
      8_000,
      5,
    );
    expect(Math.abs(correlation(a!, b!) - 0.6)).toBeLessThan((4 * (1 - 0.36)) / Math.sqrt(8_000));
  });

  test('all of it in common: the same relative moves, to the last bit but rounding', () => {
    const whole = { common: { steps: 1, jumps: 1 } };
    const [a, b] = moves(market([whole, whole], { rate: 0.01, size: 0.01 }), 2000);
    a!.forEach((move, i) => {
      expect(Math.abs(move - b![i]!)).toBeLessThan(1e-12);
    });
  });

  test('jumps come at once, in the stated ratio, at their rate and of their size', () => {
    const seconds = 20_000;
    const rate = 0.02;
    const size = 0.01;
    const [a, b] = moves(
      market(
        [
          { volatility: 0, common: { steps: 0, jumps: 1 } },
          { volatility: 0, common: { steps: 0, jumps: 1.5 } },
        ],
        { rate, size },
      ),
      seconds,
    );
    a!.forEach((move, i) => {
      expect(b![i]).toBeCloseTo(1.5 * move, 10);
    });
    const jumps = a!.filter((move) => move !== 0).map(Math.abs);
    expect(Math.abs(jumps.length / (rate * seconds) - 1)).toBeLessThan(4 / Math.sqrt(rate * seconds));
    expect(Math.abs(mean(jumps) / size - 1)).toBeLessThan(4 / Math.sqrt(jumps.length));
  });

  test('who has nothing in common keeps its luck; other luck after a branch', () => {
    const alone = moves(market([{}]), 500);
    const beside = moves(market([{}, { common: { steps: 0.9, jumps: 1 } }], { rate: 0.05, size: 0.01 }), 500);
    expect(beside[0]).toEqual(alone[0]);
    const forked = market([{ common: { steps: 1, jumps: 0 } }]);
    forked.start(expandSeed('one'));
    forked.run(10 * S);
    const snapshot = forked.save();
    const ends = ['a', 'b', 'a'].map((key) => {
      forked.load(snapshot);
      forked.branch(expandSeed(key));
      forked.run(20 * S);
      return forked.only.tables.prices.index[0];
    });
    expect(ends[0]).toBe(ends[2]);
    expect(ends[0]).not.toBe(ends[1]);
  });
});
