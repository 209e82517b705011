/** The matching engine: time per message on two flows that anybody can generate, and proof that its fills are the right ones. */
import type { Engine } from './drivers.ts';
import { newDriver } from './drivers.ts';
import type { Flow, FlowName } from './flows.ts';
import { FULL, generateFlow } from './flows.ts';
import { bestOf, heapAllocatedBy } from './measure.ts';
import type { FillSums } from './reference-book.ts';

export interface MatchingResult extends FillSums {
  readonly messages: number;
  readonly ns_per_op: number;
  /** Each repetition's. */
  readonly all_ns_per_op: readonly number[];
  /** Bytes that appeared on the heap per message, garbage included. */
  readonly heap_bytes_per_op: number;
  /** What the fills should be: the published sums for a full flow, the reference book's for a shorter one. */
  readonly expected: FillSums;
  readonly correct: boolean;
}

/** Its code has settled after these. */
const WARM_UPS = 2;

/** Measures one flow with its first `timed` messages (undefined: all). */
export function measureMatching(
  engine: Engine,
  name: FlowName,
  timed: number | undefined,
  repetitions: number,
): MatchingResult {
  const flow = generateFlow(name, timed);
  const expected = timed === undefined ? FULL[name].sums : flow.expected;
  const driver = newDriver(engine, flow);
  const messages = flow.count - flow.preload;
  const { ns, all_ns } = bestOf(
    repetitions,
    () => {
      driver.rewind();
    },
    () => {
      driver.run(flow.preload, flow.count);
    },
    WARM_UPS,
  );
  driver.rewind();
  let from = flow.preload;
  const heap_bytes = heapAllocatedBy((share) => {
    const to = flow.preload + Math.round(messages * share);
    driver.run(from, to);
    from = to;
  });
  const { sums } = driver;
  return {
    messages,
    ns_per_op: ns / messages,
    all_ns_per_op: all_ns.map((each) => each / messages),
    heap_bytes_per_op: heap_bytes / messages,
    ...sums,
    expected,
    correct: sameSums(sums, expected) && sameSums(flow.expected, expected),
  };
}

/** Worlds that take turns in one process, and messages that each handles at a time. */
const WORLDS = 8;
const TURN = 64;

export interface AlternatingResult {
  readonly worlds: number;
  /** Of all worlds together. */
  readonly messages: number;
  readonly ns_per_op: number;
  readonly all_ns_per_op: readonly number[];
}

/** The mixed flow in several worlds that take turns: what caches and compiled code make of more than one. */
export function measureAlternating(engine: Engine, timed: number, repetitions: number): AlternatingResult {
  const flow = generateFlow('mixed', timed);
  const drivers = Array.from({ length: WORLDS }, () => newDriver(engine, flow));
  const { ns, all_ns } = bestOf(
    repetitions,
    () => {
      for (const driver of drivers) driver.rewind();
    },
    () => {
      for (let from = flow.preload; from < flow.count; from += TURN) {
        const to = Math.min(flow.count, from + TURN);
        for (const driver of drivers) driver.run(from, to);
      }
    },
  );
  const messages = WORLDS * timed;
  return {
    worlds: WORLDS,
    messages,
    ns_per_op: ns / messages,
    all_ns_per_op: all_ns.map((each) => each / messages),
  };
}

/** The fills of a flow by an engine. */
export function engineSums(engine: Engine, flow: Flow): FillSums {
  const driver = newDriver(engine, flow);
  driver.run(flow.preload, flow.count);
  return driver.sums;
}

function sameSums(a: FillSums, b: FillSums): boolean {
  return a.fills === b.fills && a.quantity === b.quantity && a.notional === b.notional && a.hash === b.hash;
}
