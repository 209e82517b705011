// A sweep over the whole journal: of every table and every column a number is changed by one, and every kind of row is left
// out once, with the places of the others closed up. What the audit does not find must be an input that it cannot know.
import { expect, test } from 'vitest';
import type { JournalRow } from '../../src/sim/observe/journal/journal.ts';
import { sampleScenario } from '../sim/sampled-scenario.ts';
import type { Recording } from './journal.ts';
import { record, replay } from './journal.ts';

/** Between them these markets have rows of every table. */
const SEEDS = ['17', '60', '22'];

/**
 * Columns of calls that the journal does not keep, and inputs: prices and rates in force, which show only in what is looked
 * at before they change again (test/audit/verify.test.ts changes them all), and open orders.
 */
const UNKNOWN = new Set(
  [
    ...['look', 'looks', 'looked_us', 'alone', 'asked', 'auction', 'fill_us'].map(
      (column) => `calls.${column}`,
    ),
    ...['leverages', 'prices', 'terms'].flatMap((table) => [`${table}.event`, `${table}.time_us`]),
    ...['prices', 'prices.price', 'terms', 'terms.value'],
    ...['bids.buying', 'bids.selling'],
  ].map((name) => `audit_${name}`),
);

const recordings = SEEDS.map((seed) => {
  const { scenario, policy } = sampleScenario(seed);
  return record(scenario, policy, `sampled ${seed}`, 4_000_000);
});

test('nothing differs before', () => {
  for (const recording of recordings)
    expect(replay(recording)).toMatchObject({ difference: undefined, skipped: [] });
});

test('a number changed by one is found, whichever column it is in', { timeout: 120_000 }, () => {
  const missed = new Set<string>();
  const found = new Set<string>();
  for (const recording of recordings) {
    for (const [table, rows] of recording.rows) {
      for (const column of Object.keys(rows[0]!)) {
        const name = `${table}.${column}`;
        if (found.has(name) || typeof rows[0]![column] !== 'number') continue;
        if (picked(rows).some((row) => isFound(recording, row, column))) found.add(name);
        else missed.add(name);
      }
    }
  }
  expect([...missed].filter((name) => !found.has(name) && !UNKNOWN.has(name))).toEqual([]);
  expect(found.size).toBeGreaterThan(150);
});

test('a row left out is found, whichever table it is in', { timeout: 120_000 }, () => {
  const tables = new Set(recordings.flatMap(({ rows }) => [...rows.keys()]));
  const found = new Set<string>();
  for (const recording of recordings) {
    for (const [table, rows] of recording.rows) {
      if (found.has(table)) continue;
      const rests = picked(rows).filter((row) => row['seq'] !== 0);
      if (rests.some((row) => isMissed(recording, rows, row))) found.add(table);
    }
  }
  expect([...tables].filter((table) => !found.has(table) && !UNKNOWN.has(table))).toEqual([]);
});

/** Some rows in the middle of a table, after the opening state. */
function picked(rows: readonly JournalRow[]): JournalRow[] {
  const later = rows.filter(({ event }) => event === undefined || Number(event) > 0);
  return [2, 3, 5].map((part) => later[Math.floor(later.length / part)]).filter((row) => row !== undefined);
}

/** True if the audit finds a difference, at that row or a later one, once the number is changed. */
function isFound(recording: Recording, row: JournalRow, column: string): boolean {
  const before = Number(row[column]);
  row[column] = before + 1;
  const { difference } = replay(recording);
  row[column] = before;
  return difference !== undefined;
}

function isMissed(recording: Recording, rows: JournalRow[], row: JournalRow): boolean {
  const place = rows.indexOf(row);
  const seq = Number(row['seq']);
  const shift = (by: number): void => {
    for (const table of recording.rows.values()) {
      for (const one of table) if (Number(one['seq']) > seq) one['seq'] = Number(one['seq']) + by;
    }
  };
  rows.splice(place, 1);
  shift(-1);
  const { difference } = replay(recording);
  // What stood one behind it now has its place: that row goes back, too.
  for (const table of recording.rows.values()) {
    for (const one of table) if (Number(one['seq']) >= seq) one['seq'] = Number(one['seq']) + 1;
  }
  rows.splice(place, 0, row);
  return difference !== undefined;
}
