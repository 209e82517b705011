/**
 * Coverage of an interval at the end of a batch that stops when it is narrow enough, over repeated batches through the
 * lab's own machinery: worker threads, parts on the disk, and the rule that only complete rounds count. Runs are of
 * very uneven length, and each worker reports after a random delay, so that they finish in another order each time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estimate } from '../stats/estimate.ts';
import type { BatchResult } from '../lab/work/batch.ts';
import { Campaign } from '../lab/work/campaign.ts';
import { lazyColumns } from '../lab/store/columns.ts';
import type { Experiment } from '../models/experiment.ts';
import { modelOf } from '../models/index.ts';
import type { Batch } from '../lab/plan/plan.ts';
import { planOf } from '../lab/plan/plan.ts';
import { isNarrow, stoppedBy } from '../lab/work/stopping.ts';
import type { BatchRecord } from '../lab/store/journal.ts';
import type { Feed } from '../lab/work/feed.ts';
import { runPool } from '../lab/work/feed.ts';

export interface UnevenRuns {
  /** Of each repetition, where it stopped. */
  readonly estimates: readonly Estimate[];
  /** Runs that were counted, over all repetitions. */
  readonly runs: number;
  /** Batches of runs that came back before one that was handed out earlier. */
  readonly overtaken: number;
}

export interface UnevenRunsOptions {
  readonly repetitions: number;
  readonly workers: number;
  /** Most that a worker waits before it reports, ms. */
  readonly delay_ms: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Repetition i makes the runs from i · `runs` of the experiment on, so that they are independent. It has one cell. */
export async function unevenRuns(experiment: Experiment, options: UnevenRunsOptions): Promise<UnevenRuns> {
  const { repetitions, workers, delay_ms } = options;
  const folder = mkdtempSync(join(tmpdir(), 'unwind-validate-'));
  const all: Experiment = { ...experiment, runs: experiment.runs * repetitions };
  const feed = new InTurn(experiment, planOf(all), folder, options);
  try {
    const input = { experiment: all, folder, audited: [] };
    await runPool<Batch, BatchResult>({ task: 'batch', input, workers, delay_ms }, feed);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { estimates: feed.estimates, runs: feed.runs, overtaken: feed.overtaken };
}

/** Repetitions that are under way at once: workers that one has nothing for are not idle. */
const UNDER_WAY = 3;

/** One campaign after the other, each with its rounds of the plan. */
class InTurn implements Feed<Batch, BatchResult> {
  readonly estimates: Estimate[] = [];
  runs = 0;
  overtaken = 0;
  readonly #options: UnevenRunsOptions;
  readonly #plans: Batch[][] = [];
  readonly #make: (plan: readonly Batch[]) => Campaign;
  readonly #columnsOf: (records: readonly BatchRecord[]) => ReturnType<typeof lazyColumns>;
  readonly #experiment: Experiment;
  /** Whose batch it is; in the order in which they were handed out. */
  readonly #owners = new Map<Batch, number>();
  readonly #active = new Map<number, Campaign>();
  #begun = 0;
  #ended = 0;

  constructor(experiment: Experiment, plan: readonly Batch[], folder: string, options: UnevenRunsOptions) {
    this.#experiment = experiment;
    this.#options = options;
    const rounds = (plan.at(-1)!.round + 1) / options.repetitions;
    for (const batch of plan) {
      (this.#plans[Math.floor(batch.round / rounds)] ??= []).push({ ...batch, round: batch.round % rounds });
    }
    const model = modelOf(experiment);
    this.#columnsOf = (records) => lazyColumns(folder, model, [records.flatMap(({ parts }) => parts)]);
    this.#make = (batches) =>
      new Campaign({
        plan: batches,
        isEnough: (records) => isNarrow(experiment, this.#columnsOf(records), [0]),
        clock: () => 0,
        onRecord: () => undefined,
      });
  }

  next(last: Batch | undefined): Batch | undefined {
    for (;;) {
      for (const [repetition, campaign] of this.#active) {
        const batch = campaign.next(last);
        if (batch === undefined) continue;
        this.#owners.set(batch, repetition);
        return batch;
      }
      if (this.#active.size >= UNDER_WAY || this.#begun === this.#plans.length) return undefined;
      this.#active.set(this.#begun, this.#make(this.#plans[this.#begun]!));
      this.#begun++;
    }
  }

  done(batch: Batch, result: BatchResult): void {
    const repetition = this.#owners.get(batch)!;
    const [oldest] = this.#owners.keys();
    if (oldest !== batch) this.overtaken++;
    this.#owners.delete(batch);
    const [failure] = result.failures;
    if (failure !== undefined)
      throw new Error(`run ${failure.run} failed: ${failure.name}: ${failure.message}`);
    const campaign = this.#active.get(repetition); // none: it stopped without this batch
    if (campaign === undefined) return;
    campaign.done(batch, result);
    if (!campaign.isOver) return;
    this.#active.delete(repetition);
    const [columns] = this.#columnsOf(campaign.records);
    this.estimates[repetition] = stoppedBy(this.#experiment, columns!);
    this.runs += columns!['run']!.length;
    this.#options.onProgress?.(++this.#ended, this.#plans.length);
  }
}
