// The absorption capacity on books whose critical sale is known exactly: a flat book alone, and with one leveraged account
// whose liquidation takes its own lots from what the book can bear.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import type { AbsorptionSettings } from '../../../src/models/experiment.ts';
import { Absorption } from '../../../src/models/market/absorption.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { PLAIN_RULES } from '../../../src/sim/terms/trading-rules.ts';
import type { MarketOptions } from '../../sim/by-hand.ts';
import {
  group,
  instrument,
  levels,
  mark,
  NO_LATENCY,
  scenarioOf,
  shock,
  tableOf,
} from '../../sim/by-hand.ts';

const S = 1_000_000;
const settings: AbsorptionSettings = {
  windows_us: [60 * S],
  drop: 0.03,
  probability: 0.95,
  settle_us: 10 * S,
  continuations: 100,
  states: 'all',
  precision: 0,
};
/** Bids of 40 lots at 49,995, 49,985, …; those at 48,505 and above, 150 levels, lie within 3 % of 50,000. */
const WITHIN = 150 * 40;
const quiet = instrument({
  bids: levels(49_995, -1, 1000, 40, 10),
  mark: mark({ rule: 'last' }),
  index: { volatility: 0, every_us: S },
});

function market(more: Partial<MarketOptions> = {}): Simulation {
  return new Simulation(
    scenarioOf({
      groups: [group('noise', 0)],
      instruments: [quiet],
      latency: NO_LATENCY,
      shocks: [shock({ kind: 'sale', at: '2 s', lots: 5000 })],
      capacity: { orders: 16_384 },
      ...more,
    }),
  );
}

/** The critical sale in lots, from the state at 1 s of a run. */
function critical(simulation: Simulation, seed: string, own = settings) {
  simulation.start(expandSeed(seed));
  simulation.run(S);
  const absorption = new Absorption(own, simulation, 0, simulation.save());
  const found = absorption.critical(own.windows_us[0]!, expandSeed('luck'));
  const lot = 50_000; // value of a lot at the middle of the book, quanta
  return { low: found.low / lot, high: found.high / lot };
}

test('of a flat book is what rests within the drop, whatever the window', () => {
  for (const seconds of [1, 10, 60]) {
    const own = { ...settings, windows_us: [seconds * S] };
    expect(critical(market(), 'a', own)).toEqual({ low: WITHIN, high: WITHIN + 1 });
  }
});

test('counts a sale as absorbed only if it was sold: behind a collar the price stays, and the rest finds nobody', () => {
  const trading = { ...PLAIN_RULES, collars: { static_ppm: 10_000, dynamic_ppm: 0, beyond: 'cut' as const } };
  const found = critical(market({ instruments: [{ ...quiet, trading }] }), 'a');
  // Bids down to 49,500, a hundredth below the opening.
  expect(found).toEqual({ low: 50 * 40, high: 50 * 40 + 1 });
});

describe('with a leveraged account', () => {
  const holder = group('leveraged-holder', 1, {
    params: { side: 1, leverage: 50, entry: 0, reserve: 0, size: { kind: 'exponential', mean: 600 } },
  });
  const margin = { rule: 'flat', leverage: 50, maintenance_rate: 0.01 } as const;

  test('is less by the lots that its liquidation sells', () => {
    const simulation = market({ groups: [holder], policy: { margin, ladder: 'immediate' } });
    let largest = 0;
    for (let i = 0; i < 30; i++) {
      const found = critical(simulation, `run ${i}`);
      const size = tableOf(simulation, 'leveraged-holder')['size']![0]!;
      largest = Math.max(largest, size);
      const lots = Math.round(size);
      expect(found.low).toBe(WITHIN - lots);
      expect(found.high).toBe(WITHIN - lots + 1);
    }
    expect(largest).toBeGreaterThan(1000);
  });

  test('ends where the account owes more than its collateral, however far the price may fall', () => {
    // Half of the money, and the sale at once: the sweep that breaks the account has gone past its bankruptcy price.
    const simulation = market({ groups: [holder], policy: { margin, ladder: 'immediate' } });
    const own = { ...settings, windows_us: [S], drop: 0.08 };
    const found = critical(simulation, 'run 1', own);
    simulation.start(expandSeed('run 1'));
    const equity = simulation.only.ledger.equity(8);
    const lots = simulation.only.ledger.position(8, 0);
    expect(found.high).toBeLessThan((0.08 * 50_000 * 40) / 10 - lots);
    // Sold in sweeps of 40 lots a level from where the sale has left the book.
    const debt = (sold: number): number => {
      let owed = -equity;
      for (let lot = 0; lot < lots; lot++) owed += 50_000 - (49_995 - 10 * Math.floor((sold + lot) / 40));
      return owed;
    };
    expect(debt(found.low)).toBeLessThanOrEqual(0);
    expect(debt(found.high)).toBeGreaterThan(0);
  });
});
