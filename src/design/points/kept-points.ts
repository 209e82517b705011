/**
 * Points that are written down as soon as they are done, so that none has to be evaluated twice. A design asks for the same
 * points in the same order each time: with the answers that are kept it comes to where it was, and goes on from there.
 */
import { z } from 'zod';
import type { FailedRun } from '../../lab/store/failed-run.ts';
import type { Journal } from '../../lab/store/journal.ts';
import { failedRunSchema } from '../../lab/store/shapes.ts';
import type { Evaluator, PointCheck, PointOutcome, PointPool, PointRequest } from './evaluate.ts';
import { PointError } from './evaluate.ts';
import type { DesignFailures, FailedPoint, FailedPointRun } from './failures.ts';
import { describeFailedPoint, failedPoint } from './failures.ts';
import { packed, unpacked } from './packed-cells.ts';
import type { PointRuns } from './point-runs.ts';

/** A point that is done. Those that failed are not kept: another attempt may go well. */
export interface PointRecord extends PointRequest {
  /** Since the start, over all processes that worked on it, s. */
  readonly seconds: number;
  /** Columns of each cell, every bit of them: see packed-cells.ts. */
  readonly cells: string;
  /** Runs that failed. */
  readonly lost: readonly FailedRun[];
}

/** A record as it comes back from the journal: what cannot be unpacked is none, and its point is evaluated again. */
export const pointRecordSchema = z
  .strictObject({
    sets: z.array(z.string()),
    seed: z.string(),
    policy: z.string().optional(),
    runs: z.number().int().min(1),
    seconds: z.number(),
    cells: z.string().refine(canBeUnpacked),
    lost: z.array(failedRunSchema),
  })
  .transform(({ policy, ...rest }): PointRecord => ({ ...rest, policy }));

export interface KeptPointsOptions {
  readonly pool: Pick<PointPool, 'evaluate'>;
  /** What was done before, and where to write what is done now. */
  readonly records: readonly PointRecord[];
  readonly journal: Journal<PointRecord>;
  /** Seconds at work, over all processes. */
  readonly clock: () => number;
  /** Told of each point that is kept now. */
  readonly onPoint: (record: PointRecord) => void;
  /** Told of each point that fails, as soon as it does. */
  readonly onFailed: (point: FailedPoint, runs: number) => void;
}

export class KeptPoints implements Evaluator {
  readonly #options: KeptPointsOptions;
  readonly #kept: ReadonlyMap<string, PointRecord>;
  #asked = 0;
  readonly #failedPoints: FailedPoint[] = [];
  readonly #failures: FailedPointRun[] = [];

  constructor(options: KeptPointsOptions) {
    this.#options = options;
    this.#kept = new Map(options.records.map((record) => [keyOf(record), record]));
  }

  /** Of all points that were asked for. */
  get failures(): DesignFailures {
    return { failed_points: this.#failedPoints, failures: this.#failures };
  }

  async evaluate(points: readonly PointRequest[], check?: PointCheck): Promise<PointOutcome[]> {
    const first = this.#asked + 1;
    this.#asked += points.length;
    const missing = points.flatMap((point, i) => (this.#kept.has(keyOf(point)) ? [] : [i]));
    const made = await this.#options.pool.evaluate(
      missing.map((i) => points[i]!),
      check,
      (outcome, n) => this.#take(points[missing[n]!]!, first + missing[n]!, outcome),
    );
    const fresh = new Map(missing.map((i, n) => [i, made[n]!]));
    return points.map((point, i) => {
      const outcome = fresh.get(i) ?? runsOf(this.#kept.get(keyOf(point))!);
      return this.#noted(point, first + i, outcome);
    });
  }

  /** As soon as it is done. */
  #take(request: PointRequest, number: number, outcome: PointOutcome): void {
    const { sets, seed, policy, runs } = request;
    const { journal, clock, onPoint, onFailed } = this.#options;
    if (outcome instanceof PointError) {
      onFailed(failedPoint(request, number, outcome.message), runs);
      return;
    }
    const { cells, lost } = outcome;
    const record = { sets, seed, policy, runs, seconds: clock(), cells: packed(cells), lost };
    journal.append(record);
    onPoint(record);
  }

  /** In the order of the points. */
  #noted(request: PointRequest, number: number, outcome: PointOutcome): PointOutcome {
    if (!(outcome instanceof PointError)) {
      this.#failures.push(...outcome.lost.map((run) => ({ point: number, ...run })));
      return outcome;
    }
    const failed = failedPoint(request, number, outcome.message);
    this.#failedPoints.push(failed);
    return new PointError(describeFailedPoint(failed));
  }
}

/** What tells points apart. */
function keyOf({ sets, seed, policy, runs }: PointRequest): string {
  return JSON.stringify([sets, seed, policy, runs]);
}

function runsOf({ cells, lost }: PointRecord): PointRuns {
  return { cells: unpacked(cells), lost };
}

function canBeUnpacked(cells: string): boolean {
  try {
    unpacked(cells);
    return true;
  } catch {
    return false;
  }
}
