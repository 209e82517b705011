/**
 * Evaluates points of a design on worker threads. Run number n has the same seed at every point (common random numbers), so
 * that points differ by their settings alone. The result of a point does not depend on the workers or on who is done first.
 */
import type { Experiment } from '../../models/experiment.ts';
import type { FailedRun } from '../../lab/store/failed-run.ts';
import { kindsOf } from '../../lab/store/failed-run.ts';
import type { RunColumns } from '../../models/model.ts';
import type { PoolOptions } from '../../lab/work/pool.ts';
import { SimPool } from '../../lab/work/pool.ts';
import type { Measures, PointResult, PointRuns, PointTask } from './point-runs.ts';
import { pointInput } from './point-runs.ts';

/** A point could not be run: its settings do not fit, or a cell of it lost all its runs. */
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

export type PointOutcome = PointRuns | PointError;

/** Why runs of a point are no result for this design; undefined: they are one. */
export type PointCheck = (cells: readonly RunColumns[]) => string | undefined;

export interface Evaluator {
  /** In the order given. A point that does not pass `check` has failed like one that cannot be run. */
  evaluate(points: readonly PointRequest[], check?: PointCheck): Promise<PointOutcome[]>;
}

/** Throws PointError where every point failed: then there is no result. */
export function requireAny(outcomes: readonly unknown[]): void {
  const [first] = outcomes;
  if (first instanceof PointError && outcomes.every((one) => one instanceof PointError))
    throw new PointError(`no point could be run: ${first.message}`);
}

type PointPoolOptions = Pick<PoolOptions, 'limits' | 'signal' | 'onLost'> & {
  readonly measures?: Measures | undefined;
};

export class PointPool implements Evaluator {
  readonly #pool: SimPool<PointTask, PointResult>;
  readonly #workers: number;

  /** At the signal what is under way is given up: `evaluate` throws Stopped. */
  constructor(experiment: Experiment, workers: number, { measures, ...options }: PointPoolOptions = {}) {
    this.#workers = workers;
    this.#pool = new SimPool({ ...options, task: 'point', input: pointInput(experiment, measures), workers });
  }

  /**
   * `onPoint` is told of each point as it is done, with its place among the points. Few points are cut into as many pieces
   * as it takes to keep all workers busy.
   */
  async evaluate(
    points: readonly PointRequest[],
    check: PointCheck = () => undefined,
    onPoint?: (outcome: PointOutcome, i: number) => void,
  ): Promise<PointOutcome[]> {
    const pieces = Math.max(1, Math.ceil(this.#workers / points.length));
    const outcomes = points.map(async (point, i) => {
      const tasks = cut(point, pieces);
      const results = await Promise.all(tasks.map((task) => this.#pool.run(task)));
      const outcome = checked(joined(results), check);
      onPoint?.(outcome, i);
      return outcome;
    });
    return Promise.all(outcomes);
  }

  async close(): Promise<void> {
    await this.#pool.close();
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

/** Pieces of runs end to end. The rule of `unwind run`: failed runs are left out, but a cell must have some. */
function joined(results: readonly PointResult[]): PointOutcome {
  const pieces: PointRuns[] = [];
  for (const result of results) {
    if (!result.ok) return new PointError(result.message);
    pieces.push(result);
  }
  const cells = pieces[0]!.cells.map((first, cell) =>
    Object.fromEntries(
      Object.keys(first).map((name) => [
        name,
        Float64Array.from(pieces.flatMap((piece) => [...piece.cells[cell]![name]!])),
      ]),
    ),
  );
  const lost = pieces.flatMap((piece) => piece.lost);
  return cells.every(({ run }) => run!.length > 0) ? { cells, lost } : new PointError(whyEmpty(lost));
}

/** Of a point with a cell that lost all its runs. */
function whyEmpty(lost: readonly FailedRun[]): string {
  const counts = new Map<number, FailedRun[]>();
  for (const run of lost) counts.set(run.cell, [...(counts.get(run.cell) ?? []), run]);
  const [most] = [...counts.values()].sort((a, b) => b.length - a.length);
  const { labels, run, replay } = most![0]!;
  const where = Object.values(labels).join(', ');
  const all = `all ${most!.length} runs${where === '' ? '' : ` of ${where}`} were lost: ${kindsOf(most!)}`;
  return `${all}; see run ${run} fail again: ${replay}`;
}

function checked(outcome: PointOutcome, check: PointCheck): PointOutcome {
  const why = outcome instanceof PointError ? undefined : check(outcome.cells);
  return why === undefined ? outcome : new PointError(why);
}
