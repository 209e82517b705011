/**
 * Evaluates points of a design on worker threads. Run number n has the same seed at every point (common random numbers), so
 * that points differ by their settings alone. The result of a point does not depend on the workers or on who is done first.
 */
import { Piscina } from 'piscina';
import type { Experiment } from '../experiment/index.ts';
import type { RunColumns } from '../models/model.ts';
import { Stopped } from '../unfinished.ts';
import type { PointInput, PointResult, PointTask } from './point-runs.ts';

/** A point could not be run: its settings do not fit, a pool was full, or a defect. */
export class PointError extends Error {
  override readonly name = 'PointError';
}

export interface PointRequest {
  /** `path=value` of the settings that are changed. */
  readonly sets: readonly string[];
  readonly seed: string;
  readonly policy: string | undefined;
  readonly runs: number;
}

/** The columns of each cell of a point, or why there are none. */
export type PointOutcome = readonly RunColumns[] | PointError;

export interface Evaluator {
  /** In the order given. */
  evaluate(points: readonly PointRequest[]): Promise<PointOutcome[]>;
}

export class PointPool implements Evaluator {
  readonly #pool: Piscina;
  readonly #workers: number;
  readonly #stopped: Promise<never>;

  /** At the signal what is under way is given up: `evaluate` throws Stopped. */
  constructor(experiment: Experiment, workers: number, signal?: AbortSignal) {
    const { file, sets, runs, contents } = experiment;
    const input: PointInput = { file, sets: [...sets, `runs=${runs}`], contents };
    this.#workers = workers;
    this.#stopped = new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new Stopped('stopped')));
      if (signal?.aborted === true) reject(new Stopped('stopped'));
    });
    this.#stopped.catch(() => undefined); // nobody may be waiting
    this.#pool = new Piscina({
      filename: import.meta.resolve('#point-worker'),
      minThreads: workers,
      maxThreads: workers,
      workerData: input,
    });
  }

  /**
   * `onPoint` is told of each point as it is done, with its place among the points. Few points are cut into as many pieces
   * as it takes to keep all workers busy.
   */
  async evaluate(
    points: readonly PointRequest[],
    onPoint?: (outcome: PointOutcome, i: number) => void,
  ): Promise<PointOutcome[]> {
    const pieces = Math.max(1, Math.ceil(this.#workers / points.length));
    const outcomes = points.map(async (point, i) => {
      const tasks = cut(point, pieces);
      const outcome = joined(
        await Promise.all(tasks.map((task) => this.#pool.run(task) as Promise<PointResult>)),
      );
      onPoint?.(outcome, i);
      return outcome;
    });
    return Promise.race([Promise.all(outcomes), this.#stopped]);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

function cut({ sets, seed, policy, runs }: PointRequest, pieces: number): PointTask[] {
  const count = Math.ceil(runs / Math.min(pieces, runs));
  const tasks: PointTask[] = [];
  for (let first = 0; first < runs; first += count) {
    tasks.push({ sets, seed, policy, first, count: Math.min(count, runs - first) });
  }
  return tasks;
}

/** Pieces of runs end to end. */
function joined(results: readonly PointResult[]): PointOutcome {
  const pieces: (readonly RunColumns[])[] = [];
  for (const result of results) {
    if (!result.ok) return new PointError(result.message);
    pieces.push(result.cells);
  }
  return pieces[0]!.map((first, cell) =>
    Object.fromEntries(
      Object.keys(first).map((name) => [
        name,
        Float64Array.from(pieces.flatMap((cells) => [...cells[cell]![name]!])),
      ]),
    ),
  );
}
