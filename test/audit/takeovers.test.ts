/** Recorded runs with collateral assets, auctions and unwinding verify; a number that is changed in them is found and named. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/audit/verify.ts';
import type { Plant, Recorded } from './recorded.ts';
import { altered, folder, manifestOf, ownFolder, planted, rowsOf, run } from './recorded.ts';

ownFolder();
beforeAll(async () => {
  await run('takeovers.yaml', 'out', '--record', '0');
}, 300_000);

test('every run verifies, and what cannot be recomputed is said', async () => {
  const verdict = await verify(join(folder, 'out'));
  expect(verdict.difference).toBeUndefined();
  expect(verdict).toMatchObject({ ok: true, changed: [], runs: 4 });
  expect(verdict.skipped).toHaveLength(1);
  for (const what of ['prices', 'sales', 'offers', 'bids', 'unwinding', 'losses']) {
    expect(verdict.checked[what], what).toBeGreaterThan(0);
  }
});

test('the runs reach every kind of step that is audited here', async () => {
  const seen = new Set<string>();
  for (const { table, file } of manifestOf('out').parts) {
    for (const row of table.startsWith('audit_') ? await rowsOf('out', file) : []) {
      if (table === 'audit_cash') seen.add(`cash ${row['reason']}`);
      if (table === 'audit_visits') seen.add(`auction ${row['auction']}`);
      if (table === 'audit_unwinding') seen.add(`unwinding ${row['action']} of ${row['account']}`);
      if (table === 'audit_losses') seen.add(`losses of layer ${row['layer']}`);
      if (table === 'audit_bids' && row['carried'] !== row['wanted']) seen.add('bids cut');
      if (table === 'audit_bids' && Number(row['won']) < Number(row['carried'])) seen.add('bids that lost');
    }
  }
  const expected = [
    ...['collateral', 'penalty', 'loss'].map((reason) => `cash ${reason}`),
    ...[1, 2].map((kind) => `auction ${kind}`),
    ...[1, 4].flatMap((holder) => ['turn', 'order'].map((action) => `unwinding ${action} of ${holder}`)),
    ...[1, 2, 100].map((layer) => `losses of layer ${layer}`),
    'bids cut',
    'bids that lost',
  ];
  for (const step of expected) expect(seen).toContain(step);
});

const first = (): boolean => true;
const lots = ({ lots }: Recorded): boolean => Number(lots) !== 0;
const plants: readonly Plant[] = [
  { policy: 'dutch', table: 'audit_visits', which: ({ auction }) => auction === 1, column: 'auction' },
  { policy: 'dutch', table: 'audit_visits', which: ({ auction }) => auction === 1, column: 'discount_ppm' },
  { policy: 'dutch', table: 'audit_visits', which: ({ auction }) => auction === 1, column: 'reward_ppm' },
  { policy: 'dutch', table: 'audit_visits', which: ({ auction }) => auction === 1, column: 'penalty_ppm' },
  { policy: 'uniform', table: 'audit_visits', which: ({ auction }) => auction === 2, column: 'uniform' },
  { policy: 'dutch', table: 'audit_offers', which: first, column: 'asked' },
  { policy: 'dutch', table: 'audit_offers', which: first, column: 'lots' },
  { policy: 'bids', table: 'audit_offers', which: first, column: 'limit' },
  { policy: 'bids', table: 'audit_offers', which: first, column: 'account' },
  { policy: 'bids', table: 'audit_bids', which: first, column: 'bidder' },
  { policy: 'bids', table: 'audit_bids', which: ({ carried }) => Number(carried) > 0, column: 'carried' },
  { policy: 'bids', table: 'audit_bids', which: ({ won }) => Number(won) > 0, column: 'won' },
  { policy: 'dutch', table: 'audit_bids', which: ({ wanted }) => Number(wanted) > 0, column: 'price' },
  {
    policy: 'dutch',
    table: 'audit_losses',
    which: ({ layer, lots }) => layer === 100 && lots !== 0,
    column: 'account',
  },
  {
    policy: 'bids',
    table: 'audit_losses',
    which: ({ layer, lots }) => layer === 100 && lots === 0,
    column: 'quanta',
  },
  { policy: 'dutch', table: 'audit_cash', which: ({ reason }) => reason === 'penalty', column: 'quanta' },
  {
    policy: 'uniform',
    table: 'audit_cash',
    which: ({ reason }) => reason === 'collateral',
    column: 'quanta',
  },
  { policy: 'uniform', table: 'audit_sales', which: first, column: 'lots' },
  { policy: 'uniform', table: 'audit_sales', which: first, column: 'quanta' },
  { policy: 'uniform', table: 'audit_sales', which: first, column: 'kept' },
  {
    policy: 'uniform',
    table: 'audit_unwinding',
    which: ({ action }) => action === 'turn',
    column: 'account',
  },
  { policy: 'uniform', table: 'audit_unwinding', which: ({ action }) => action === 'turn', column: 'cause' },
  { policy: 'dutch', table: 'audit_unwinding', which: lots, column: 'lots' },
  {
    policy: 'uniform',
    table: 'audit_orders',
    which: ({ taken_over }) => Number(taken_over) > 0,
    column: 'taken_over',
  },
  { policy: 'bids', table: 'audit_orders', which: ({ fee }) => Number(fee) > 0, column: 'fee' },
  { policy: 'bids', table: 'audit_holdings', which: ({ moment }) => moment === 'closing', column: 'lots' },
];

describe('a planted change is found and named', () => {
  test.each(plants)('$policy: $column of $table', (plant) => planted('out', plant));

  test('a price of an asset, which is an input, by the first row that does not follow from it', async () => {
    const { copy } = await altered('out', 'dutch', 'audit_prices', (rows) => {
      for (const row of rows) row['price'] = Math.ceil(Number(row['price']) * 1.05);
      return rows;
    });
    expect((await verify(join(folder, copy))).difference).toMatchObject({ policy: 'dutch' });
  });
});
