// The experiment of two-venues.yaml: the same traders at both, the mark at the last price calls more of them, and neither venue
// moves the other.
import { expect, test } from 'vitest';
import { keyOfRun } from '../../../src/core/seed.ts';
import { cells, compileScenario, readExperiment } from '../../../src/models/experiment.ts';
import type { Scenario } from '../../../src/sim/scenario/scenario.ts';
import { registeredAt } from '../../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import type { Venue } from '../../../src/sim/venue/venue.ts';

const END = 30_000_000; // µs

function run(scenario: Scenario, until: number): Simulation {
  const simulation = new Simulation(scenario);
  simulation.start(keyOfRun('two venues', 0));
  simulation.run(until);
  return simulation;
}

/** Accounts and lots of the longs, and what they have. */
const books = ({ ledger, house }: Venue) => ({
  money: [...ledger.accounts.quote],
  lots: [...ledger.lots],
  marks: [...ledger.marks],
  liquidations: house.liquidationCount,
});

const liquidated = ({ house }: Venue): number =>
  new Set(house.liquidations.account.slice(0, house.liquidationCount)).size;

test('the last price liquidates more of the same longs in the same fall, and the venues do not touch', () => {
  const experiment = readExperiment('experiments/two-venues.yaml');
  if (experiment.model !== 'market') throw new Error('it is a market');
  const scenario = compileScenario(experiment, cells(experiment)[0]!);
  const both = new Simulation(scenario);
  both.start(keyOfRun('two venues', 0));
  const [a, b] = both.venues;
  expect(a!.ledger.lots).toEqual(b!.ledger.lots); // who holds what, to begin with
  both.run(END);
  expect(liquidated(a!)).toBeGreaterThan(10);
  expect(liquidated(b!)).toBeGreaterThan(liquidated(a!));
  // A by itself comes to the same accounts, lots and marks.
  const alone = run(
    {
      ...scenario,
      venues: [scenario.venues[0]!],
      groups: scenario.groups.filter((group) => registeredAt(group)[0] === 0),
      shocks: scenario.shocks.slice(0, 1),
    },
    END,
  );
  expect(books(alone.only)).toEqual(books(a!));
});
