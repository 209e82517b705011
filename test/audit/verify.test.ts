/** Recorded runs verify, under every preset and further policies; a number that is changed in them is found and named. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/audit/verify.ts';
import { unwindHere } from '../cli/in-process.ts';

import type { Plant } from './recorded.ts';
import { altered, folder, manifestOf, ownFolder, planted, rowsOf, run } from './recorded.ts';

ownFolder();
beforeAll(async () => {
  await run('venues.yaml', 'out', '--record', '0');
}, 300_000);

test('every run verifies, and what cannot be recomputed is said', async () => {
  const verdict = await verify(join(folder, 'out'));
  expect(verdict.difference).toBeUndefined();
  expect(verdict).toMatchObject({ ok: true, changed: [], runs: 18 });
  expect(verdict.skipped).toEqual([
    'unknown: requirements, calls and decisions: this audit cannot recompute margin wrapper cap, whose rate is not in the manifest',
  ]);
  for (const what of ['fills', 'cash', 'visits', 'orders', 'executions', 'losses', 'terms', 'calls']) {
    expect(verdict.checked[what], what).toBeGreaterThan(0);
  }
});

test('the runs reach every kind of step that is audited', async () => {
  const { parts } = manifestOf('out');
  const seen = new Set<string>();
  for (const { table, file } of parts) {
    for (const row of table.startsWith('audit_') ? await rowsOf('out', file) : []) {
      if (table === 'audit_steps') seen.add(`step ${row['action']}`);
      if (table === 'audit_cash') seen.add(`cash ${row['reason']}`);
      if (table === 'audit_visits' && row['rung'] !== -1) seen.add(`close ${row['close']}`);
      if (table === 'audit_losses') seen.add(`layer ${row['layer']}`);
      if (table === 'audit_calls') seen.add(`outcome ${row['outcome']}`);
    }
  }
  const expected = [
    ...['opened', 'deepened', 'look', 'answered', 'ended'].map((name) => `step ${name}`),
    ...['trading-fee', 'liquidation-fee', 'loss', 'reserve', 'credit', 'free'].map((name) => `cash ${name}`),
    ...[0, 1, 2, 3].map((close) => `close ${close}`),
    ...[0, 1, 2, 3, 4, 5].map((layer) => `layer ${layer}`),
    ...[1, 2, 3].map((outcome) => `outcome ${outcome}`),
  ];
  for (const step of expected) expect(seen).toContain(step);
});

const first = (): boolean => true;
const plants: readonly Plant[] = [
  {
    policy: 'flat',
    table: 'audit_fills',
    which: (row) => Number(row['seq']) > 99,
    column: 'price',
    named: 'quanta',
  },
  { policy: 'flat', table: 'audit_fills', which: (row) => Number(row['seq']) > 99, column: 'buyer_money' },
  { policy: 'flat', table: 'audit_fills', which: (row) => Number(row['seq']) > 99, column: 'seller_lots' },
  { policy: 'flat', table: 'audit_cash', which: ({ reason }) => reason === 'trading-fee', column: 'quanta' },
  {
    policy: 'flat',
    table: 'audit_cash',
    which: ({ reason }) => reason === 'liquidation-fee',
    column: 'quanta',
  },
  { policy: 'flat', table: 'audit_cash', which: first, column: 'to_money' },
  {
    policy: 'levels',
    table: 'audit_steps',
    which: ({ action, event }) => action === 'opened' && Number(event) > 0,
    column: 'time_us',
  },
  { policy: 'levels', table: 'audit_steps', which: ({ action }) => action === 'opened', column: 'account' },
  { policy: 'levels', table: 'audit_steps', which: ({ action }) => action === 'look', column: 'due_us' },
  { policy: 'levels', table: 'audit_steps', which: ({ action }) => action === 'answered', column: 'quanta' },
  { policy: 'levels', table: 'audit_calls', which: first, column: 'breach_us' },
  { policy: 'levels', table: 'audit_calls', which: ({ sent_us }) => Number(sent_us) > 0, column: 'sent_us' },
  { policy: 'levels', table: 'audit_visits', which: ({ demand }) => Number(demand) > 0, column: 'demand' },
  { policy: 'levels', table: 'audit_visits', which: first, column: 'equity' },
  { policy: 'levels', table: 'audit_visits', which: first, column: 'maintenance' },
  { policy: 'levels', table: 'audit_visits', which: ({ rung }) => Number(rung) > 3, column: 'rung' },
  { policy: 'levels', table: 'audit_orders', which: first, column: 'lots' },
  { policy: 'levels', table: 'audit_orders', which: ({ limit }) => Number(limit) > 0, column: 'limit' },
  {
    policy: 'hyperliquid',
    table: 'audit_orders',
    which: ({ shared }) => Number(shared) > 0,
    column: 'shared',
  },
  { policy: 'partial', table: 'audit_orders', which: first, column: 'lots' },
  { policy: 'binance', table: 'audit_orders', which: ({ limit }) => Number(limit) > 0, column: 'lots' },
  { policy: 'flat', table: 'audit_executions', which: first, column: 'lots' },
  { policy: 'batches', table: 'audit_executions', which: first, column: 'lots' },
  { policy: 'dydx', table: 'audit_losses', which: ({ layer }) => layer === 3, column: 'account' },
  { policy: 'adl', table: 'audit_losses', which: ({ lots }) => lots !== 0, column: 'quanta' },
  { policy: 'adl', table: 'audit_losses', which: ({ lots }) => lots !== 0, column: 'lots' },
  { policy: 'partial', table: 'audit_losses', which: ({ layer }) => layer === 0, column: 'account' },
  { policy: 'deribit', table: 'audit_losses', which: ({ layer }) => layer === 4, column: 'layer' },
  { policy: 'flat', table: 'audit_accounts', which: ({ moment }) => moment === 'closing', column: 'money' },
  { policy: 'flat', table: 'audit_positions', which: ({ moment }) => moment === 'closing', column: 'lots' },
  { policy: 'flat', table: 'liquidations', which: first, column: 'fee' },
  { policy: 'adl', table: 'losses', which: first, column: 'account' },
];

describe('a planted change is found and named', () => {
  test.each(plants)('$policy: $column of $table', (plant) => planted('out', plant));

  test.each([
    ['a mark', 'audit_marks', 'mark'],
    ['a requirement in force', 'audit_terms', 'value'],
  ])('%s, which is an input, by the first row that does not follow from it', async (_what, table, column) => {
    const { copy } = await altered('out', 'moving', table, (rows) => {
      for (const row of rows)
        if (Number(row['event']) > 0) row[column] = Math.ceil(Number(row[column]) * 1.05);
      return rows;
    });
    expect((await verify(join(folder, copy))).difference).toMatchObject({ policy: 'moving' });
  });

  test.each(['audit_fills', 'audit_cash', 'audit_visits', 'audit_steps'])(
    'a row left out of %s',
    async (table) => {
      const { copy } = await altered('out', 'levels', table, (rows) => rows.filter((_row, i) => i !== 3));
      expect((await verify(join(folder, copy))).difference).toMatchObject({
        policy: 'levels',
        column: 'seq',
      });
    },
  );
});

test('a call that was left out, with the places of the others closed up, is missed where it was due', async () => {
  let gone = 0;
  const { copy } = await altered('out', 'levels', 'audit_steps', (rows) => {
    gone = Number(rows.find(({ action, event }) => action === 'opened' && Number(event) > 0)!['seq']);
    return rows.filter(({ seq }) => seq !== gone);
  });
  const { difference } = await verify(join(folder, copy));
  expect(difference!.column).toBe('seq');
  expect(Number(difference!.recorded)).toBe(gone + 1);
});

test('the other tables have the same bytes with and without --record', async () => {
  await run('venues.yaml', 'plain');
  const hashes = (out: string) =>
    manifestOf(out)
      .parts.filter(({ table }) => !table.startsWith('audit_'))
      .map(({ file, sha256 }) => [file, sha256]);
  expect(hashes('plain')).toEqual(hashes('out'));
  expect(manifestOf('plain').parts.some(({ table }) => table.startsWith('audit_'))).toBe(false);
}, 300_000);

describe('unwind verify', () => {
  test('prints what was checked, and OK', async () => {
    const { code, stdout } = await unwindHere(['verify', 'out'], folder);
    expect(stdout).toMatch(/ {2}health of accounts\n[^]*OK: 18 runs\n$/);
    expect(code).toBe(0);
  });

  test('fails with the row that differs', async () => {
    const { copy, file } = await altered('out', 'levels', 'audit_visits', (rows) => {
      rows[0]!['equity'] = 7;
      return rows;
    });
    const { code, stdout } = await unwindHere(['verify', copy], folder);
    expect(stdout).toContain(
      `run 0 of levels, sale of 250 M USDT in 15 s: ${file} row 0: equity: recorded 7, recomputed `,
    );
    expect(stdout).toMatch(/NOT OK\n$/);
    expect(code).toBe(1);
    const json = JSON.parse((await unwindHere(['verify', copy, '--json'], folder)).stdout) as object;
    expect(json).toMatchObject({ ok: false, difference: { file, row: 0, column: 'equity', recorded: '7' } });
  });

  test('a folder without a journal, and none at all, are refused in one line', async () => {
    expect((await unwindHere(['verify', 'plain'], folder)).stderr).toBe(
      'plain: no run has an audit journal; run the experiment with --record 0\n',
    );
    expect((await unwindHere(['verify', 'nowhere'], folder)).stderr).toBe(
      'nowhere: no results folder: there is no manifest.json\n',
    );
  });

  test('only runs that there are can be recorded', async () => {
    await expect(run('venues.yaml', 'none', '--record', '0,1')).rejects.toThrow(
      '--record 0,1: needs numbers of runs from 0 to 0, such as 0 or 0,1',
    );
  });
});
