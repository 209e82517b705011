/** The bench measures the right work: its flows are those that three independent books agree on, and its report is whole. Never how fast. */
import { expect, test } from 'vitest';
import { formatBench } from '../../src/cli/bench/format.ts';
import { FULL, generateFlow } from '../../src/cli/bench/flows.ts';
import type { BenchReport } from '../../src/cli/bench/index.ts';
import { engineSums } from '../../src/cli/bench/matching.ts';
import { LONG } from '../setup/long.ts';
import { repository, unwind } from './unwind.ts';

test('the full mixed flow is the published one, and the engine fills it as published', () => {
  const flow = generateFlow('mixed');
  expect(flow.count).toBe(5_100_000);
  expect(flow.preload).toBe(100_000);
  expect(flow.expected).toEqual(FULL.mixed.sums);
  expect(flow.expected).toMatchObject({ fills: 1175006, hash: 2033566897 });
  for (const engine of ['exchange', 'book'] as const)
    expect(engineSums(engine, flow)).toEqual(FULL.mixed.sums);
});

test('the full crash flow is the published one, and the engine fills it as published', () => {
  const flow = generateFlow('crash');
  expect(flow.count).toBe(1_460_000);
  expect(flow.preload).toBe(1_060_000);
  expect(flow.expected).toEqual(FULL.crash.sums);
  for (const engine of ['exchange', 'book'] as const)
    expect(engineSums(engine, flow)).toEqual(FULL.crash.sums);
});

test('a shorter flow is a prefix of a longer one', () => {
  const short = generateFlow('mixed', 1_000);
  const long = generateFlow('mixed', 2_000);
  expect(long.messages.subarray(0, 4 * short.count)).toEqual(short.messages);
});

// Under `npm run long-test`: nothing but its own code depends on it.
test.runIf(LONG)('the quick bench reports everything, as plain data', () => {
  const { code, stdout, stderr } = unwind(['bench', '--quick', '--json'], repository);
  expect(code, stderr).toBe(0);
  const report = JSON.parse(stdout) as BenchReport;
  expect(report.quick).toBe(true);
  expect(report.machine).toMatchObject({ node: process.version });

  for (const name of ['mixed', 'crash'] as const) {
    for (const result of [report.flows[name], report.book_flows[name]]) {
      const { expected } = generateFlow(name, result.messages);
      expect(result).toMatchObject({ ...expected, expected, correct: true });
      expect(result.all_ns_per_op).toHaveLength(2);
      expect(Math.min(...result.all_ns_per_op)).toBe(result.ns_per_op);
      // A short flow: looking at the heap leaves some kilobytes, an object an operation would be 16 bytes of it or more.
      expect(result.heap_bytes_per_op).toBeLessThan(8);
    }
  }

  expect(report.alternating).toMatchObject({ worlds: 8, messages: 400_000 });
  expect(report.peers.map(({ flow }) => flow)).toEqual(['mixed']);

  const { calm, shock, calibrated, holders, traders, crossed } = report.loop;
  for (const result of [
    calm,
    shock,
    calibrated,
    ...holders.results,
    ...traders.results,
    ...crossed.results,
  ]) {
    expect(result.events).toBeGreaterThan(result.wakes);
    expect(result.wakes).toBeGreaterThan(0);
    expect(result.fills).toBeGreaterThan(0);
    expect(result.ns_per_event * result.events_per_s).toBeCloseTo(1e9, -1);
  }
  expect(shock.calls).toBeGreaterThan(calm.calls);
  for (const { results, ratio } of [holders, traders, crossed]) {
    expect(results.map(({ accounts }) => accounts)).toEqual([1_000, 100_000]);
    expect(ratio).toBeCloseTo(results[1]!.ns_per_event / results[0]!.ns_per_event, 9);
  }
  // The leveraged traders do trade.
  expect(traders.results[1]!.fills).toBeGreaterThan(2 * holders.results[0]!.fills);

  expect(report.snapshot.world_bytes).toBeGreaterThan(1e6);
  expect(report.large).toMatchObject({ accounts: 100_000 });
  expect(report.allocation.long.events).toBeGreaterThan(3 * report.allocation.short.events);
  expect(report.solvable).toMatchObject({ m: 0.8 });
  const numbers = JSON.stringify(report);
  expect(numbers).not.toContain('null'); // what NaN and Infinity become

  const table = formatBench(report);
  for (const row of ['mixed flow', 'crash flow', 'whole loop', 'save and load', 'solvable cascade']) {
    expect(table).toContain(row);
  }
  expect(table).not.toMatch(/NaN|undefined/);
});
