/** Memory: snapshots of a world, a world with a million accounts, and what the loop allocates on the heap (it should be nothing). */
import { PerformanceObserver, constants } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { SECOND } from '../../core/units.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { CALM, holders, KEY, benchWorld } from './worlds.ts';
import { bestOf, collectGarbage, heapAllocatedBy, NOISE } from './measure.ts';

export interface SnapshotResult {
  readonly accounts: number;
  readonly world_bytes: number;
  /** One save and one load, into memory that is there already. */
  readonly save_load_ms: number;
}

export interface LargeResult {
  readonly accounts: number;
  readonly world_bytes: number;
  /** Growth of the process by the world, started and run for some seconds. */
  readonly rss_growth_bytes: number;
}

interface AllocationRun {
  readonly events: number;
  /** Bytes that appeared on the heap during the run, garbage included. */
  readonly allocated_bytes: number;
  /** Bytes that were still there after a full collection. */
  readonly retained_bytes: number;
  /** Collections of the young generation during the run. */
  readonly scavenges: number;
}

export interface AllocationResult {
  /** The same market for a while, and for four times as long. */
  readonly short: AllocationRun;
  readonly long: AllocationRun;
  /** What the longer run allocated more, per event that it had more. */
  readonly bytes_per_event: number;
  readonly retained_bytes_per_event: number;
  /** Whether that is more than what a measurement's noise may be. */
  readonly grows: boolean;
}

export function measureSnapshot(): SnapshotResult {
  const simulation = benchWorld(CALM);
  simulation.start(KEY);
  simulation.run(10 * SECOND);
  const target = new Uint8Array(simulation.bytes);
  const { ns } = bestOf(
    20,
    () => undefined,
    () => {
      simulation.save(target);
      simulation.load(target);
    },
  );
  return { accounts: 10_000, world_bytes: simulation.bytes, save_load_ms: ns / 1e6 };
}

export function measureLarge(accounts: number): LargeResult {
  collectGarbage();
  const before = process.memoryUsage.rss();
  const simulation = benchWorld([...CALM, ...holders(accounts)]);
  simulation.start(KEY);
  simulation.run(10 * SECOND);
  const rss_growth_bytes = process.memoryUsage.rss() - before;
  return { accounts, world_bytes: simulation.bytes, rss_growth_bytes };
}

export async function measureAllocation(quick: boolean): Promise<AllocationResult> {
  const simulation = benchWorld(CALM);
  const short_s = quick ? 60 : 300;
  // All branches compiled, and whatever is allocated once is there: what happens once a second (a step of the index) takes
  // hours of the market to be compiled, and boxes its doubles until then.
  for (let i = 0; i < (quick ? 2 : 8); i++) {
    simulation.start(KEY);
    simulation.run(4 * short_s * SECOND);
  }
  const short = await leastAllocation(simulation, short_s);
  const long = await leastAllocation(simulation, 4 * short_s);
  const events = long.events - short.events;
  const bytes_per_event = (long.allocated_bytes - short.allocated_bytes) / events;
  return {
    short,
    long,
    bytes_per_event,
    grows: bytes_per_event > NOISE,
    retained_bytes_per_event: (long.retained_bytes - short.retained_bytes) / events,
  };
}

/** V8's compiler leaves a megabyte of its own on the heap when it recompiles a function: of so many runs, the least. */
const RUNS = 3;

async function leastAllocation(simulation: Simulation, until_s: number): Promise<AllocationRun> {
  let least = await allocation(simulation, until_s);
  for (let i = 1; i < RUNS; i++) {
    const run = await allocation(simulation, until_s);
    if (run.allocated_bytes < least.allocated_bytes) least = run;
  }
  return least;
}

/** Reports of collections arrive some turns of Node's own loop later. */
const REPORT_MS = 20;

async function allocation(simulation: Simulation, until_s: number): Promise<AllocationRun> {
  simulation.start(KEY);
  collectGarbage();
  await setTimeout(REPORT_MS);
  let scavenges = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
      if (kind === constants.NODE_PERFORMANCE_GC_MINOR) scavenges++;
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  const before = process.memoryUsage().heapUsed;
  const allocated_bytes = heapAllocatedBy((share) => {
    simulation.run(until_s * SECOND * share);
  });
  await setTimeout(REPORT_MS);
  observer.disconnect();
  collectGarbage();
  const retained_bytes = process.memoryUsage().heapUsed - before;
  return { events: simulation.events, allocated_bytes, retained_bytes, scavenges };
}
