/**
 * Runs an experiment into a results folder, and goes on with one that was interrupted. At any moment the folder holds
 * enough to go on: first what is to be done (`run.json`), then batch by batch its parts and a line in the journal, last
 * the manifest, which makes it complete.
 */
import { join } from 'node:path';
import { invariant } from '../core/errors.ts';
import { codeHash } from './store/code-hash.ts';
import { writeWhole } from './store/durable.ts';
import type { ExecuteOptions, Execution, OnProgress } from './work/execute.ts';
import { execute } from './work/execute.ts';
import type { Experiment } from '../models/experiment.ts';
import { describeLost } from './store/failed-run.ts';
import type { Manifest } from './store/manifest.ts';
import { makeManifest } from './make-manifest.ts';
import type { Part } from './store/parts.ts';
import { batchOf, damageOf } from './store/parts.ts';
import type { Batch, OnlyRun } from './plan/plan.ts';
import { planOf } from './plan/plan.ts';
import { factsBeside } from './scorecard/facts-beside.ts';
import type { Failure } from './work/runs.ts';
import { sha256 } from './store/sha256.ts';
import type { Stop } from './plan/plan.ts';
import { checkStop } from './work/stopping.ts';
import type { OpenFolder } from './store/folder.ts';
import { readManifest } from './store/finished.ts';
import { beginFolder, firstFree, openResultsFolder, removeResults, sweep } from './store/folder.ts';
import { MANIFEST } from './store/holding.ts';
import type { BatchRecord } from './store/journal.ts';
import { Journal, JOURNAL } from './store/journal.ts';
import type { Order } from './store/order.ts';
import { mendText, newOrder, readOrder, requireSameCode } from './store/order.ts';
import { sealed } from './store/sealed.ts';
import { batchRecordSchema } from './store/shapes.ts';
import { asUnfinished } from './store/unfinished.ts';
import type { RunLimits } from './plan/limits.ts';
import { DEFAULT_LIMITS, isLostWithThread } from './plan/limits.ts';

export interface WorkOptions {
  readonly workers: number;
  /** What a run may take; those that the work began with, or the default, where left out. */
  readonly limits?: Partial<RunLimits> | undefined;
  readonly version: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: OnProgress;
  /** Tells in one line what must not wait for the end. */
  readonly say: (line: string) => void;
  /** For tests: the threads that are at work. */
  readonly onThreads?: ExecuteOptions['onThreads'];
  /** Told of each run that fails, with its stack. */
  readonly onFailure?: ((failure: Failure) => void) | undefined;
}

export interface RunOptions extends WorkOptions {
  /** Folder to write to; it must not exist or be empty. Default: results/NAME/DATE-HASH. */
  readonly out?: string | undefined;
  /** Runs of each cell that also write their audit journal; none if left out. */
  readonly audited?: readonly number[] | undefined;
  readonly only?: OnlyRun | undefined;
  /** The command line, for the manifest. */
  readonly command: string;
}

export interface ResumeOptions extends WorkOptions {
  /** Told of each part that is not as it was written. */
  readonly onDamage: (file: string, what: string) => void;
}

export interface RunOutcome {
  readonly experiment: Experiment;
  readonly manifest: Manifest;
  readonly folder: string;
  /** Of a folder that was gone on with, where anything was missing. */
  readonly resumed?: Resumed;
}

/** Runs that were in the folder, and runs that were made now. */
export interface Resumed {
  readonly kept: number;
  readonly made: number;
}

/** What `onProgress` is told, passed on; and how many runs there were at its first word, and have been made since. */
export class RunCounts {
  readonly #onProgress: OnProgress;
  #kept: number | undefined;
  #done = 0;

  constructor(onProgress: OnProgress) {
    this.#onProgress = onProgress;
  }

  readonly onProgress: OnProgress = (done, lost, total) => {
    this.#kept ??= done;
    this.#done = done;
    this.#onProgress(done, lost, total);
  };

  get resumed(): Resumed {
    const kept = this.#kept ?? 0;
    return { kept, made: this.#done - kept };
  }
}

/** No run came to an end. Says which was the first, and why. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly failure: Failure;

  constructor(experiment: Experiment, failure: Failure) {
    super(`run ${failure.run} of seed ${experiment.seed}: ${failure.name}: ${failure.message}`);
    this.failure = failure;
  }
}

/** Throws ConfigError, OutputError, RunError, UnfinishedError. */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<RunOutcome> {
  checkStop(experiment);
  const { audited = [], only, limits } = options;
  const order = newOrder(experiment, options, { audited, only, limits: { ...DEFAULT_LIMITS, ...limits } });
  const folder = beginFolder(options.out ?? freeName(order), order);
  try {
    const manifest = await carryOut(folder, order, options, [], []);
    return { experiment, manifest, folder: folder.path };
  } finally {
    folder.lock.release();
  }
}

/**
 * Goes on with a folder where it was left; of a finished one checks every part. Damaged parts are made anew. Throws as
 * above, and OutputError where the folder was begun by other code, or its inputs were changed.
 */
export async function resumeExperiment(path: string, options: ResumeOptions): Promise<RunOutcome> {
  const folder = openResultsFolder(path);
  try {
    const order = readOrder(path);
    const { experiment, only } = order;
    const manifest = readManifest(path);
    const plan = planOf(experiment, only);
    mendText(path, order, options.onDamage);
    const all = manifest === undefined ? journalOf(path, plan, options) : recordsOf(manifest, plan);
    const damaged = damagedBatches(
      path,
      manifest?.parts ?? all.flatMap(({ parts }) => parts),
      options.onDamage,
    );
    const records = all.filter(({ batch, lost }) => !damaged.has(batch) && !lost.some(isLostWithThread));
    if (manifest !== undefined && damaged.size === 0 && records.length === all.length) {
      sweep(path, order, manifest.parts);
      return { experiment, manifest, folder: path };
    }
    requireSameCode(path, order, options.version, codeHash());
    const counts = new RunCounts(options.onProgress);
    const counted = { ...options, onProgress: counts.onProgress };
    const made = await carryOut(folder, order, counted, records, all, manifest?.stop);
    return { experiment, manifest: made, folder: path, resumed: counts.resumed };
  } finally {
    folder.lock.release();
  }
}

/** Makes what is missing of `records`, and writes the manifest. What was there `before` must come out as it was. */
async function carryOut(
  folder: OpenFolder,
  order: Order,
  options: WorkOptions,
  records: readonly BatchRecord[],
  before: readonly BatchRecord[],
  stop?: Stop,
): Promise<Manifest> {
  const { path } = folder;
  const { experiment, audited, only } = order;
  const limits = { ...order.limits, ...options.limits };
  const known = new Map(before.map((record) => [record.batch, record]));
  let done = 0;
  let first: Failure | undefined;
  let journal: Journal<BatchRecord> | undefined;
  try {
    journal = Journal.open(path, records);
    const execution = await execute(
      experiment,
      path,
      options.workers,
      (runs, lost, total) => {
        done = runs - lost;
        options.onProgress(runs, lost, total);
      },
      {
        audited,
        only,
        records,
        stop,
        limits,
        signal: options.signal,
        onLost: (run) => options.say(describeLost(experiment, run)),
        onThreads: options.onThreads,
        onRecord(record, failures) {
          requireSame(known.get(record.batch), record);
          journal!.append(record);
          first ??= failures[0];
          failures.forEach((failure) => options.onFailure?.(failure));
        },
      },
    );
    refuseNothing(folder, order, execution, first);
    const facts = only === undefined ? await factsBeside(experiment, { ...options, limits }) : undefined;
    const timing = { started: order.started, seconds: execution.seconds, workers: options.workers };
    const manifest = makeManifest(order, execution, timing, facts);
    writeWhole(join(path, MANIFEST), sealed(MANIFEST, manifest));
    journal.close();
    sweep(path, order, manifest.parts);
    return manifest;
  } catch (error) {
    throw asUnfinished(error, path, `${done} runs`);
  } finally {
    journal?.close();
  }
}

/** The same runs by the same code are the same bytes, or results cannot be trusted. */
function requireSame(before: BatchRecord | undefined, { parts, lost }: BatchRecord): void {
  const runsOf = (all: BatchRecord['lost']): string => all.map(({ run }) => run).join();
  if (before !== undefined && runsOf(before.lost) !== runsOf(lost)) return; // others came to their end
  for (const { file, sha256: hash } of before?.parts ?? []) {
    const made = parts.find((part) => part.file === file);
    invariant(made === undefined || made.sha256 === hash, `${file}, made anew, has other bytes than before`);
  }
}

/** Results of no run are none: then nothing is left behind. */
function refuseNothing(folder: OpenFolder, order: Order, execution: Execution, first?: Failure): void {
  if (execution.parts.some(({ rows }) => rows > 0)) return;
  const [lost] = execution.lost;
  if (lost === undefined) return;
  removeResults(folder, order);
  throw new RunError(order.experiment, first ?? { ...lost, stack: '' });
}

/** What the journal says of the batches that are done. */
function journalOf(path: string, plan: readonly Batch[], { onDamage }: ResumeOptions): BatchRecord[] {
  const read = Journal.read(path, batchRecordSchema);
  if (read?.isDamaged === true) onDamage(JOURNAL, 'has lines that are not as they were written');
  return (read?.records ?? []).filter(({ batch }) => batch < plan.length);
}

/** What a manifest says of the batches that it is made of. */
export function recordsOf(manifest: Manifest, plan: readonly Batch[]): BatchRecord[] {
  const parts = new Map<number, Part[]>();
  for (const part of manifest.parts) {
    const batch = batchOf(part);
    parts.set(batch, [...(parts.get(batch) ?? []), part]);
  }
  return plan
    .filter(({ round }) => round < manifest.stop.rounds)
    .map(({ index, cell, first, count }) => ({
      batch: index,
      seconds: manifest.timing.seconds,
      parts: parts.get(index) ?? [],
      lost: manifest.failures
        .filter((failure) => failure.cell === cell && failure.run >= first && failure.run < first + count)
        .map(({ run, name, message }) => ({ cell, run, name, message })),
    }));
}

/** Batches with a part that is not as it was written. */
function damagedBatches(
  path: string,
  parts: readonly Part[],
  onDamage: ResumeOptions['onDamage'],
): ReadonlySet<number> {
  const batches = new Set<number>();
  for (const part of parts) {
    const damage = damageOf(path, part);
    if (damage === undefined) continue;
    batches.add(batchOf(part));
    onDamage(part.file, damage);
  }
  return batches;
}

/** results/NAME/DATE-HASH, of what is run, with a number behind it if it is there already. */
function freeName({ experiment, started, code }: Order): string {
  const { name, source, sets, seed, runs, inputs } = experiment;
  const hash = sha256(JSON.stringify([code, source, sets, seed, runs, inputs.map((input) => input.sha256)]));
  return firstFree(join('results', name, `${started.slice(0, 10)}-${hash.slice(0, 4)}`));
}
