/**
 * One thread and the one job that it does. Piscina starts the thread, talks to it and ends it; each seat has a piscina of one
 * thread, which is given a job only when it has none, so that no job ever waits in a queue that is not ours, and whose thread
 * has gone is known for certain. A thread that has ended, for whatever reason, takes its piscina along; the next job has new
 * ones.
 */
import type { ResourceLimits, Worker as Thread } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Answer, Assignment, WorkerInput } from './protocol.ts';

export interface SeatOptions {
  readonly given: WorkerInput;
  readonly resourceLimits: ResourceLimits;
  /** What the thread tells without being asked; never after it has been ended. */
  readonly onMessage: (told: unknown) => void;
}

interface Occupant {
  readonly piscina: Piscina;
  readonly thread: Thread;
  /** Ends when the thread does not run any more. */
  readonly gone: Promise<void>;
}

export class Seat {
  readonly #options: SeatOptions;
  #occupant: Occupant | undefined;
  /** Ends when the thread before is gone. */
  #emptied: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  get thread(): Thread | undefined {
    return this.#occupant?.thread;
  }

  /** Rejects where the thread ends, and not before it is gone: then it writes no more. One job at a time. */
  async run(assignment: Assignment): Promise<Answer> {
    await this.#emptied;
    if (this.#isClosed) throw new Error('closed');
    const { piscina } = (this.#occupant ??= this.#start());
    try {
      return (await piscina.run(assignment)) as Answer;
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  /** Ends the thread, if there is one, and waits until it is gone; its job rejects. */
  end(): Promise<void> {
    const occupant = this.#occupant;
    this.#occupant = undefined;
    if (occupant !== undefined) this.#emptied = ended(occupant);
    return this.#emptied;
  }

  /** The same, and no other thread is started. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.end();
  }

  #start(): Occupant {
    const { given, resourceLimits, onMessage } = this.#options;
    const piscina = new Piscina({
      filename: import.meta.resolve('#sim-worker'),
      ...{ minThreads: 1, maxThreads: 1, idleTimeout: Infinity },
      atomics: 'disabled', // a thread that sleeps in Atomics.wait prints nothing
      workerData: given,
      resourceLimits,
    });
    const [thread] = piscina.threads as [Thread];
    const gone = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
    const occupant = { piscina, thread, gone };
    const leave = (): void => {
      if (this.#occupant === occupant) void this.end();
    };
    thread.once('exit', leave);
    piscina.on('error', leave); // of a thread without a job
    piscina.on('message', (told) => {
      if (this.#occupant === occupant) onMessage(told);
    });
    return occupant;
  }
}

/** The piscina may have put another thread into the place of one that ended of itself: that goes, too. */
async function ended({ piscina, gone }: Occupant): Promise<void> {
  await piscina.destroy();
  await gone;
}
