/**
 * Evaluates points of a design on worker threads. Run number n has the same seed at every point (common random numbers), so
 * that points differ by their settings alone. The result of a point does not depend on the workers or on who is done first.
 */
import { Piscina } from 'piscina';
import type { RunColumns } from '../models/model.ts';
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

export class PointPool {
  readonly #pool: Piscina;
  readonly #workers: number;

  constructor(input: PointInput, workers: number) {
    this.#workers = workers;
    this.#pool = new Piscina({
      filename: import.meta.resolve('#point-worker'),
      minThreads: workers,
      maxThreads: workers,
      workerData: input,
    });
  }

  /**
   * The columns of each cell of each point, in the order given; a point that failed is a PointError. `onPoint` is told as
   * points are done. Few points are cut into as many pieces as it takes to keep all workers busy.
   */
  async evaluate(
    points: readonly PointRequest[],
    onPoint: () => void = () => undefined,
  ): Promise<(readonly RunColumns[] | PointError)[]> {
    const pieces = Math.max(1, Math.ceil(this.#workers / points.length));
    return Promise.all(
      points.map(async (point) => {
        const results = await Promise.all(
          cut(point, pieces).map((task) => this.#pool.run(task) as Promise<PointResult>),
        );
        onPoint();
        return joined(results);
      }),
    );
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
function joined(results: readonly PointResult[]): readonly RunColumns[] | PointError {
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
