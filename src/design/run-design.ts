/**
 * Evaluates a design (a search, a sensitivity analysis) into a results folder, and goes on with one that was interrupted.
 * At any moment the folder holds enough to go on: first what is to be done (`run.json`), then a line in the journal for each
 * point, last the points' table and the document, which makes it complete.
 */
import { join } from 'node:path';
import { invariant } from '../core/errors.ts';
import { codeHash } from '../lab/store/code-hash.ts';
import type { Design } from './points/design.ts';
import { PointError, PointPool } from './points/evaluate.ts';
import type { DesignFailures, FailedPoint } from './points/failures.ts';
import { describeFailedPoint } from './points/failures.ts';
import type { PointRecord } from './points/kept-points.ts';
import { KeptPoints, pointRecordSchema } from './points/kept-points.ts';
import { readDesign, readRows, writeDesign } from './points/output.ts';
import type { Experiment } from '../models/experiment.ts';
import type { Part } from '../lab/store/parts.ts';
import { damageOf } from '../lab/store/parts.ts';
import type { Resumed, ResumeOptions, RunOptions, WorkOptions } from '../lab/run.ts';
import { RunCounts } from '../lab/run.ts';
import type { OpenFolder } from '../lab/store/folder.ts';
import { beginFolder, firstFree, openResultsFolder, removeResults, sweep } from '../lab/store/folder.ts';
import { Journal, JOURNAL } from '../lab/store/journal.ts';
import type { Order } from '../lab/store/order.ts';
import { mendText, newOrder, readOrder, requireSameCode } from '../lab/store/order.ts';
import { asUnfinished } from '../lab/store/unfinished.ts';
import { DEFAULT_LIMITS } from '../lab/plan/limits.ts';

/** Where the folder is by default: results/NAME/KIND-DATE. */
export type DesignOptions = WorkOptions & Pick<RunOptions, 'out' | 'command'>;

export interface DesignOutcome<R> {
  readonly experiment: Experiment;
  readonly result: R;
  readonly failures: DesignFailures;
  readonly folder: string;
  /** Of a folder that was gone on with, where anything was missing. */
  readonly resumed?: Resumed;
}

/** Points that fail are told of at once by `say`, so many of them; all are in the end result. */
const MOST_TOLD = 10;

/** Throws OutputError, UnfinishedError, and PointError where there is no result: if no point can be run, nothing is left behind. */
export async function runDesign<R>(
  design: Design<R>,
  experiment: Experiment,
  options: DesignOptions,
): Promise<DesignOutcome<R>> {
  const order = newOrder(experiment, options, {
    design: design.kind,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  });
  const name = `${design.kind}-${order.started.slice(0, 10)}`;
  const folder = beginFolder(options.out ?? firstFree(join('results', experiment.name, name)), order);
  try {
    const made = await carryOut(folder, design, order, options, []);
    return { experiment, ...made, folder: folder.path };
  } finally {
    folder.lock.release();
  }
}

/**
 * Goes on with a folder where it was left; a finished one is checked, and made anew where it is damaged. `designOf`: the
 * design of the folder's kind. Throws as above, and OutputError where the folder was begun by other code, or its inputs
 * were changed.
 */
export async function resumeDesign<R>(
  path: string,
  designOf: (experiment: Experiment) => Design<R>,
  options: ResumeOptions,
): Promise<DesignOutcome<R>> {
  const folder = openResultsFolder(path);
  try {
    const order = readOrder(path);
    const { experiment } = order;
    const document = readDesign(path, order.design!);
    mendText(path, order, options.onDamage);
    const damage = document === undefined ? undefined : damageOf(path, document.points);
    if (document !== undefined && damage === undefined) {
      sweep(path, order, [document.points]);
      const result = designOf(experiment).resultOf(document.summary, await readRows(path, document));
      return { experiment, result, failures: document.failures, folder: path };
    }
    if (damage !== undefined) options.onDamage(document!.points.file, damage);
    requireSameCode(path, order, options.version, codeHash());
    const read = Journal.read(path, pointRecordSchema);
    if (read?.isDamaged === true) options.onDamage(JOURNAL, 'has lines that are not as they were written');
    const records = read?.records ?? [];
    const counts = new RunCounts(options.onProgress);
    const counted = { ...options, onProgress: counts.onProgress };
    const design = designOf(experiment);
    const made = await carryOut(folder, design, order, counted, records, document?.points);
    return { experiment, ...made, folder: path, resumed: counts.resumed };
  } finally {
    folder.lock.release();
  }
}

/** Evaluates what is missing of `records`, and writes the results. What was there `before` must come out as it was. */
async function carryOut<R>(
  folder: OpenFolder,
  design: Design<R>,
  order: Order,
  { workers, limits, signal, onProgress, say }: WorkOptions,
  records: readonly PointRecord[],
  before?: Part,
): Promise<Pick<DesignOutcome<R>, 'result' | 'failures'>> {
  const { path } = folder;
  const began = performance.now();
  const seconds = records.reduce((most, record) => Math.max(most, record.seconds), 0);
  const clock = (): number => seconds + (performance.now() - began) / 1000;
  let kept = records.length;
  let runs = records.reduce((sum, record) => sum + record.runs, 0);
  let lost = records.reduce((sum, record) => sum + record.lost.length, 0);
  onProgress(runs, lost, design.runs);
  const onPoint = (record: PointRecord): void => {
    kept++;
    runs += record.runs;
    lost += record.lost.length;
    onProgress(runs, lost, design.runs);
  };
  let failed = 0;
  const onFailed = (point: FailedPoint, count: number): void => {
    failed++;
    if (failed <= MOST_TOLD) say(describeFailedPoint(point));
    else if (failed === MOST_TOLD + 1) say('more points fail; the end result has all of them');
    runs += count;
    lost += count;
    onProgress(runs, lost, design.runs);
  };
  let journal: Journal<PointRecord> | undefined;
  try {
    journal = Journal.open(path, records);
    const pool = new PointPool(order.experiment, workers, {
      limits: { ...order.limits, ...limits },
      measures: design.measures,
      signal,
      onLost: ({ run, name, message }) => say(`run ${run} of a point: ${name}: ${message}`),
    });
    const points = new KeptPoints({ pool, records, journal, clock, onPoint, onFailed });
    let result: R;
    try {
      result = await design.run(points);
    } finally {
      await pool.close(); // until then points may come in, and are kept
    }
    const timing = { started: order.started, seconds: clock(), workers };
    const part = writeDesign(path, design, result, points.failures, order, timing);
    invariant(
      before === undefined || before.sha256 === part.sha256,
      `${part.file}, made anew, has other bytes than before`,
    );
    journal.close();
    sweep(path, order, [part]);
    return { result, failures: points.failures };
  } catch (error) {
    if (!(error instanceof PointError)) throw asUnfinished(error, path, `${kept} points`);
    if (kept > 0 || before !== undefined)
      throw new PointError(`${error.message}; ${kept} points are kept in ${path}`);
    removeResults(folder, order);
    throw error;
  } finally {
    journal?.close();
  }
}
