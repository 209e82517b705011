/** What `unwind run` prints when it is done: the JSON document, or a heading, the model's tables and the folder. */
import pc from 'picocolors';
import type { Experiment } from '../../models/experiment.ts';
import type { CellSummary, Summary } from '../../models/model.ts';
import type { Manifest } from '../../lab/store/manifest.ts';
import type { RunOutcome } from '../../lab/run.ts';
import { activityReport } from './activity.ts';
import { bookRaceReport } from './book-race.ts';
import { depletionReport } from './depletion.ts';
import { plainReport } from './estimates.ts';
import { estimatorsReport } from './estimators.ts';
import { factsLines } from './facts-beside.ts';
import { lossLines } from './failures.ts';
import { latentBookReport } from './latent-book.ts';
import { marketMakerReport } from './market-maker.ts';
import { marketReport } from './market.ts';
import { metaordersReport } from './metaorders.ts';
import { procyclicalityReport } from './procyclicality.ts';
import { rareReport } from './rare.ts';
import { solvableReport } from './solvable.ts';
import { stationaryBookReport } from './stationary-book.ts';
import type { Next } from './next.ts';
import { nextLines } from './next.ts';
import { timeText } from '../../report/words/numbers.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';
import { zeroReport } from './zero.ts';

/** `wide`: a market's report with all there is. */
export function printOutcome(outcome: RunOutcome, json: boolean, wide = false): void {
  const text = json ? jsonDocument(outcome) : report(outcome, wide);
  process.stdout.write(`${text}\n`);
}

function report({ experiment, manifest, folder }: RunOutcome, wide: boolean): string {
  const width = widthOf(process.stdout);
  const { timing, summary } = manifest;
  const body = bodyOf(experiment, summary, wide);
  const runs = eachOnce(summary).reduce((sum, [, cell]) => sum + cell.runs, 0);
  return [
    pc.bold(wrapped(experiment.question, width)),
    body,
    ...factsLines(manifest.facts),
    ...lostLines(manifest),
    `${runs.toLocaleString('en-US')} runs · ${timeText(timing.seconds)} on ${timing.workers} workers · seed ` +
      `${experiment.seed} · results hash ${manifest.results_hash.slice(0, 12)}`,
    ...stopLines(experiment, manifest),
    ...nextSteps(experiment, folder, wide),
  ].join('\n');
}

function nextSteps(experiment: Experiment, folder: string, wide: boolean): string[] {
  const query: Next = ['tables and columns, to be asked in SQL', 'query', folder];
  if (experiment.model !== 'market') return nextLines(folder, [query]);
  const all: Next = ['all columns and differences', 'resume', folder, '--wide'];
  const compare: Next = ['every two policies, and who dominates whom', 'compare', folder];
  const several = Object.keys(experiment.policies).length > 1;
  return nextLines(folder, [...(wide ? [] : [all]), ...(several ? [compare] : []), query]);
}

/** The cells by number, each with the first of its entries: one has an entry a venue. */
function eachOnce({ cells }: Summary): [number, CellSummary][] {
  const found = new Map<number, CellSummary>();
  cells.forEach((entry, i) => {
    const cell = entry.cell ?? i;
    if (!found.has(cell)) found.set(cell, entry);
  });
  return [...found];
}

/** Which cells lack runs, why, and how to see one fail again: a line for each kind of error in a cell. */
function lostLines({ runs, summary, failures }: Manifest): string[] {
  return eachOnce(summary).flatMap(([cell, { labels, lost = 0 }]) => {
    if (lost === 0) return [];
    const { venue: _, ...parts } = labels;
    const name = Object.values(parts).join(', ');
    const own = failures.filter((failure) => failure.cell === cell);
    return lossLines(own, `${runs} runs${name === '' ? '' : ` of ${name}`}`);
  });
}

function stopLines({ stop: rule, runs: most }: Experiment, { stop, runs }: Manifest): string[] {
  if (rule === undefined) return [];
  const because = {
    runs: 'all of them',
    time: 'the time was up',
    half_width: `the interval of ${rule.metric ?? ''} was within ±${rule.half_width ?? ''}`,
  }[stop.because];
  return [`${runs} of at most ${most} runs a cell: ${because}`];
}

function bodyOf(experiment: Experiment, summary: Summary, wide: boolean): string {
  switch (experiment.model) {
    case 'market':
      return marketReport(experiment, summary, wide);
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
    case 'activity':
      return activityReport(summary);
    case 'metaorders':
      return metaordersReport(summary);
    case 'latent_book':
      return latentBookReport(summary);
    case 'market_maker':
      return marketMakerReport(summary);
    case 'procyclicality':
      return procyclicalityReport(summary);
    case 'random_walk':
      return rareReport(`the walk comes to ${experiment.rare.levels.at(-1)!}`, summary);
    case 'rare_solvable':
      return rareReport(`${experiment.rare.levels.at(-1)!} accounts or more are liquidated`, summary);
    case 'rare_market':
      return rareReport(experiment.rare.event.text, summary);
    case 'estimators':
      return estimatorsReport(summary);
    default:
      return plainReport(summary);
  }
}

/** One document: what was run, what came out, where it is. A single cell's metrics also stand at the top. */
function jsonDocument({ manifest, folder }: RunOutcome): string {
  const { experiment, question, seed, runs, stop, results_hash, timing, summary, facts, failures } = manifest;
  const single = summary.cells.length === 1 ? { metrics: summary.cells[0]!.metrics } : {};
  return JSON.stringify(
    {
      experiment,
      question,
      seed,
      runs,
      stop,
      results_hash,
      folder,
      timing,
      facts,
      failures,
      ...single,
      ...summary,
    },
    null,
    2,
  );
}
