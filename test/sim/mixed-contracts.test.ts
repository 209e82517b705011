// Inverse, spot and linear instruments of one account, in markets drawn from a seed: money, lots and coins after every event,
// health and triggers by formulas of the test's own, and what the audit makes of the journal. UNWIND_SEED=12 plays one again;
// UNWIND_SCENARIOS=500 plays more.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../src/core/seed.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { record, replay } from '../audit/journal.ts';
import { Auditor } from './auditor.ts';
import { sampleMixed } from './mixed-contracts.ts';
import { checkTriggers } from './trigger-audit.ts';
import { LONG } from '../setup/long.ts';

const only = process.env['UNWIND_SEED'];
const SCENARIOS = Number(process.env['UNWIND_SCENARIOS'] ?? (LONG ? 16 : 10));
const seeds = only === undefined ? Array.from({ length: SCENARIOS }, (_, i) => String(i + 1)) : [only];
const EVENTS = 8000;
/** Scans of all accounts. */
const HEALTH_EVERY = LONG || only !== undefined ? 16 : 64;
const seen = { events: 0, exchanges: 0, liquidations: 0, takeovers: 0, kinds: new Set<string>() };

describe('money, lots and coins are conserved after every event, and nobody in breach is overlooked', () => {
  test.each(seeds)('%s', (seed) => {
    const { scenario } = sampleMixed(seed);
    const simulation = new Simulation(scenario);
    const { ledger, house } = simulation.only;
    const exchange = ledger.exchange.bind(ledger);
    ledger.exchange = (account, instrument, coins) => {
      const worth = ledger.worth(account);
      exchange(account, instrument, coins);
      seen.exchanges++;
      if (ledger.worth(account) !== worth) throw new Error(`an exchange has changed the worth of ${account}`);
    };
    simulation.start(expandSeed(`mixed ${seed}`));
    const auditor = new Auditor(simulation);
    while (simulation.events < EVENTS && simulation.step(Number.MAX_SAFE_INTEGER)) {
      auditor.checkMoney();
      if (simulation.events % HEALTH_EVERY === 0) auditor.checkHealth();
      if (simulation.events % (2 * HEALTH_EVERY) === 0) checkTriggers(simulation);
    }
    auditor.checkHealth();
    house.losses.assertBorne();
    ledger.assertConserved();
    seen.events += simulation.events;
    seen.liquidations += house.liquidationCount;
    for (let row = 0; row < house.liquidationCount; row++)
      seen.takeovers += house.liquidations.taken_over[row]!;
    for (const { contract } of scenario.venues[0]!.instruments) seen.kinds.add(contract.kind);
  });
});

test.skipIf(only !== undefined)('all kinds and many events of each sort were among them', () => {
  expect([...seen.kinds].sort()).toEqual(['inverse', 'linear', 'spot']);
  expect(seen.events).toBeGreaterThan(LONG ? 100_000 : 50_000);
  expect(seen.exchanges).toBeGreaterThan(LONG ? 1000 : 200);
  expect(seen.liquidations).toBeGreaterThan(LONG ? 1000 : 200);
  expect(seen.takeovers).toBeGreaterThan(LONG ? 1000 : 200);
});

describe('what the engine did follows from the journal', () => {
  test.each(seeds.slice(0, LONG ? 12 : 4))('%s', (seed) => {
    const { scenario, policy } = sampleMixed(seed);
    const { difference } = replay(record(scenario, policy, `mixed ${seed}`, 4_000_000));
    expect(difference?.message).toBeUndefined();
  });
});

describe('a planted change of coins is found', () => {
  test.each([
    ['audit_balances', 'coins', 'closing', 'coins'],
    ['audit_exchanges', 'coins', undefined, 'quanta'], // what so many coins would cost
    ['audit_exchanges', 'quanta', undefined, 'quanta'],
    ['audit_exchanges', 'kept', undefined, 'kept'],
  ])('in %s.%s', (table, column, moment, named) => {
    const { scenario, policy } = sampleMixed('1');
    const recording = record(scenario, policy, 'mixed 1', 4_000_000);
    expect(replay(recording).difference).toBeUndefined();
    const rows = recording.rows.get(table)!.filter((row) => moment === undefined || row['moment'] === moment);
    const row = rows[rows.length >> 1]!;
    row[column] = (row[column] as number) + 1;
    const { difference } = replay(recording);
    expect(difference?.message).toMatch(new RegExp(`^${table} row \\d+: ${named}: `));
  });
});
