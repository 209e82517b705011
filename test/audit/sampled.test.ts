// Markets drawn from seeds, recorded and replayed by the auditor: policies of all kinds, collateral assets, auctions,
// takeovers, unwinding, halts and batches. A failure names the seed; `UNWIND_SEED=123 npx vitest run
// test/audit/sampled.test.ts` plays that one again.
import { describe, expect, test } from 'vitest';
import { sampleScenario } from '../sim/sampled-scenario.ts';
import { record, replay } from './journal.ts';
import { LONG } from '../setup/long.ts';

const S = 1_000_000;
const only = process.env['UNWIND_SEED'];
// Market 85 has paced orders in several instruments of one account.
const seeds =
  only === undefined ? [...Array.from({ length: LONG ? 60 : 24 }, (_, i) => String(i + 1)), '85'] : [only];
const checked = new Map<string, number>();

describe('what the engine did follows from the journal, in the market drawn from seed', () => {
  test.each(seeds)('%s', (seed) => {
    const { scenario, policy } = sampleScenario(seed);
    const { difference, counts } = replay(record(scenario, policy, `sampled ${seed}`, 4 * S));
    expect(difference?.message).toBeUndefined();
    for (const [what, n] of counts) checked.set(what, (checked.get(what) ?? 0) + n);
  });
});

test.skipIf(only !== undefined)('every kind of row was audited', () => {
  const least = { sales: 50, offers: 300, bids: 300, unwinding: 50, losses: 1000, visits: 5000, terms: 200 };
  for (const [what, n] of Object.entries(least))
    expect(checked.get(what), what).toBeGreaterThan(LONG ? n : n / 3);
});
