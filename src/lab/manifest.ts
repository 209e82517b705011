/** The manifest of a results folder: what was run, by what, on what, and what came out, with checksums. */
import { cpus } from 'node:os';
import type { AuditTerms } from './audit-terms.ts';
import { auditTerms } from './audit-terms.ts';
import type { Execution } from './execute.ts';
import type { Experiment } from './experiment/index.ts';
import type { FailedRun } from './failed-run.ts';
import { failedRuns } from './failed-run.ts';
import type { Summary, TableInfo } from './models/model.ts';
import type { Origin, Timing } from './origin.ts';
import { originOf } from './origin.ts';
import type { Part } from './parts.ts';
import { hashOfParts } from './parts.ts';
import type { Stop } from './stopping.ts';
import { summarise } from './summarise.ts';
import type { Order } from './store/order.ts';
import { tablesOf } from './store/own-names.ts';

/**
 * All of it but `node`, `host` and `timing` (and the file's checksum of itself) is the same for an undisturbed run and one that was stopped and resumed, on
 * any number of workers; where a time ended it, for the same number of runs.
 */
export interface Manifest extends Origin {
  /** Of each cell, lost ones included. */
  readonly runs: number;
  /** Why no more. */
  readonly stop: Stop;
  /** Hash of all parts in order: equal on any number of workers. */
  readonly results_hash: string;
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
  const { parts, runs, stop } = execution;
  const { command, sets, inputs, warnings, ...origin } = originOf(order);
  return {
    ...origin,
    runs,
    stop,
    results_hash: hashOfParts(parts),
    command,
    sets,
    inputs,
    warnings,
    node: process.version,
    host: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      platform: `${process.platform} ${process.arch}`,
    },
    timing,
    summary: summaryOf(experiment, execution),
    failures: failedRuns(experiment, execution.lost),
    tables: tablesOf(experiment, audited),
    parts,
    audit: auditTerms(experiment, audited),
  };
}

/** The model's results, with how many runs they lack. */
function summaryOf(experiment: Experiment, { columns, lost, stop }: Execution): Summary {
  const perCell = columns.map((_, i) => lost.filter(({ cell }) => cell === i).length);
  return summarise(experiment, columns, { lost: perCell, because: stop.because });
}
