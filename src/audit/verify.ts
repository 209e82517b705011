/** The audit of a results folder: every recorded run replayed, until the first row that differs. */
import { AuditError, Difference } from './difference.ts';
import { readFolder } from './folder.ts';
import { unknownKind } from './payoff.ts';
import { Replay } from './replay.ts';
import type { Terms } from './terms.ts';
import { termsAt } from './terms.ts';
import { Unvalued } from './unvalued.ts';

export interface Verdict {
  readonly ok: boolean;
  /** Runs replayed to their end. */
  readonly runs: number;
  /** What was checked, over all of them. */
  readonly checked: Readonly<Record<string, number>>;
  /** What could not be checked, and why, by policy. */
  readonly skipped: readonly string[];
  /** Files that are not what the manifest's checksums say. */
  readonly changed: readonly string[];
  readonly difference?: FirstDifference;
}

/** The first row that differs, in the order of cells, runs, and what happened in them. */
interface FirstDifference {
  readonly policy: string;
  readonly shock: string;
  /** Of several. */
  readonly venue?: string | undefined;
  readonly run: number;
  readonly file: string;
  readonly row: number;
  readonly column: string;
  readonly recorded: string;
  readonly recomputed: string;
}

/** Throws AuditError where there is nothing to audit. */
export async function verify(folder: string): Promise<Verdict> {
  const { terms, runs, changed } = await readFolder(folder);
  const checked: Record<string, number> = {};
  const skipped = new Set<string>();
  const done = new Set<string>();
  let difference: FirstDifference | undefined;
  // Each venue by itself: no money passes from one to another.
  for (const { policy, shock, venue, run, journal } of runs) {
    const replay = replayOf(termsAt(terms, venue), policy);
    try {
      replay.run(journal);
      done.add(JSON.stringify([policy, shock, run]));
    } catch (error) {
      if (!(error instanceof Difference)) throw notUnderstood(folder, policy, error);
      const { file, row, column, recorded, recomputed } = error;
      difference = { policy, shock, ...(venue && { venue }), run, file, row, column, recorded, recomputed };
    }
    for (const [what, n] of replay.counts) checked[what] = (checked[what] ?? 0) + n;
    for (const why of replay.skipped)
      skipped.add(`${policy}${venue === undefined ? '' : ` at ${venue}`}: ${why}`);
    if (difference !== undefined) break;
  }
  const ok = difference === undefined && changed.length === 0;
  return { ok, runs: done.size, checked, skipped: [...skipped], changed, ...(difference && { difference }) };
}

/** As much as can be recomputed. */
export function replayOf(terms: Terms, policy: string): Replay | Unvalued {
  const isValued = terms.instruments.every((one) => unknownKind(one) === undefined);
  return isValued ? new Replay(terms, policy) : new Unvalued(terms);
}

/** The terms are whatever the folder says. */
function notUnderstood(folder: string, policy: string, error: unknown): AuditError {
  if (error instanceof AuditError) return error;
  return new AuditError(
    `${folder}: the terms of policy ${policy} cannot be audited: ${(error as Error).message}`,
  );
}
