/**
 * Runs an experiment from beginning to end: plan, workers, parts, summary, manifest. Results are written to a folder
 * that gets its name only when it is complete.
 */
import { mkdirSync, existsSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BatchResult, Failure } from './batch.ts';
import type { Experiment } from './experiment/index.ts';
import type { Manifest } from './manifest.ts';
import { hashOfParts, makeManifest } from './manifest.ts';
import { auditTerms } from './audit-terms.ts';
import { modelOf } from './models/index.ts';
import type { RunColumns } from './models/model.ts';
import type { Part } from './parts.ts';
import { planBatches } from './plan.ts';
import { runPool } from './pool.ts';

export interface RunOptions {
  readonly workers: number;
  /** Folder to write to; it must not exist or be empty. Default: results/NAME/DATE-HASH. */
  readonly out?: string | undefined;
  readonly version: string;
  /** Runs of each cell that also write their audit journal; none if left out. */
  readonly audited?: readonly number[] | undefined;
  /** The command line, for the manifest. */
  readonly command: string;
  readonly onProgress: (runsDone: number) => void;
}

export interface RunOutcome {
  readonly manifest: Manifest;
  readonly folder: string;
}

/** A run failed: a full pool, or a defect. Says which run, and how to see it again. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly failure: Failure;

  constructor(message: string, failure: Failure) {
    super(message);
    this.failure = failure;
  }
}

/** The output folder cannot be used. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<RunOutcome> {
  const started = new Date();
  const folder = openFolder(experiment, options.out);
  try {
    const model = modelOf(experiment);
    const { audited = [] } = options;
    const { parts, columns } = await execute(
      experiment,
      folder,
      options.workers,
      options.onProgress,
      audited,
    );
    const summary = model.summarise(experiment, columns);
    const timing = {
      started: started.toISOString(),
      seconds: (Date.now() - started.getTime()) / 1000,
      workers: options.workers,
    };
    const manifest = makeManifest(
      options.version,
      experiment,
      options.command,
      timing,
      summary,
      audited.length === 0 ? model.tables : [...model.tables, ...(model.auditTables ?? [])],
      parts,
      auditTerms(experiment, audited),
    );
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n');
    const name = options.out ?? freeName(experiment, started, hashOfParts(parts));
    renameSync(folder, name);
    return { manifest, folder: name };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    removeIfEmpty(dirname(folder));
    removeIfEmpty('results');
    throw error;
  }
}

export interface Execution {
  /** In the order of the plan. */
  readonly parts: readonly Part[];
  /** The runs of each cell, in order. */
  readonly columns: readonly RunColumns[];
}

/** Runs all batches, which write their parts to `folder`. Throws RunError for the first run that failed. */
export async function execute(
  experiment: Experiment,
  folder: string,
  workers: number,
  onProgress: (runsDone: number) => void,
  audited: readonly number[] = [],
): Promise<Execution> {
  const cells = modelOf(experiment).cells(experiment);
  const batches = planBatches(cells.length, experiment.runs);
  let done = 0;
  const results = await runPool({ experiment, folder, audited }, batches, workers, (result) => {
    if (result.ok) done += batches[result.batch]!.count;
    onProgress(done);
  });
  const complete = allCompleted(results, experiment);
  return {
    parts: complete.flatMap((result) => result.parts),
    columns: cells.map((_cell, cell) =>
      joined(complete.filter((_result, i) => batches[i]!.cell === cell).map((result) => result.columns)),
    ),
  };
}

/** An unfinished folder beside where the results will be. */
function openFolder(experiment: Experiment, out: string | undefined): string {
  const target = out ?? join('results', experiment.name, 'new');
  if (out !== undefined && existsSync(out)) {
    if (readdirSync(out).length > 0)
      throw new OutputError(`--out ${out}: the folder exists and is not empty`);
    rmSync(out, { recursive: true });
  }
  const folder = join(dirname(target), `.unfinished-${process.pid}-${experiment.name}`);
  try {
    makeFolder(folder);
  } catch (error) {
    throw new OutputError(`cannot write to ${dirname(target)}: ${(error as Error).message}`);
  }
  return folder;
}

/** Makes a folder and its parents one by one: Node's own recursion never ends where a parent cannot be made (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** So that a failed run leaves nothing behind. */
function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** results/NAME/DATE-HASH, with a number behind it if the same results are there already. */
function freeName(experiment: Experiment, started: Date, hash: string): string {
  const base = join('results', experiment.name, `${started.toISOString().slice(0, 10)}-${hash.slice(0, 4)}`);
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!existsSync(name)) return name;
  }
}

/** All results, or the first failure in the order of the plan as an error. */
function allCompleted(results: readonly (BatchResult | undefined)[], experiment: Experiment) {
  const failed = results.find((result) => result?.ok === false);
  if (failed?.ok === false) {
    const { failure, run } = failed;
    const message = `run ${run} of seed ${experiment.seed}: ${failure.name}: ${failure.message}`;
    throw new RunError(message, failure);
  }
  return results.filter((result) => result?.ok === true);
}

/** Columns of several batches end to end. */
function joined(batches: readonly RunColumns[]): RunColumns {
  const columns: Record<string, Float64Array> = {};
  for (const name of Object.keys(batches[0]!)) {
    const parts = batches.map((batch) => batch[name]!);
    const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    columns[name] = all;
  }
  return columns;
}
