// The experiment of inverse.yaml in small: the fall that breaks linear longs breaks more inverse ones, and all adds up.
import { expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import { cells, compileScenario, readExperiment } from '../../../src/models/experiment.ts';
import { Simulation } from '../../../src/sim/simulation.ts';

test('longs with margin in the coin break first, at the leverage where 1 / (1 + 1/L) is reached', () => {
  const experiment = readExperiment('experiments/inverse.yaml');
  if (experiment.model !== 'market') throw new Error('it is a market');
  const simulation = new Simulation(compileScenario(experiment, cells(experiment)[0]!));
  const { only } = simulation;
  simulation.start(expandSeed('inverse/0'));
  const leverages = new Map<number, number>();
  const { ledger } = only;
  for (let account = 8; account < ledger.accounts.quote.length; account++) {
    const i = ledger.position(account, 0) === 0 ? 1 : 0;
    leverages.set(account, ledger.notional(account, i) / ledger.worth(account));
  }
  let [low, coinLow] = [Infinity, Infinity];
  while (simulation.step(60_000_000)) {
    low = Math.min(low, ledger.marks[0]! / 120_000);
    coinLow = Math.min(coinLow, ledger.marks[1]! / 120_000);
  }
  const broken = [0, 1].map((i) => {
    const { account, instrument } = only.house.liquidations;
    const rows = Array.from({ length: only.house.liquidationCount }, (_, row) => row);
    return new Set(rows.filter((row) => instrument[row] === i).map((row) => account[row]!));
  });
  expect(broken[1]!.size).toBeGreaterThan(1.3 * broken[0]!.size);
  expect(broken[0]!.size).toBeGreaterThan(100);
  // Maintenance is 1 %: a linear long breaks at 1 − p = 1/L − p/100, an inverse one at 1/p − 1 = 1/L − 1/100/p.
  const [linear, inverse] = [1 - low + low / 100, 1 / coinLow - 1 + 0.01 / coinLow].map((x) => 1 / x);
  for (const [account, leverage] of leverages) {
    const i = account < 408 ? 0 : 1;
    const level = i === 0 ? linear! : inverse!;
    if (Math.abs(leverage / level - 1) < 0.02) continue; // what came between two samples of the mark
    expect(broken[i]!.has(account), `${account} with ${leverage} of ${level}`).toBe(leverage > level);
  }
  only.assertConserved();
});
