/** The folder that a design's results go to: points.parquet, one row a point, and a JSON document that explains it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Experiment } from '../experiment/index.ts';
import { ResultsError } from '../compare/results.ts';

export interface PointColumn {
  readonly name: string;
  readonly unit: string;
  readonly about: string;
  /** One value a point. */
  readonly values: readonly number[];
}

export interface DesignOutput {
  /** `tune`, `sensitivity`: also the name of the JSON document. */
  readonly kind: string;
  readonly experiment: Experiment;
  readonly version: string;
  readonly command: string;
  readonly seconds: number;
  readonly out: string | undefined;
  readonly columns: readonly PointColumn[];
  readonly result: object;
}

/** Refuses a folder that holds something, before the work begins. Throws ResultsError. */
export function checkOut(out: string | undefined): void {
  if (out !== undefined && existsSync(out) && readdirSync(out).length > 0) {
    throw new ResultsError(`--out ${out}: the folder exists and is not empty`);
  }
}

/** Writes both files; returns the folder. Throws ResultsError where it cannot. */
export function writeDesign({
  kind,
  experiment,
  version,
  command,
  seconds,
  out,
  columns,
  result,
}: DesignOutput): string {
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, values }) => ({
        name,
        data: Float64Array.from(values),
        type: 'DOUBLE',
        nullable: false,
      })),
    }),
  );
  const document = {
    unwind: version,
    command,
    experiment: experiment.name,
    question: experiment.question,
    seed: experiment.seed,
    sets: experiment.sets,
    inputs: experiment.inputs,
    seconds,
    points: {
      file: 'points.parquet',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      columns: columns.map(({ name, unit, about }) => ({ name, unit, about })),
    },
    ...result,
  };
  const folder = out ?? freeName(experiment, kind);
  try {
    makeFolder(folder);
    writeFileSync(join(folder, 'points.parquet'), bytes);
    writeFileSync(join(folder, `${kind}.json`), `${JSON.stringify(document, null, 2)}\n`);
  } catch (error) {
    throw new ResultsError(`cannot write to ${folder}: ${(error as Error).message}`);
  }
  return folder;
}

/** With its parents, one by one: Node's own recursion never ends where a parent cannot be made (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** results/NAME/KIND-DATE, with a number behind it if it is there already. */
function freeName(experiment: Experiment, kind: string): string {
  const base = join('results', experiment.name, `${kind}-${new Date().toISOString().slice(0, 10)}`);
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!existsSync(name)) return name;
  }
}
