/**
 * Points that are written down as soon as they are done, so that none has to be evaluated twice. A design asks for the same
 * points in the same order each time: with the answers that are kept it comes to where it was, and goes on from there.
 */
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RunColumns } from '../models/model.ts';
import type { Journal } from '../store/journal.ts';
import type { Evaluator, PointOutcome, PointPool, PointRequest } from './evaluate.ts';
import { PointError } from './evaluate.ts';

/** A point that is done. Those that cannot be run are not kept: another attempt may go well. */
export interface PointRecord extends PointRequest {
  /** Since the start, over all processes that worked on it, s. */
  readonly seconds: number;
  /** Columns of each cell, every bit of them: V8's format, deflated, in base64. */
  readonly cells: string;
}

export interface KeptPointsOptions {
  readonly pool: Pick<PointPool, 'evaluate'>;
  /** What was done before, and where to write what is done now. */
  readonly records: readonly PointRecord[];
  readonly journal: Journal<PointRecord>;
  /** Seconds at work, over all processes. */
  readonly clock: () => number;
  /** Told of each point that is kept now. */
  readonly onPoint: (record: PointRecord) => void;
}

export class KeptPoints implements Evaluator {
  readonly #options: KeptPointsOptions;
  readonly #kept: ReadonlyMap<string, PointRecord>;

  constructor(options: KeptPointsOptions) {
    this.#options = options;
    this.#kept = new Map(options.records.map((record) => [keyOf(record), record]));
  }

  async evaluate(points: readonly PointRequest[]): Promise<PointOutcome[]> {
    const missing = points.filter((point) => !this.#kept.has(keyOf(point)));
    const made = await this.#options.pool.evaluate(missing, (outcome, i) => this.#keep(missing[i]!, outcome));
    let next = 0;
    return points.map((point) => {
      const kept = this.#kept.get(keyOf(point));
      return kept === undefined ? made[next++]! : unpacked(kept.cells);
    });
  }

  #keep({ sets, seed, policy, runs }: PointRequest, outcome: PointOutcome): void {
    if (outcome instanceof PointError) return;
    const { journal, clock, onPoint } = this.#options;
    const record = { sets, seed, policy, runs, seconds: clock(), cells: packed(outcome) };
    journal.append(record);
    onPoint(record);
  }
}

/** What tells points apart. */
function keyOf({ sets, seed, policy, runs }: PointRequest): string {
  return JSON.stringify([sets, seed, policy, runs]);
}

function packed(cells: readonly RunColumns[]): string {
  return deflateRawSync(serialize(cells)).toString('base64');
}

function unpacked(cells: string): readonly RunColumns[] {
  return deserialize(inflateRawSync(Buffer.from(cells, 'base64'))) as RunColumns[];
}
