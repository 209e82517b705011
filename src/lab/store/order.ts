/**
 * What a results folder is the result of: written before the first run, so that the folder alone is enough to go on. The
 * experiment is kept as it was compiled, with the contents of its data files; its text lies beside it for people.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { codeHash } from '../code-hash.ts';
import { writeWhole } from '../durable.ts';
import type { Experiment } from '../experiment/index.ts';
import { sha256 } from '../parts.ts';
import type { OnlyRun } from '../plan.ts';
import type { RunLimits } from '../workers/limits.ts';
import { OutputError } from './output-error.ts';

export type DesignKind = 'tune' | 'sensitivity';

const TITLES = { run: 'run', tune: 'search (unwind tune)', sensitivity: 'sensitivity analysis' } as const;

/** What messages call the work that a folder is the result of, with `a` before it. */
export function titleOf(design: DesignKind | undefined): string {
  return TITLES[design ?? 'run'];
}

export interface Order {
  /** Version of the program, and hash of the code that makes results. */
  readonly unwind: string;
  readonly code: string;
  /** The command line. */
  readonly command: string;
  /** When it began, ISO 8601. */
  readonly started: string;
  readonly experiment: Experiment;
  /** Which design varies its settings; undefined: it is run as it is. */
  readonly design?: DesignKind | undefined;
  /** Runs that also write their audit journal. */
  readonly audited: readonly number[];
  readonly only?: OnlyRun | undefined;
  /** What a run may take. */
  readonly limits: RunLimits;
}

/** `run.json`: the order but for the experiment, of which the checksum of the file beside it. */
interface Header extends Omit<Order, 'experiment'> {
  readonly experiment: { readonly name: string; readonly seed: string; readonly sets: readonly string[] };
  readonly experiment_sha256: string;
}

export const HEADER = 'run.json';
export const COMPILED = 'experiment.v8';
export const TEXT = 'experiment.yaml';

/** The header comes last: where there is one, all is there. */
export function writeOrder(folder: string, order: Order): void {
  const { experiment, ...rest } = order;
  const compiled = serialize(experiment);
  const { name, seed, sets, source } = experiment;
  writeWhole(join(folder, TEXT), source);
  writeWhole(join(folder, COMPILED), compiled);
  const header: Header = { ...rest, experiment: { name, seed, sets }, experiment_sha256: sha256(compiled) };
  writeWhole(join(folder, HEADER), `${JSON.stringify(header, null, 2)}\n`);
}

/** Throws OutputError where the folder holds none, or a changed one. */
export function readOrder(folder: string): Order {
  let header: Header;
  try {
    header = JSON.parse(readFileSync(join(folder, HEADER), 'utf8')) as Header;
  } catch (error) {
    if (error instanceof SyntaxError) throw new OutputError(`${join(folder, HEADER)}: ${error.message}`);
    throw new OutputError(`${folder}: no results folder: there is no ${HEADER} in it`);
  }
  let compiled: Buffer;
  try {
    compiled = readFileSync(join(folder, COMPILED));
  } catch (error) {
    throw new OutputError(`${folder}: its inputs cannot be read: ${(error as Error).message}`);
  }
  if (sha256(compiled) !== header.experiment_sha256) {
    throw new OutputError(
      `${join(folder, COMPILED)}: the inputs were changed since the ${titleOf(header.design)} began`,
    );
  }
  const { experiment_sha256: _checked, ...rest } = header;
  return { ...rest, experiment: deserialize(compiled) as Experiment };
}

/** Of work that begins now, with the code that is running. */
export function newOrder(
  experiment: Experiment,
  { version, command }: { readonly version: string; readonly command: string },
  what: Pick<Order, 'limits'> & Partial<Pick<Order, 'design' | 'audited' | 'only'>>,
): Order {
  const started = new Date().toISOString();
  return { unwind: version, code: codeHash(), command, started, experiment, audited: [], ...what };
}

/** Of a folder; undefined where it is of a run, or nothing that can be read. */
export function designIn(folder: string): DesignKind | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, HEADER), 'utf8')) as Header).design;
  } catch {
    return undefined;
  }
}

/** Throws OutputError where the code that would go on is not the code that began. */
export function requireSameCode(folder: string, order: Order, version: string, code: string): void {
  if (order.unwind === version && order.code === code) return;
  const [theirs, ours] = [`${order.unwind} (code ${order.code})`, `${version} (code ${code})`];
  const anew = `npx unwind ${order.design ?? 'run'} ${order.experiment.file}`;
  throw new OutputError(
    `${folder}: begun by unwind ${theirs}; this is ${ours}, whose results may differ: go on with that one, or make a new ` +
      `${titleOf(order.design)}: ${anew}`,
  );
}
