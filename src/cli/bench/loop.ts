/**
 * The whole loop (agents, event queue, latency, book, positions, margins, liquidations) on experiments/bench.yaml: events
 * per second, and what an event costs when a thousand times as many accounts are leveraged.
 */
import { SECOND } from '../../core/units.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { GroupSpec } from '../../sim/scenario/scenario.ts';
import { calibratedWorld, CALM, flippers, holders, KEY, benchWorld, QUIET, spreaders } from './worlds.ts';
import { bestOf, collectGarbage } from './measure.ts';

export interface LoopResult {
  /** Leveraged accounts of the kind that is varied. */
  readonly accounts: number;
  /** Market time measured, s. */
  readonly to_s: number;
  readonly events: number;
  /** Turns of agents: what the literature counts as events. */
  readonly wakes: number;
  /** Orders and cancels of agents that arrive at the venue. */
  readonly instructions: number;
  readonly fills: number;
  readonly calls: number;
  readonly events_per_s: number;
  readonly wakes_per_s: number;
  readonly instructions_per_s: number;
  readonly ns_per_event: number;
  /** Each repetition's. */
  readonly all_ns_per_event: readonly number[];
}

export interface Scaling {
  readonly results: readonly LoopResult[];
  /** Nanoseconds per event with the most accounts over those with the fewest. */
  readonly ratio: number;
}

export interface LoopReport {
  /** Before the shock comes. */
  readonly calm: LoopResult;
  /** From the start to the end of the file, the shock and its cascade included. */
  readonly shock: LoopResult;
  /** The calibrated market of experiments/lcst.yaml, without its shock. */
  readonly calibrated: LoopResult;
  /** More and more leveraged accounts that hold. */
  readonly holders: Scaling;
  /** More and more leveraged accounts that trade. */
  readonly traders: Scaling;
  /** More and more accounts with two positions. */
  readonly crossed: Scaling;
}

/** Market time over which numbers of accounts are compared, s. */
const STRETCH_S = 240;

/** Market time that a CALM and QUIET world can run, s. */
const QUIET_S = 1_900;

/** Events before anything is timed: the code that all worlds share has settled. */
const WARM = 2_000_000;
const WARM_QUICK = 100_000;

/** In a full bench a million; in a quick one a hundred thousand. */
export function accountCounts(quick: boolean): number[] {
  return quick ? [1_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000];
}

/** The default ecology, and more and more accounts that hold. */
export function measureLoop(
  quick: boolean,
  progress: (text: string) => void,
): Omit<LoopReport, 'traders' | 'crossed'> {
  const repetitions = quick ? 2 : 5;
  const calm_s = quick ? 120 : 600;
  progress('whole loop');
  const warm = quick ? WARM_QUICK : WARM;
  const calm = measure(benchWorld(CALM), 10_000, calm_s, repetitions, { events: warm, until_s: calm_s });
  const shock = measure(benchWorld([]), 10_000, 240, repetitions, { events: warm, until_s: 240 });
  const calibrated = measure(calibratedWorld(), 10_000, calm_s, repetitions, {
    events: warm,
    until_s: calm_s,
  });
  return {
    calm,
    shock,
    calibrated,
    holders: scaling('leveraged holders', quick, progress, QUIET_S, (count) => quietly(holders(count))),
  };
}

/** More and more accounts that trade. Run last: one more kind of trader changes how the others' code is compiled. */
export function measureTraders(quick: boolean, progress: (text: string) => void): Scaling {
  return scaling('leveraged traders', quick, progress, QUIET_S, (count) =>
    quietly(holders(1000), flippers(count)),
  );
}

/** More and more accounts with two positions, whose bands the marks leave now and then. Run last, too. */
export function measureCrossed(quick: boolean, progress: (text: string) => void): Scaling {
  return scaling('accounts with two positions', quick, progress, STRETCH_S, spreaders);
}

function quietly(sets: readonly string[], more?: GroupSpec): Simulation {
  return benchWorld([...CALM, ...QUIET, ...sets], more);
}

function scaling(
  name: string,
  quick: boolean,
  progress: (text: string) => void,
  warm_s: number,
  build: (count: number) => Simulation,
): Scaling {
  const results = accountCounts(quick).map((count) => {
    progress(`whole loop, ${count.toLocaleString('en-US')} ${name}`);
    // One world at a time: a million accounts take hundreds of megabytes.
    collectGarbage();
    const stretch_s = quick ? 60 : STRETCH_S;
    const warm = { events: quick ? WARM_QUICK : WARM, until_s: warm_s };
    return measure(build(count), count, stretch_s, quick ? 2 : 5, warm);
  });
  return { results, ratio: results.at(-1)!.ns_per_event / results[0]!.ns_per_event };
}

function measure(
  simulation: Simulation,
  accounts: number,
  to_s: number,
  repetitions: number,
  warm: WarmUp,
): LoopResult {
  warmUp(simulation, warm);
  const before = { events: 0, wakes: 0, fills: 0, calls: 0 };
  const { ns, all_ns } = bestOf(
    repetitions,
    () => {
      simulation.start(KEY);
      before.events = simulation.events;
      before.wakes = simulation.wakes;
      before.fills = simulation.only.book.fills.count;
      before.calls = simulation.only.house.callCount;
    },
    () => {
      simulation.run(to_s * SECOND);
    },
    0,
  );
  simulation.assertConserved();
  const events = simulation.events - before.events;
  const wakes = simulation.wakes - before.wakes;
  const fills = simulation.only.book.fills.count - before.fills;
  const calls = simulation.only.house.callCount - before.calls;
  const instructions = countInstructions(simulation, to_s);
  return {
    accounts,
    to_s,
    events,
    wakes,
    instructions,
    fills,
    calls,
    events_per_s: (events / ns) * 1e9,
    wakes_per_s: (wakes / ns) * 1e9,
    instructions_per_s: (instructions / ns) * 1e9,
    ns_per_event: ns / events,
    all_ns_per_event: all_ns.map((each) => each / events),
  };
}

/** What agents tell a venue. */
const INSTRUCTIONS = [
  'limit',
  'market',
  'order',
  'stop',
  'replace',
  'cancelTag',
  'cancelOldest',
  'cancelAll',
] as const;

/** The same run once more, untimed: what arrives is counted at the door, which would cost time. An instruction may carry out another. */
function countInstructions(simulation: Simulation, to_s: number): number {
  const { commands } = simulation.only;
  let count = 0;
  let depth = 0;
  for (const name of INSTRUCTIONS) {
    const carryOut = commands[name].bind(commands) as (...args: unknown[]) => unknown;
    const counted = (...args: unknown[]): unknown => {
      if (depth++ === 0) count++;
      try {
        return carryOut(...args);
      } finally {
        depth--;
      }
    };
    Object.defineProperty(commands, name, { value: counted, configurable: true });
  }
  simulation.start(KEY);
  count = 0;
  simulation.run(to_s * SECOND);
  for (const name of INSTRUCTIONS) Reflect.deleteProperty(commands, name);
  return count;
}

/** Runs of up to `until_s` of the market, until there have been so many events. */
interface WarmUp {
  readonly events: number;
  readonly until_s: number;
}

function warmUp(simulation: Simulation, { events, until_s }: WarmUp): void {
  for (let before = 0; before < events; before += simulation.events) {
    simulation.start(KEY);
    for (let s = 10; s <= until_s && before + simulation.events < events; s += 10) simulation.run(s * SECOND);
  }
}
