/** What `unwind run` prints when it is done: the JSON document, or a heading, the model's tables and the folder. */
import pc from 'picocolors';
import type { Experiment } from '../../lab/experiment/index.ts';
import type { Summary } from '../../lab/models/model.ts';
import type { RunOutcome } from '../../lab/run.ts';
import { bookRaceReport } from './book-race.ts';
import { depletionReport } from './depletion.ts';
import { estimatorsReport } from './estimators.ts';
import { marketReport } from './market.ts';
import { procyclicalityReport } from './procyclicality.ts';
import { solvableReport } from './solvable.ts';
import { stationaryBookReport } from './stationary-book.ts';
import { zeroReport } from './zero.ts';

export function printOutcome(experiment: Experiment, outcome: RunOutcome, json: boolean): void {
  const text = json ? jsonDocument(outcome) : report(experiment, outcome);
  process.stdout.write(`${text}\n`);
}

function report(experiment: Experiment, { manifest, folder }: RunOutcome): string {
  const { timing, summary } = manifest;
  const body = bodyOf(experiment, summary);
  const runs = summary.cells.reduce((sum, cell) => sum + cell.runs, 0);
  return [
    pc.bold(experiment.question),
    body,
    `${runs.toLocaleString('en-US')} runs · ${timing.seconds.toFixed(1)} s on ${timing.workers} workers · seed ` +
      `${experiment.seed} · results hash ${manifest.results_hash.slice(0, 12)}`,
    folder,
  ].join('\n');
}

function bodyOf(experiment: Experiment, summary: Summary): string {
  switch (experiment.model) {
    case 'market':
      return marketReport(experiment, summary);
    case 'solvable':
      return solvableReport(experiment, summary);
    case 'depletion':
      return depletionReport(summary);
    case 'zero':
      return zeroReport(summary);
    case 'book_race':
      return bookRaceReport(summary);
    case 'stationary_book':
      return stationaryBookReport(summary);
    case 'procyclicality':
      return procyclicalityReport(summary);
    case 'estimators':
      return estimatorsReport(summary);
  }
}

/** One document: what was run, what came out, where it is. A single cell's metrics also stand at the top. */
function jsonDocument({ manifest, folder }: RunOutcome): string {
  const { experiment, question, seed, runs, results_hash, timing, summary } = manifest;
  const single = summary.cells.length === 1 ? { metrics: summary.cells[0]!.metrics } : {};
  return JSON.stringify(
    { experiment, question, seed, runs, results_hash, folder, timing, ...single, ...summary },
    null,
    2,
  );
}
