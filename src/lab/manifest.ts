/** The manifest of a results folder: what was run, by what, on what, and what came out, with checksums. */
import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import type { AuditTerms } from './audit-terms.ts';
import { auditTerms } from './audit-terms.ts';
import type { Execution } from './execute.ts';
import type { Experiment } from './experiment/index.ts';
import type { FailedRun } from './failed-run.ts';
import { failedRuns } from './failed-run.ts';
import { modelOf } from './models/index.ts';
import type { Summary, TableInfo } from './models/model.ts';
import type { Part } from './parts.ts';
import type { Stop } from './stopping.ts';
import type { Order } from './store/order.ts';

export interface Timing {
  readonly started: string;
  /** At work, over all processes that went on with it. */
  readonly seconds: number;
  readonly workers: number;
}

/**
 * All of it but `node`, `host` and `timing` is the same for an undisturbed run and one that was stopped and resumed, on
 * any number of workers; where a time ended it, for the same number of runs.
 */
export interface Manifest {
  readonly unwind: string;
  /** Hash of the code that made it. */
  readonly code: string;
  readonly experiment: string;
  readonly question: string;
  readonly seed: string;
  /** Of each cell, lost ones included. */
  readonly runs: number;
  /** Why no more. */
  readonly stop: Stop;
  /** Hash of all parts in order: equal on any number of workers. */
  readonly results_hash: string;
  readonly command: string;
  /** What --set changed, and the files that were read, the experiment's own first. */
  readonly sets: readonly string[];
  readonly inputs: Experiment['inputs'];
  readonly node: string;
  readonly host: { readonly cpu: string; readonly cores: number; readonly platform: string };
  readonly timing: Timing;
  readonly summary: Summary;
  readonly failures: readonly FailedRun[];
  readonly tables: readonly TableInfo[];
  readonly parts: readonly Part[];
  /** Runs with an audit journal, and the terms that they were run on; undefined without. */
  readonly audit?: AuditTerms | undefined;
}

export function makeManifest(order: Order, execution: Execution, timing: Timing): Manifest {
  const { experiment, audited } = order;
  const model = modelOf(experiment);
  const { parts, runs, stop } = execution;
  return {
    unwind: order.unwind,
    code: order.code,
    experiment: experiment.name,
    question: experiment.question,
    seed: experiment.seed,
    runs,
    stop,
    results_hash: hashOfParts(parts),
    command: order.command,
    sets: experiment.sets,
    inputs: experiment.inputs,
    node: process.version,
    host: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      platform: `${process.platform} ${process.arch}`,
    },
    timing,
    summary: summaryOf(experiment, execution),
    failures: failedRuns(experiment, execution.lost),
    tables: audited.length === 0 ? model.tables : [...model.tables, ...(model.auditTables ?? [])],
    parts,
    audit: auditTerms(experiment, audited),
  };
}

/** Hash of the parts' names and checksums, in the order of the plan. */
export function hashOfParts(parts: readonly Part[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.file} ${part.sha256}\n`);
  return hash.digest('hex');
}

/** The model's results, with how many runs they lack. */
function summaryOf(experiment: Experiment, { columns, lost }: Execution): Summary {
  const summary = modelOf(experiment).summarise(experiment, columns);
  const cells = summary.cells.map((cell, i) => ({
    ...cell,
    lost: lost.filter((run) => run.cell === i).length,
  }));
  return { ...summary, cells };
}
