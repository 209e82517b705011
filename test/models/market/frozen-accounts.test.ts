// Liquidated accounts, frozen as they were before: would they meet maintenance margin again, so long after?
import { Contracts } from '../../../src/contracts/contracts.ts';
import { linear } from '../../../src/contracts/linear.ts';
import { expect, test } from 'vitest';
import { FrozenAccounts } from '../../../src/models/market/frozen-accounts.ts';
import { caused } from '../../../src/models/market/measures/caused.ts';
import { healthyAgain } from '../../../src/models/market/measures/healthy-again.ts';
import type { MarketRun } from '../../../src/models/market/market-run.ts';
import { Traders, LEVERAGE_BANDS } from '../../../src/models/market/traders.ts';
import type { Scenario } from '../../../src/sim/scenario/scenario.ts';
import { placesOf } from '../../../src/sim/scenario/places.ts';
import type { Venue } from '../../../src/sim/venue/venue.ts';

const S = 1_000_000;

/** Two accounts in one instrument; maintenance is 5 % of the notional. What happens is written into it. */
function market() {
  const quote = Float64Array.of(-900, 1500);
  const lots = Int32Array.of(10, -10);
  const marks = Int32Array.of(100);
  const log = { account: Int32Array.of(0, 1, 1), time_us: Float64Array.of(1.2 * S, 3.5 * S, 4 * S) };
  const world = {
    queue: { now: 0 },
    tables: { accounts: { quote }, positions: { lots } },
    ledger: { instruments: 1, marks, contracts: new Contracts([linear(1)]), collateral: { count: 0 } },
    house: {
      liquidations: log,
      liquidationCount: 0,
      requirement: { maintenanceOfAll: ([own]: Int32Array) => 0.05 * Math.abs(own!) * marks[0]! },
    },
  };
  const at = (second: number, mark: number, liquidations: number, frozen: FrozenAccounts): void => {
    world.queue.now = second * S;
    marks[0] = mark;
    world.house.liquidationCount = liquidations;
    frozen.sample(world as unknown as Venue);
  };
  return { world: world as unknown as Venue, quote, lots, at };
}

test('by the marks then, with the money and lots before the first forced order; the later ones do not count', () => {
  const { world, quote, lots, at } = market();
  const frozen = new FrozenAccounts(world, 0, [10 * S, 60 * S, 900 * S]);
  at(1, 94, 0, frozen); // the long has 40 left where it needs 47
  lots[0] = 0; // sold by the forced order at 1.2 s
  quote[0] = 35;
  at(2, 94, 1, frozen);
  at(3, 144, 1, frozen);
  lots[1] = 0; // the short is bought back at 3.5 and 4 s
  quote[1] = 50;
  at(4, 144, 3, frozen);
  at(11, 96, 3, frozen);
  expect(frozen.seen[0]).toMatchObject({ accounts: 0 });
  // The long would have 60 and need 48.
  at(12, 96, 3, frozen);
  expect(frozen.seen[0]).toEqual({ accounts: 1, notional: 940, again: 1, againNotional: 940 });
  // The short would have 1500 − 1430 = 70 and need 71.5.
  at(14, 143, 3, frozen);
  expect(frozen.seen[0]).toEqual({ accounts: 2, notional: 940 + 1440, again: 1, againNotional: 940 });
  at(70, 94, 3, frozen); // the long not, the short with 560
  expect(frozen.seen[1]).toEqual({ accounts: 2, notional: 2380, again: 1, againNotional: 1440 });
  expect(frozen.seen[2]).toEqual({ accounts: 0, notional: 0, again: 0, againNotional: 0 }); // beyond the end
});

test('a longer run changes nothing at a horizon that has passed', () => {
  const { world, lots, at } = market();
  const frozen = new FrozenAccounts(world, 0, [10 * S]);
  lots[0] = 10;
  at(2, 94, 1, frozen);
  at(12, 96, 1, frozen);
  const before = { ...frozen.seen[0]! };
  at(600, 50, 1, frozen);
  expect(frozen.seen[0]).toEqual(before);
});

test('the share is of those that were looked at, over all runs', () => {
  const of = (healthy: number[], looked: number[]) => ({
    ...Object.fromEntries(
      [10, 60, 300, 900].flatMap((s) =>
        ['', 'notional_'].flatMap((kind) => [
          [`healthy_again_${kind}${s}s`, Float64Array.from(healthy)],
          [`looked_at_${kind}${s}s`, Float64Array.from(looked)],
        ]),
      ),
    ),
  });
  const { healthy_again_60s: found } = healthyAgain.metrics(of([1, 0, 5], [4, 0, 12]));
  expect(found!.value).toBe(6 / 16);
  expect(healthyAgain.metrics(of([0, 0], [0, 0]))['healthy_again_60s']!.value).toBeNaN();
});

test('caused are the accounts that never come to maintenance in the twin', () => {
  const equity = [40, 60, 30];
  const breachedInTwin = new Set<number>();
  const values = new Map<string, number>();
  const run = {
    venue: {
      ledger: { equity: (account: number) => equity[account]!, isFlat: (account: number) => account === 2 },
      house: { requirement: { maintenance: () => 50 } },
    },
    liquidatedAccounts: new Set([0, 1, 2]),
    breachedInTwin,
    set: (name: string, value: number) => values.set(name, value),
  } as unknown as MarketRun;
  caused.sampleTwin!(run);
  equity[0] = 90; // back again: it has breached all the same
  equity[1] = 50.5;
  caused.sampleTwin!(run);
  caused.atTwinEnd!(run);
  expect(values.get('breached_in_twin')).toBe(1);
  const runs = { accounts: Float64Array.of(3, 5, 0), breached_in_twin: Float64Array.of(1, 2, 0) };
  expect(caused.metrics(runs)['caused_share']!.value).toBe(5 / 8);
});

test('the leverage of who has no position is unknown, and no band of leverage', () => {
  const world = {
    number: 0,
    ledger: {
      instruments: 1,
      marks: [100],
      notional: (account: number) => [500, 0, 500][account - 8] ?? 0,
      position: (account: number) => [5, 0, -5][account - 8] ?? 0,
      equity: (account: number) => [100, 100, -1][account - 8] ?? 0,
    },
  } as unknown as Venue;
  const groups = [{ kind: { kind: 'holder' }, count: 3 }];
  const places = placesOf(groups, 1);
  const traders = new Traders({ groups } as unknown as Scenario, places, world);
  expect([...traders.leverage.slice(8)]).toEqual([5, NaN, Infinity]);
  expect([8, 9, 10].map((who) => LEVERAGE_BANDS[traders.bandOf(who)])).toEqual([
    '2 to 5',
    'no position',
    'above 50',
  ]);
});
