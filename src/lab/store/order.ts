/**
 * What a results folder is the result of: written before the first run, so that the folder alone is enough to go on. The
 * experiment is kept as the files that it was read from, and is read again from them alone, with all the checks that a
 * file of the user's passes: a folder may come from anybody. Its text lies beside it for people.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { codeHash } from './code-hash.ts';
import { writeWhole } from './durable.ts';
import type { Input } from '../../experiment/data-files.ts';
import type { Experiment } from '../../models/experiment.ts';
import { readExperiment } from '../../models/experiment.ts';
import { isAgreed } from '../../models/plug-ins/kept.ts';
import { sha256 } from './sha256.ts';
import type { OnlyRun } from '../plan/plan.ts';
import { shellCommand } from './shell-command.ts';
import type { RunLimits } from '../plan/limits.ts';
import { OutputError } from './output-error.ts';
import { readOwn } from './own-file.ts';
import { readSealed, sealed } from './sealed.ts';
import { inputSchema, plugInSchema } from './shapes.ts';

const DESIGNS = ['tune', 'sensitivity', 'calibrate', 'markets'] as const;
export type DesignKind = (typeof DESIGNS)[number];

const TITLES = {
  run: 'run',
  tune: 'search (unwind tune)',
  sensitivity: 'sensitivity analysis',
  calibrate: 'calibration',
  markets: 'comparison over markets',
} as const;

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

const count = z.number().int().min(0);

/** `run.json`: the order; of the experiment its name and what was changed, and the files that it was read from. */
const headerSchema = z.strictObject({
  unwind: z.string(),
  code: z.string(),
  command: z.string(),
  started: z.string(),
  design: z.enum(DESIGNS).optional(),
  audited: z.array(count),
  only: z.strictObject({ run: count, cell: count.optional() }).optional(),
  limits: z.strictObject({ timeout_s: z.number().positive(), memory_mb: z.number().positive() }),
  experiment: z.strictObject({
    name: z.string(),
    file: z.string(),
    seed: z.string(),
    runs: count.min(1),
    sets: z.array(z.string()),
    data_roots: z.array(z.string()),
  }),
  /** The experiment's own first. What is no text stands in base64. */
  inputs: z.array(inputSchema.extend({ text: z.string(), base64: z.boolean().optional() })).min(1),
  /** What its plug-ins were, for people: this text is never run. */
  plug_ins: z.array(plugInSchema.extend({ text: z.string() })).optional(),
});

type Header = z.output<typeof headerSchema>;

export const HEADER = 'run.json';
export const TEXT = 'experiment.yaml';

/** The header comes first, and whole: where there is one, all is there to go on. */
export function writeOrder(folder: string, order: Order): void {
  const { experiment, ...rest } = order;
  const { name, file, seed, runs, sets, dataRoots, contents } = experiment;
  const inputs = experiment.inputs.map((input) => ({ ...input, ...asText(contents.get(input.file)!) }));
  const named = { name, file, seed, runs, sets, data_roots: dataRoots };
  const { plugIns } = experiment;
  const header = { ...rest, experiment: named, inputs, ...(plugIns && { plug_ins: plugIns }) };
  writeWhole(join(folder, HEADER), sealed(HEADER, header));
  writeWhole(join(folder, TEXT), experiment.source);
}

/** Throws OutputError where the folder holds none, or one that is damaged or cannot be read by this code. */
export function readOrder(folder: string): Order {
  const header = headerOf(folder);
  const { experiment: named, inputs, plug_ins: keptPlugIns = [], ...rest } = header;
  const { file, seed, runs, sets, data_roots: dataRoots } = named;
  const kept = new Map(inputs.map((input) => [input.file, bytesOf(input)]));
  const changed = inputs.find((input) => sha256(kept.get(input.file)!) !== input.sha256);
  if (changed !== undefined)
    throw new OutputError(`${join(folder, HEADER)}: ${changed.file} in it was changed since the work began`);
  let experiment: Experiment;
  try {
    // Without the folders that it allows to read from: all that it needs is kept.
    experiment = readExperiment(file, { sets, runs, seed, contents: kept, keptPlugIns });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new OutputError(
      `${cannotGoOn(folder, header, codeHash())}: ${error.describe().replaceAll(/\s*\n\s*/g, '; ')}`,
    );
  }
  const sums = (all: readonly { readonly sha256: string }[]): string =>
    all.map((input) => input.sha256).join(' ');
  if (sums(experiment.inputs) !== sums(inputs))
    throw new OutputError(
      `${cannotGoOn(folder, header, codeHash())}: presets or data of the program have changed`,
    );
  const contents = new Map([...experiment.contents, ...kept]);
  return {
    ...rest,
    experiment: { ...experiment, dataRoots, inputs: inputs.map(withoutText), contents },
  };
}

/** The experiment's text as the order has it, which need not be read for it. Throws OutputError. */
export function textIn(folder: string): string {
  return Buffer.from(bytesOf(headerOf(folder).inputs[0]!)).toString('utf8');
}

/** True: runs of the folder were made with plug-ins, and the user has not agreed to run them. Throws OutputError. */
export function wantsAgreement(folder: string): boolean {
  return (headerOf(folder).plug_ins ?? []).length > 0 && !isAgreed();
}

/** When the work of a folder began; undefined: nothing can be read that says so. */
export function startedIn(folder: string): string | undefined {
  try {
    return headerOf(folder).started;
  } catch (error) {
    if (error instanceof OutputError) return undefined;
    throw error;
  }
}

function headerOf(folder: string): Header {
  const document = readSealed(folder, HEADER);
  if (document === undefined)
    throw new OutputError(`${folder}: no results folder: there is no ${HEADER} in it`);
  const header = headerSchema.safeParse(document);
  if (header.success) return header.data;
  throw new OutputError(
    `${join(folder, HEADER)} does not say what was run, or says it as another version of unwind does`,
  );
}

function cannotGoOn(folder: string, { unwind, code }: Header, own: string): string {
  return `${join(folder, HEADER)}: begun by unwind ${unwind} (code ${code}); this code (${own}) cannot read the experiment`;
}

/** Writes the text that lies beside the order for people anew where it is not as it was written. */
export function mendText(folder: string, order: Order, onDamage: (file: string, what: string) => void): void {
  const damage = damageOfText(folder, order.experiment.source);
  if (damage === undefined) return;
  onDamage(TEXT, damage);
  try {
    writeWhole(join(folder, TEXT), order.experiment.source);
  } catch (error) {
    throw new OutputError(`${join(folder, TEXT)} cannot be written: ${(error as Error).message}`);
  }
}

/** What is wrong with it; undefined: nothing. */
export function damageOfText(folder: string, text: string): string | undefined {
  try {
    const bytes = readOwn(folder, TEXT);
    if (bytes === undefined) return 'is missing';
    return bytes.toString('utf8') === text ? undefined : 'is not as it was written';
  } catch (error) {
    if (error instanceof OutputError) return 'cannot be read';
    throw error;
  }
}

function withoutText({ text: _, base64: __, ...input }: Header['inputs'][number]): Input {
  return input as Input;
}

function asText(bytes: Uint8Array): { readonly text: string; readonly base64?: boolean } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = buffer.toString('utf8');
  return Buffer.from(text).equals(buffer) ? { text } : { text: buffer.toString('base64'), base64: true };
}

function bytesOf({ text, base64 = false }: Header['inputs'][number]): Uint8Array {
  return new Uint8Array(Buffer.from(text, base64 ? 'base64' : 'utf8'));
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
    return headerOf(folder).design;
  } catch (error) {
    if (error instanceof OutputError) return undefined;
    throw error;
  }
}

/** Throws OutputError where the code that would go on is not the code that began. */
export function requireSameCode(folder: string, order: Order, version: string, code: string): void {
  if (order.unwind === version && order.code === code) return;
  const [theirs, ours] = [`${order.unwind} (code ${order.code})`, `${version} (code ${code})`];
  const verb = order.design === 'markets' ? 'compare' : (order.design ?? 'run');
  const anew = shellCommand(verb, order.experiment.file);
  throw new OutputError(
    `${folder}: begun by unwind ${theirs}; this is ${ours}, whose results may differ: go on with that one, or make a new ` +
      `${titleOf(order.design)}: ${anew}`,
  );
}
