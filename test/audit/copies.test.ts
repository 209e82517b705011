// Two copies of one venue, each with a crowd of its own of the same names and luck: each is the venue alone, in all tables
// that a run leaves, its journal among them; and the audit finds each venue's money conserved by itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/audit/verify.ts';
import type { Recorded } from './recorded.ts';
import { folder, manifestOf, ownFolder, rowsOf, run } from './recorded.ts';

const TWO = ['--set', 'market.venues={ A: {}, B: {} }'];

ownFolder();
beforeAll(async () => {
  await run('copies.yaml', 'one', '--record', '0', '--workers', '1');
  await run('copies.yaml', 'two', '--record', '0', '--workers', '1', ...TWO);
}, 120_000);

/** All rows by table, in order. */
async function tablesOf(out: string): Promise<Map<string, Recorded[]>> {
  const tables = new Map<string, Recorded[]>();
  for (const { table, file } of manifestOf(out).parts) {
    tables.set(table, [...(tables.get(table) ?? []), ...(await rowsOf(out, file))]);
  }
  return tables;
}

/** What a row says of one venue, under the names that it has where there is one alone; undefined: nothing. */
function rowAt(venue: string, table: string, row: Recorded): Recorded | undefined {
  if (table !== 'runs') {
    const { venue: own, ...rest } = row;
    return own === venue ? rest : undefined;
  }
  const prefix = `${venue}_`;
  const entries = Object.entries(row).flatMap(([name, value]) => {
    if (['policy', 'shock', 'run'].includes(name)) return [[name, value] as const];
    return name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [];
  });
  return Object.fromEntries(entries);
}

describe.each(['A', 'B'])('copy %s', (venue) => {
  test('has the tables of the venue alone, value by value', async () => {
    const [one, two] = [await tablesOf('one'), await tablesOf('two')];
    expect([...two.keys()].sort()).toEqual([...one.keys()].sort());
    for (const [table, rows] of one) {
      const own = two
        .get(table)!
        .map((row) => rowAt(venue, table, row))
        .filter((row) => row !== undefined);
      expect({ table, rows: own }).toEqual({ table, rows });
    }
    for (const table of ['calls', 'liquidations', 'losses', 'audit_fills', 'counterfactuals'])
      expect(one.get(table)!.length).toBeGreaterThan(1);
  });

  test('has the metrics of the venue alone', () => {
    const [one, two] = [manifestOf('one').summary, manifestOf('two').summary];
    const own = two.cells.filter(({ labels }) => labels['venue'] === venue);
    expect(own.map(({ metrics }) => metrics)).toEqual(one.cells.map(({ metrics }) => metrics));
  });
});

test('policies are compared at each venue, and venues under each policy', () => {
  const { comparisons } = manifestOf('two').summary;
  expect(comparisons.map(({ labels, against }) => [labels['policy'], labels['venue'], against])).toEqual([
    ['hyperliquid', 'A', 'flat'],
    ['hyperliquid', 'B', 'flat'],
    ['flat', 'B', 'A'],
    ['hyperliquid', 'B', 'A'],
  ]);
  const between = comparisons.at(-1)!.metrics['bad_debt'] as { value: number };
  expect(between.value).toBe(0);
});

test('the audit recomputes each venue by itself, and sees money that came from nowhere', async () => {
  const [one, two] = [await verify(join(folder, 'one')), await verify(join(folder, 'two'))];
  expect([one.ok, two.ok, two.runs]).toEqual([true, true, one.runs]);
  for (const what of ['fills', 'calls', 'events']) expect(two.checked[what]).toBe(2 * one.checked[what]!);
});

test('one of two venues alone may have another policy and book', async () => {
  const other = '{ A: {}, B: { latency: { mark: 2 s }, instruments: { ETHUSDT: { price: 2900 } } } }';
  const at = 'policies.flat.at={ B: { insurance_fund: 0, ladder: call-then-partial } }';
  await run('copies.yaml', 'differ', '--workers', '1', '--set', `market.venues=${other}`, '--set', at);
  const [two, differ] = [manifestOf('two').summary, manifestOf('differ').summary];
  const metrics = (of: typeof two, venue: string) =>
    of.cells.filter(({ labels }) => labels['venue'] === venue).map((cell) => cell.metrics);
  expect(metrics(differ, 'A')).toEqual(metrics(two, 'A'));
  expect(metrics(differ, 'B')).not.toEqual(metrics(two, 'B'));
  expect(readFileSync(join(folder, 'differ', 'manifest.json'), 'utf8')).toContain('B_drop');
});
