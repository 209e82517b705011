// The solvable cascade through the engine, on a small scale (V5 and V7 of the validation experiments): accounts on a
// Poisson field of triggers over a flat book make a generalised Poisson number of liquidations.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import type { SolvableSettings } from '../../../src/models/solvable/world.ts';
import { solvableScenario } from '../../../src/models/solvable/world.ts';
import { Simulation } from '../../../src/sim/simulation.ts';

const RUNS = 3000;

interface Cascade {
  readonly accounts: number;
  readonly roots: number;
  readonly deepest: number;
  /** The sale and the liquidations together reached the end of the book. */
  readonly runaway: boolean;
}

function cascades(runs: number, over: Partial<SolvableSettings>): Cascade[] {
  const settings = {
    accounts_per_tick: 0.5,
    position_lots: 4,
    lots_per_tick: 4,
    sweep_ticks: 1,
    ticks: 400,
    ...over,
  };
  const simulation = new Simulation(solvableScenario(settings));
  return Array.from({ length: runs }, (_, run) => {
    simulation.start(expandSeed(`solvable/${run}`));
    simulation.run(simulation.scenario.until_us);
    simulation.only.ledger.assertConserved();
    const { liquidations, liquidationCount } = simulation.only.house;
    const generation = liquidations.generation.subarray(0, liquidationCount);
    const accounts = new Set(liquidations.account.subarray(0, liquidationCount));
    expect(accounts.size).toBe(liquidationCount); // one order each
    return {
      accounts: accounts.size,
      roots: generation.filter((value) => value === 1).length,
      deepest: generation.reduce((deepest, value) => Math.max(deepest, value), 0),
      runaway: simulation.only.book.bestBid(0) === 0,
    };
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
};

describe.each([
  { m: 0.5, mean1: 1, sd: 2, none: 0.6065 },
  { m: 0.8, mean1: 4, sd: 10, none: 0.4493 },
])('at a branching ratio of $m', ({ m, mean1, sd, none }) => {
  const found = cascades(RUNS, { accounts_per_tick: m });
  const sizes = found.map(({ accounts }) => accounts);

  test('the mean number of accounts is θ / (1 − m)', () => {
    expect(Math.abs(mean(sizes) - mean1)).toBeLessThan((4 * sd) / Math.sqrt(RUNS));
  });

  test('the standard deviation is sqrt(θ / (1 − m)³)', () => {
    // Fourth cumulant of the generalised Poisson law: θ (1 + 8 m + 6 m²) / (1 − m)⁷.
    const fourth = (m * (1 + 8 * m + 6 * m * m)) / (1 - m) ** 7 + 3 * sd ** 4;
    const error = Math.sqrt((fourth - sd ** 4) / RUNS); // of the variance
    expect(Math.abs(variance(sizes) - sd * sd)).toBeLessThan(4 * error);
  });

  test('nobody is liquidated with probability e^−θ', () => {
    const share = sizes.filter((size) => size === 0).length / RUNS;
    expect(Math.abs(share - none)).toBeLessThan(4 * Math.sqrt((none * (1 - none)) / RUNS));
  });

  test('small cascades have the probabilities of the generalised Poisson law', () => {
    let factorial = 1;
    for (let n = 1; n <= 4; n++) {
      factorial *= n;
      const probability = (m * (m + m * n) ** (n - 1) * Math.exp(-m - m * n)) / factorial;
      const share = sizes.filter((size) => size === n).length / RUNS;
      const error = Math.sqrt((probability * (1 - probability)) / RUNS);
      expect(Math.abs(share - probability), `n = ${n}`).toBeLessThan(4 * error);
    }
  });

  test('1 − roots / accounts is the branching ratio', () => {
    const accounts = sizes.reduce((sum, size) => sum + size, 0);
    const roots = found.reduce((sum, cascade) => sum + cascade.roots, 0);
    // Given the total, about (1 − m) of the accounts are roots; of a ratio of sums, by the delta method.
    const slips = found.map((cascade) => cascade.roots - (1 - m) * cascade.accounts);
    const error = Math.sqrt(variance(slips) / RUNS) / mean(sizes);
    expect(Math.abs(1 - roots / accounts - m)).toBeLessThan(4 * error);
    expect(Math.max(...found.map(({ deepest }) => deepest))).toBeGreaterThan(m > 0.6 ? 10 : 4);
  });

  test('no cascade reaches the end of the book', () => {
    expect(found.filter(({ runaway }) => runaway)).toEqual([]);
  });
});

describe('the size of the numbers does not matter', () => {
  test('to the last account: lots per tick and per account may be scaled together', () => {
    const small = cascades(200, { accounts_per_tick: 0.8, position_lots: 1, lots_per_tick: 1 });
    const large = cascades(200, { accounts_per_tick: 0.8, position_lots: 50, lots_per_tick: 50 });
    expect(large).toEqual(small);
  });
});

describe('a wider sale', () => {
  test('over j ticks has j times the roots and the same branching', () => {
    const found = cascades(1000, { accounts_per_tick: 0.5, sweep_ticks: 6 });
    const total = found.map(({ accounts }) => accounts);
    const sd = Math.sqrt(3 / 0.125); // θ = 3
    expect(Math.abs(mean(total) - 6)).toBeLessThan((4 * sd) / Math.sqrt(1000));
    expect(Math.abs(mean(found.map(({ roots }) => roots)) - 3)).toBeLessThan(4 * Math.sqrt(3 / 1000));
  });
});

describe('the same luck with a denser field', () => {
  test('liquidates at least as many in every pair', () => {
    const fields = [0.2, 0.45, 0.5, 0.8, 1].map((density) => cascades(500, { accounts_per_tick: density }));
    for (let i = 1; i < fields.length; i++) {
      const [thin, dense] = [fields[i - 1]!, fields[i]!];
      const fewer = dense.filter(({ accounts }, run) => accounts < thin[run]!.accounts);
      expect(fewer).toEqual([]);
      expect(dense).not.toEqual(thin);
    }
  });

  test('makes .5 against .45 a much less noisy comparison than independent runs', () => {
    const dense = cascades(RUNS, { accounts_per_tick: 0.5 }).map(({ accounts }) => accounts);
    const thin = cascades(RUNS, { accounts_per_tick: 0.45 }).map(({ accounts }) => accounts);
    const paired = variance(dense.map((size, run) => size - thin[run]!));
    const reduction = (variance(dense) + variance(thin)) / paired;
    expect(reduction).toBeGreaterThan(5.5); // 8.8 in the long run
    expect(reduction).toBeLessThan(14);
  });
});

describe('above a branching ratio of one', () => {
  const m = 1.3;
  const runs = 800;
  const found = cascades(runs, { accounts_per_tick: m, ticks: 200 });

  test('cascades run to the end of the book as often as the branching process survives', () => {
    // Extinction: q = e^(m (q − 1)); no root, or all of the roots' trees end, has that probability for θ = m.
    let extinct = 0;
    for (let i = 0; i < 200; i++) extinct = Math.exp(m * (extinct - 1));
    expect(extinct).toBeCloseTo(0.577, 3);
    const share = found.filter(({ runaway }) => runaway).length / runs;
    expect(Math.abs(share - (1 - extinct))).toBeLessThan(4 * Math.sqrt((extinct * (1 - extinct)) / runs));
  });

  test('a runaway is seen as one, with everybody on the way liquidated', () => {
    const ends = found.filter(({ runaway }) => runaway).map(({ accounts }) => accounts);
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(199); // the 200 ticks of bids less the first sale's
    expect(mean(ends)).toBeGreaterThan(230); // 1.3 a tick are on the way
    const stopped = found.filter(({ runaway }) => !runaway).map(({ accounts }) => accounts);
    expect(mean(stopped)).toBeLessThan(20);
  });
});
