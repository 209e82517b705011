/** What a fork is, as plain data: from a moment on something is changed, as `unwind fork` does it and by the same code. */
import type { ChangeSettings } from '../sim/forks/changes/change.ts';
import type { Settings } from './settings.ts';

export interface Fork {
  /** All events up to here have happened, µs. Left out: just before the shock, where twins and counterfactuals begin. */
  readonly at_us?: number;
  /** As in an experiment's counterfactuals. */
  readonly changes: readonly ChangeSettings[];
  /** What a reader turns from there on: of these, the shock and the ladder can be. */
  readonly settings?: Settings;
}

/** The same run from the shock on, with nobody called or liquidated. */
export const TWIN: Fork = { changes: [{ engine: 'off' }] };

/** `kind=trend,inactive=true`: a change as it stands on a command line. */
export function changeText(change: ChangeSettings): string {
  return Object.entries(change)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
}
