/**
 * Worker threads that make runs, each watched: one that takes too long or too much memory is ended with its thread, told of,
 * and the rest of its job is made again by a new thread without it. Results never depend on who does what, or when.
 */
import type { Worker as Thread } from 'node:worker_threads';
import type { Lost } from '../store/failed-run.ts';
import { Stopped } from '../store/unfinished.ts';
import type { Assignment, TaskName, WorkerInput } from './protocol.ts';
import type { UnderWay } from './board.ts';
import { Board, NO_RUN } from './board.ts';
import { inlineMore } from './engine-flags.ts';
import type { RunLimits } from '../plan/limits.ts';
import { DEFAULT_LIMITS, MEDDLED, OUT_OF_MEMORY, RUN_TIMEOUT, THREAD_ENDED } from '../plan/limits.ts';
import { MemoryGauge } from './memory-gauge.ts';
import { Seat } from './seat.ts';
import { goneOrStuck, STUCK_S } from './stuck.ts';
import { withSharedArrays } from './shared-arrays.ts';
import type { Unloaded } from './guard.ts';
import type { Meddling } from './watch.ts';

export interface PoolOptions {
  /** What the workers do: a name in `tasks` of worker.ts. */
  readonly task: TaskName;
  /** Given to each worker once, at its start; anything that can be cloned. Large arrays in it are shared. */
  readonly input: unknown;
  readonly workers: number;
  /** The default where left out. */
  readonly limits?: Partial<RunLimits> | undefined;
  /** Most that a worker waits, at random, before it reports, ms: shakes the order in which results come. For tests; 0. */
  readonly delay_ms?: number | undefined;
  /** False: no run is made again to see whether it comes out the same. */
  readonly repeats?: boolean | undefined;
  /** Ends the pool at once; what is under way is lost. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each run that ended its thread, as soon as it has. */
  readonly onLost?: ((run: Lost) => void) | undefined;
  /** For tests: the threads, so that they can be ended. */
  readonly onThreads?: ((threads: () => readonly Thread[]) => void) | undefined;
}

/** A run that ends its thread, for reasons other than a limit, is tried so often. */
const MOST_ENDS = 3;
/** How often the workers are looked at, ms: a thread fills a few hundred MB meanwhile. */
const LOOK_MS = 50;
/** V8 ends a thread at its own limit only where that is far above ours, which also counts what V8 does not. */
const HEAP_FACTOR = 4;

/** A job that ends its thread while no run is under way cannot be done. */
class WorkerError extends Error {
  override readonly name = 'WorkerError';
}

interface Entry<Job, Result> {
  readonly job: Job;
  readonly lost: Lost[];
  /** How often each of its runs ended a thread. */
  readonly ends: Map<string, number>;
  /** True: not beside others, to see whether it is this one that takes so much memory. */
  isAlone: boolean;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Why a thread is ended by us, and the run that was under way then. */
interface Ending extends UnderWay {
  readonly why: typeof RUN_TIMEOUT | typeof OUT_OF_MEMORY | typeof MEDDLED | 'suspect';
}

/** A place for one job at a time. */
interface Slot<Job, Result> {
  readonly number: number;
  readonly seat: Seat;
  entry: Entry<Job, Result> | undefined;
  ending: Ending | undefined;
  /** What its run changed that other runs share. */
  changed: string;
  count: number;
  waited_ms: number;
}

export class SimPool<Job, Result> {
  readonly #options: PoolOptions;
  readonly #limits: RunLimits;
  readonly #board: Board;
  readonly #gauge: MemoryGauge;
  readonly #slots: Slot<Job, Result>[];
  readonly #queue: Entry<Job, Result>[] = [];
  readonly #clock: NodeJS.Timeout;
  readonly #stop = (): void => this.#end();
  #looked = performance.now();
  #isOver = false;
  /** Jobs so far. */
  #given = 0;

  constructor(options: PoolOptions) {
    inlineMore(); // a flag of the whole process: before any thread compiles
    const { workers, task, input, delay_ms = 0, signal } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#options = options;
    this.#limits = limits;
    this.#board = Board.of(workers);
    this.#gauge = new MemoryGauge(this.#board);
    const given: WorkerInput = { task, input: withSharedArrays(input), board: this.#board.buffer, delay_ms };
    const resourceLimits = { maxOldGenerationSizeMb: HEAP_FACTOR * limits.memory_mb };
    this.#slots = Array.from({ length: workers }, (_, number) => ({
      ...{ number, entry: undefined, ending: undefined, changed: '', count: 0, waited_ms: 0 },
      seat: new Seat({ given, resourceLimits, onMessage: (told) => this.#hear(told as Meddling | Unloaded) }),
    }));
    this.#clock = setInterval(() => this.#look(), LOOK_MS); // keeps the process, as a thread that ends does not
    options.onThreads?.(() => this.#slots.flatMap(({ seat }) => seat.thread ?? []));
    signal?.addEventListener('abort', this.#stop);
    if (signal?.aborted === true) this.#end();
  }

  /** Rejects with what the job threw, WorkerError, or Stopped at the signal. */
  run(job: Job): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, lost: [], ends: new Map(), isAlone: false, resolve, reject });
      this.#handOut();
    });
  }

  /** Ends all threads, and waits until they are gone: then none of them writes any more. */
  async close(): Promise<void> {
    this.#end();
    this.#options.signal?.removeEventListener('abort', this.#stop);
    await goneOrStuck(Promise.all(this.#slots.map(({ seat }) => seat.close())));
    clearInterval(this.#clock);
  }

  #end(): void {
    this.#isOver = true;
    this.#rejectAll(new Stopped('stopped'));
  }

  /** Another thread would fail in the same way. */
  #cannotStart(why: string): void {
    this.#isOver = true;
    this.#rejectAll(new WorkerError(`a worker thread cannot load its code: ${why}`));
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#queue.splice(0)) reject(error);
    for (const { entry } of this.#slots) entry?.reject(error);
  }

  /** Gives idle workers the jobs that wait, in their order; one that is to be alone waits for the others to end. */
  #handOut(): void {
    if (this.#isOver) {
      this.#end();
      return;
    }
    for (const slot of this.#slots) {
      const busy = this.#slots.filter(({ entry }) => entry !== undefined);
      if (busy.some(({ entry }) => entry!.isAlone)) return;
      const [first] = this.#queue;
      if (first === undefined || (first.isAlone && busy.length > 0)) return;
      if (slot.entry !== undefined) continue;
      this.#queue.shift();
      if (busy.length === 0) this.#gauge.reset();
      void this.#give(slot, first);
    }
  }

  async #give(slot: Slot<Job, Result>, entry: Entry<Job, Result>): Promise<void> {
    Object.assign(slot, { entry, ending: undefined, waited_ms: 0 });
    const isRepeated = this.#options.repeats !== false && isPowerOf2(++this.#given);
    const assignment: Assignment = { worker: slot.number, job: entry.job, lost: entry.lost, isRepeated };
    try {
      const answer = await slot.seat.run(assignment);
      if (answer.ok) entry.resolve(answer.result as Result);
      else {
        const { name, code, stack, message } = answer;
        entry.reject(Object.assign(new Error(message), { name, code, stack }));
      }
    } catch (error) {
      if (!this.#isOver) this.#bury(slot, entry, error);
    } finally {
      slot.entry = undefined;
      this.#handOut();
    }
  }

  /** The thread of a job is gone: the job is made again, without the run that ended the thread if that is known. */
  #bury(slot: Slot<Job, Result>, entry: Entry<Job, Result>, error: unknown): void {
    const { number, ending } = slot;
    const { cell, run } = ending ?? this.#board.underWay(number); // it may have gone on until its thread had ended
    this.#board.clear(number);
    if (ending?.why === 'suspect') entry.isAlone = true;
    else {
      const key = `${cell}/${run}`;
      const ends = (entry.ends.get(key) ?? 0) + 1;
      entry.ends.set(key, ends);
      if (run === NO_RUN && ends >= MOST_ENDS) {
        entry.reject(new WorkerError(`a worker thread cannot do its work: ${(error as Error).message}`));
        return;
      }
      if (run !== NO_RUN && (ending !== undefined || ends >= MOST_ENDS)) {
        const lost = { cell, run, ...this.#reason(slot, error as NodeJS.ErrnoException) };
        entry.lost.push(lost);
        this.#options.onLost?.(lost);
      }
    }
    this.#queue.unshift(entry);
  }

  #reason(
    { ending, changed }: Slot<Job, Result>,
    { code, message }: Partial<NodeJS.ErrnoException>,
  ): Pick<Lost, 'name' | 'message'> {
    const why = ending?.why;
    if (why === MEDDLED)
      return { name: why, message: `changed ${changed}, which all runs of a thread share` };
    const { timeout_s, memory_mb } = this.#limits;
    if (why === RUN_TIMEOUT)
      return { name: why, message: `did not end within ${timeout_s} s (--run-timeout)` };
    if (why === OUT_OF_MEMORY || why === 'suspect' || code === 'ERR_WORKER_OUT_OF_MEMORY')
      return { name: OUT_OF_MEMORY, message: `took more than ${memory_mb} MB (--run-memory)` };
    return { name: THREAD_ENDED, message: `ended its thread each time that it was tried: ${message}` };
  }

  /** Ends what takes too long. A process that was stopped itself, or a machine that slept, does not count. */
  #look(): void {
    if (this.#isOver) return;
    const now = performance.now();
    const passed_ms = Math.min(now - this.#looked, 4 * LOOK_MS);
    this.#looked = now;
    const busy = this.#slots.filter(({ entry, ending }) => entry !== undefined && ending === undefined);
    for (const slot of busy) {
      const underWay = this.#board.underWay(slot.number);
      slot.waited_ms = underWay.count === slot.count ? slot.waited_ms + passed_ms : 0;
      slot.count = underWay.count;
      if (underWay.run !== NO_RUN && slot.waited_ms > 1000 * this.#limits.timeout_s)
        this.#giveUp(slot, { ...underWay, why: RUN_TIMEOUT });
    }
    for (const slot of this.#slots) {
      if (slot.entry === undefined || slot.ending === undefined) continue;
      slot.waited_ms += passed_ms;
      if (slot.waited_ms > 1000 * STUCK_S) this.#cannotEnd(slot, slot.ending);
    }
    if (!this.#gauge.isOver(this.#limits.memory_mb)) return;
    if (this.#slots.some(({ entry, ending }) => entry !== undefined && ending !== undefined)) return; // about to be free
    const why = busy.length === 1 ? OUT_OF_MEMORY : 'suspect';
    for (const slot of busy) {
      const underWay = this.#board.underWay(slot.number);
      if (underWay.run !== NO_RUN) this.#giveUp(slot, { ...underWay, why });
    }
  }

  #hear(told: Meddling | Unloaded): void {
    if ('unloaded' in told) {
      this.#cannotStart(told.unloaded);
      return;
    }
    const { worker, what } = told;
    const slot = this.#slots[worker]!;
    slot.changed = what;
    // Its run stands still; a thread that is being ended tells nothing any more.
    if (slot.entry !== undefined) this.#giveUp(slot, { ...this.#board.underWay(worker), why: MEDDLED });
  }

  #cannotEnd(slot: Slot<Job, Result>, { run }: Ending): void {
    this.#isOver = true;
    const { name, message } = this.#reason(slot, {});
    this.#rejectAll(
      new WorkerError(
        `run ${run}: ${name}: ${message}, and is in a call that nothing interrupts: the command ends itself`,
      ),
    );
  }

  #giveUp(slot: Slot<Job, Result>, ending: Ending): void {
    Object.assign(slot, { ending, waited_ms: 0 });
    void slot.seat.end();
  }
}

/** Jobs 1, 2, 4, 8, …: few, and more of them where there are more runs to remember. */
const isPowerOf2 = (count: number): boolean => (count & (count - 1)) === 0;
