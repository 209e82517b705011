// Triggers after every event of markets that trade in call auctions, where a forced order executes, and pays its fee, long
// after the account was looked at: each account of each market is gone through by hand. Cross accounts, partial orders,
// levels below that of the partial order, fees.
import { LONG } from '../setup/long.ts';
import { expect, test } from 'vitest';
import { expandSeed } from '../../src/core/seed.ts';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import { defineAgent, money, number } from '../../src/index.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { PLAIN_RULES } from '../../src/sim/terms/trading-rules.ts';
import type { WrittenPolicy } from './by-hand.ts';
import { atVenue, group, instrument, levels, mark, NO_LATENCY, policyOf, scenarioOf } from './by-hand.ts';
import { sampleScenario } from './sampled-scenario.ts';
import { checkTriggers } from './trigger-audit.ts';

const S = 1_000_000;
const LEVELS: WrittenPolicy['ladder'] = [
  { rung: 'call', at: 1.2, grace: '100 ms' },
  { rung: 'partial', at: 1, fraction: '20 %', times: 5, cool_down: '500 ms' },
  { rung: 'partial', at: 0.8, fraction: '30 %', times: 3, cool_down: '200 ms' },
  { rung: 'full', at: 0.5, limit: 'bankruptcy' },
];

/** Runs up to `events` events and checks after each; returns how many forced orders an auction has filled in part of a position. */
function play(simulation: Simulation, until: number, events: number): number {
  let partial = 0;
  const { house, ledger } = simulation.only;
  const execute = house.forced.execute.bind(house.forced);
  let waited = 0;
  house.forced.execute = (row, lots, notional) => {
    execute(row, lots, notional);
    const account = house.liquidations.account[row]!;
    if (house.liquidations.time_us[row]! < simulation.queue.now && lots > 0 && !ledger.isFlat(account))
      waited++;
  };
  checkTriggers(simulation);
  for (let n = 0; n < events && simulation.step(until); n++) {
    checkTriggers(simulation);
    partial += waited;
    waited = 0;
  }
  return partial;
}

test.each(LONG ? ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] : ['1', '2', '7', '10'])(
  'every account rests at its trigger, in the market of batches drawn from seed %s',
  (seed) => {
    const { scenario, policy } = sampleScenario(seed);
    const instruments = scenario.venues[0]!.instruments.map((spec) => ({
      ...spec,
      trading: { ...PLAIN_RULES, ...spec.trading, batch_us: 50_000 },
    }));
    const written = { ...policy, ladder: LEVELS, liquidation_fee: '2 %' };
    const simulation = new Simulation(atVenue(scenario, { instruments, ...policyOf(written) }));
    simulation.start(expandSeed(`triggers ${seed}`));
    filled += play(simulation, Number.MAX_SAFE_INTEGER, 3000);
  },
);
let filled = 0;

test('auctions have filled forced orders of accounts that held on to more', () => {
  expect(filled).toBeGreaterThan(100);
});

const holder = defineAgent({
  kind: 'holder-of-two',
  about: 'Holds lots of two instruments on one margined account.',
  margined: true,
  params: { money: money(0, 'Quanta.'), first: number(0, 'Lots.'), second: number(0, 'Lots.') },
  born(me, birth) {
    birth.deposit(me.money);
    birth.hold(me.first, birth.mark);
    birth.instrument = 1;
    if (me.second !== 0) birth.hold(me.second, birth.mark);
  },
});

test.each([
  ['one position', 0],
  ['two positions', 20],
])('the fee of an order that an auction fills brings the trigger of the rest closer: %s', (_what, second) => {
  const spec = instrument({
    price: 1000,
    bids: levels(1000, -1, 400, 10),
    asks: levels(1001, 1, 10, 10),
    mark: mark({ rule: 'index' }),
    index: { volatility: 0, every_us: 100 * S },
    trading: { ...PLAIN_RULES, batch_us: S },
  });
  // Requirement: 5 %. Equity is exactly that at the start: the first look orders 20 lots to be sold, which wait for the batch.
  const quanta = 0.05 * 1000 * (100 + second);
  const simulation = new Simulation(
    scenarioOf({
      instruments: [spec, { ...spec, name: 'BBB' }],
      groups: [group(holder, 1, { params: { money: quanta, first: 100, second } })],
      latency: NO_LATENCY,
      policy: {
        margin: { rule: 'flat', leverage: 10, maintenance_rate: 0.05 },
        ladder: [
          { rung: 'partial', fraction: '20 %', times: 2, cool_down: '60 s' },
          { rung: 'full', at: '50 %' },
        ],
        liquidation_fee: '2 %',
      },
    }),
  );
  simulation.start(expandSeed('fee'));
  expect(play(simulation, 2 * S, 100)).toBeGreaterThan(0);
  const { house, ledger } = simulation.only;
  expect(ledger.position(FIRST_TRADER, 0)).toBe(80);
  expect(house.inDistress(FIRST_TRADER)).toBe(true);
  expect(house.liquidations.fee[0]).toBe(Math.ceil(house.liquidations.notional[0]! * 0.02));
});
