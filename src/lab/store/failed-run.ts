/** A run that failed, as results tell of it: with the command that makes it, and its failure, again. */
import type { Experiment } from '../../models/experiment.ts';
import { modelOf } from '../../models/index.ts';
import { shellCommand } from './shell-command.ts';

/** A run that came to no end. */
export interface Lost {
  readonly cell: number;
  readonly run: number;
  /** Of the error: its class, and what it said. */
  readonly name: string;
  readonly message: string;
}

export interface FailedRun extends Lost {
  readonly labels: Readonly<Record<string, string>>;
  readonly replay: string;
}

/** Runs of the experiment's cells, which tell them apart. */
export function failedRuns(experiment: Experiment, lost: readonly Lost[]): FailedRun[] {
  const cells = modelOf(experiment).cells(experiment);
  return lost.map((run) => ({
    labels: cells[run.cell]!.labels,
    ...run,
    replay: replayCommand(experiment, run),
  }));
}

/** In one line, of a run that is lost while others go on: `run 3 of a, no shock: …; see it again: npx unwind run …` */
export function describeLost(experiment: Experiment, lost: Lost): string {
  const [{ labels, replay }] = failedRuns(experiment, [lost]) as [FailedRun];
  const where = Object.values(labels).join(', ');
  return `run ${lost.run}${where === '' ? '' : ` of ${where}`}: ${lost.name}: ${lost.message}; see it again: ${replay}`;
}

const KINDS_SHOWN = 3;

/** What they say, each thing once: `RangeError: I stumbled; Error: …` */
export function kindsOf(failed: readonly Lost[]): string {
  const kinds = [...new Set(failed.map(({ name, message }) => `${name}: ${message}`))];
  return kinds.slice(0, KINDS_SHOWN).join('; ') + (kinds.length > KINDS_SHOWN ? ' …' : '');
}

function replayCommand({ file, seed, sets, dataRoots }: Experiment, { run, cell }: Lost): string {
  const words = ['run', file, '--seed', seed];
  for (const set of sets) words.push('--set', set);
  for (const root of dataRoots) words.push('--data-root', root);
  return shellCommand(...words, '--only-run', String(run), '--only-cell', String(cell));
}
