// Accounts of the stress tests: sizes as public data show them, and still no one above its cap where the group is scaled to an
// open interest.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import { Rng } from '../../src/core/rng.ts';
import { deriveStream, expandSeed } from '../../src/core/seed.ts';
import { cells, compileScenario, readExperiment } from '../../src/models/experiment.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { draw } from '../../src/sim/agent/distribution.ts';
import { momentsOf } from '../../src/stats/intervals/moments.ts';
import { tickLotOf } from '../contracts/tick-lot.ts';

/** CoinGlass, 10 October 2025: liquidated, of how many accounts, and the largest of them. */
const SEEN = { usdt: 19.13e9, accounts: 1_618_240, largest: 203e6 };

describe.each([
  ['lcst.yaml', 10e6, [67, 100]],
  ['lcst-thin.yaml', 1e6, [6.7, 10]],
])('accounts of %s', (file, cap, standFor) => {
  const experiment = readExperiment(new URL(`../../experiments/${file}`, import.meta.url).pathname);
  if (experiment.model !== 'market') throw new Error(`${file} is of a market`);
  const scenario = compileScenario(experiment, cells(experiment)[0]!);
  const { price, contract } = scenario.venues[0]!.instruments[0]!;
  const lot = (price * tickLotOf(contract)) / scenario.quantaPerUnit;
  const holders = scenario.groups.filter(({ kind }) => kind.kind === 'leveraged-holder');

  test('have the mean and the tail that were seen', () => {
    const law = holders[0]!.params['size']!;
    expect(holders[1]!.params['size']).toEqual(law);
    const state = () => new Int32Array(1);
    const rng = new Rng(state(), state(), state(), state());
    deriveStream(expandSeed('sizes'), 0, 0, 0, rng, 0);
    const sizes = Float64Array.from({ length: 400_000 }, () => draw(law, rng.at(0)) * lot);
    const { mean } = momentsOf(sizes);
    expect(Math.abs(mean / (SEEN.usdt / SEEN.accounts) - 1)).toBeLessThan(0.1);
    // Ten times as large: 10^α times as rare.
    const above = (size: number): number => sizes.filter((one) => one > size).length;
    expect(Math.abs(Math.log10(above(10e3) / above(100e3)) - 1.2)).toBeLessThan(0.03);
    // The largest of as many accounts as were liquidated, with this exponent: least · n^(1/α).
    if (law.kind !== 'pareto') throw new Error('a power law');
    const largest = law.least * lot * SEEN.accounts ** (1 / law.alpha);
    expect(largest / SEEN.largest).toBeGreaterThan(0.5);
    expect(largest / SEEN.largest).toBeLessThan(2);
  });

  test('are scaled to the open interest, none above its cap nor a larger part of it than was seen', () => {
    const simulation = new Simulation(scenario);
    simulation.start(expandSeed('sizes'));
    let account = FIRST_TRADER;
    const seen: number[] = [];
    for (const { kind, count, totalSize } of scenario.groups) {
      if (kind.kind === 'leveraged-holder') {
        const values = Array.from(
          { length: count },
          (_, i) => Math.abs(simulation.only.ledger.position(account + i, 0)) * lot,
        );
        const total = values.reduce((a, b) => a + b, 0);
        const largest = Math.max(...values);
        expect(Math.abs(total / (totalSize! * lot) - 1)).toBeLessThan(1e-4);
        expect(largest).toBeLessThanOrEqual(cap + lot);
        expect(largest).toBeGreaterThan(0.99 * cap); // the cap binds: it is one
        expect(largest / total).toBeLessThan(SEEN.largest / SEEN.usdt);
        seen.push(total / count / (SEEN.usdt / SEEN.accounts));
      }
      account += count;
    }
    seen.forEach((ratio, i) => expect(Math.abs(ratio / standFor[i]! - 1)).toBeLessThan(0.05));
  });
});
