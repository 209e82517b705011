/** What the manifest of a results folder says: what was run, by what, on what, and what came out, with checksums. */
import type { AuditTerms, VenuesTerms } from './audit-terms.ts';
import type { FactsBeside, NoFacts } from '../../scorecard/facts/stood-beside.ts';
import type { FailedRun } from './failed-run.ts';
import type { Summary, TableInfo } from '../../models/model.ts';
import type { Origin, Timing } from './origin.ts';
import type { Part } from './parts.ts';
import type { Stop } from '../plan/plan.ts';

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
  /** Of a market that says that it wants them: how far it behaves as real ones do before anything is done to it. */
  readonly facts?: FactsBeside | NoFacts | undefined;
  readonly failures: readonly FailedRun[];
  readonly tables: readonly TableInfo[];
  readonly parts: readonly Part[];
  /** Runs with an audit journal, and the terms that they were run on; undefined without. */
  readonly audit?: AuditTerms | VenuesTerms | undefined;
}
