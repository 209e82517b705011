/** The manifest of a results folder: what was run, by what, on what, and what came out, with checksums. */
import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import type { AuditTerms } from './audit-terms.ts';
import type { Experiment } from './experiment/index.ts';
import type { Summary, TableInfo } from './models/model.ts';
import type { Part } from './parts.ts';

export interface Timing {
  readonly started: string;
  readonly seconds: number;
  readonly workers: number;
}

export interface Manifest {
  readonly unwind: string;
  readonly experiment: string;
  readonly question: string;
  readonly seed: string;
  readonly runs: number;
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
  readonly tables: readonly TableInfo[];
  readonly parts: readonly Part[];
  /** Runs with an audit journal, and the terms that they were run on; undefined without. */
  readonly audit?: AuditTerms | undefined;
}

export function makeManifest(
  version: string,
  experiment: Experiment,
  command: string,
  timing: Timing,
  summary: Summary,
  tables: readonly TableInfo[],
  parts: readonly Part[],
  audit?: AuditTerms,
): Manifest {
  return {
    unwind: version,
    experiment: experiment.name,
    question: experiment.question,
    seed: experiment.seed,
    runs: experiment.runs,
    results_hash: hashOfParts(parts),
    command,
    sets: experiment.sets,
    inputs: experiment.inputs,
    node: process.version,
    host: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      platform: `${process.platform} ${process.arch}`,
    },
    timing,
    summary,
    tables,
    parts,
    audit,
  };
}

/** Hash of the parts' names and checksums, in the order of the plan. */
export function hashOfParts(parts: readonly Part[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.file} ${part.sha256}\n`);
  return hash.digest('hex');
}
