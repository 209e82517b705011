/** What every experiment has, whatever its model: plain data that goes to worker threads as it is. */
import { z } from 'zod';
import { runs } from '../core/settings.ts';
import type { Contents, DataFiles, Input } from './data-files.ts';
import type { SensitivityBlock, TuneBlock } from './design-blocks.ts';
import { sensitivitySchema, tuneSchema } from './design-blocks.ts';
import { stopSchema } from './stop.ts';
import type { StopRule } from './stop.ts';
import type { Parts } from './parts.ts';
import type { Problems } from './problems.ts';
import type { Source } from './source.ts';

export const commonShape = {
  question: z.string().min(1).describe('What the experiment asks, in one sentence.'),
  seed: z
    .string({ error: 'needs a text or a number' })
    .min(1, 'needs some text')
    .describe('All randomness follows from it: the characters as they are written.')
    .meta({ type: ['string', 'number'] }),
  runs: runs().describe(
    'Runs of each cell, or the most of them if there is a stop; run number n has the same luck in all cells.',
  ),
  stop: stopSchema.optional(),
  tune: tuneSchema.optional(),
  sensitivity: sensitivitySchema.optional(),
  plugins: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Files (./contrarian.ts) or packages whose traders, rules, rungs … can be named here.'),
} as const;

/** Code of a plug-in: how the experiment names it, what runs, and its hash. */
export interface PlugInText {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

export interface CommonFields {
  readonly question: string;
  readonly seed: string;
  /** Of each cell; the most of them if there is a stop. */
  readonly runs: number;
  readonly stop?: StopRule | undefined;
  readonly tune?: TuneBlock | undefined;
  readonly sensitivity?: SensitivityBlock | undefined;
  /** Code of its plug-ins; left out: none. */
  readonly plugIns?: readonly PlugInText[];
  /** The experiment's file without folder and extension. */
  readonly name: string;
  /** The file as it was named to `readExperiment`. */
  readonly file: string;
  /** Text of that file. */
  readonly source: string;
  /** What was changed on the command line, `path=value`. */
  readonly sets: readonly string[];
  /** Folders beside the experiment's own that its data files were allowed to lie in. */
  readonly dataRoots: readonly string[];
  /** Every file that was read, the experiment's own first. */
  readonly inputs: readonly Input[];
  /** What is odd about the data, but no error: a sentence each. */
  readonly warnings: readonly string[];
  /** What was in them: enough to read it again with other settings. */
  readonly contents: Contents;
}

/** What a model's reader may use. */
export interface Reading {
  readonly source: Source;
  readonly problems: Problems;
  readonly files: DataFiles;
}

/** A model as an experiment file knows it. */
export interface ModelReader<S extends z.ZodObject, E> {
  /** The block of the file whose presence chooses the model. */
  readonly block: string;
  /** One sentence that says its assumption. */
  readonly about: string;
  /** The whole file. */
  readonly schema: S;
  /** Which parts can be judged when others are broken; without it none. */
  readonly parts?: Parts;
  /**
   * From the parsed file (or its sound parts) to what the model adds to the common fields. Puts what is wrong to the
   * problems, and throws them where it cannot go on.
   */
  readonly read: (settings: z.output<S>, reading: Reading) => E;
}

export function defineModel<S extends z.ZodObject, E>(model: ModelReader<S, E>): ModelReader<S, E> {
  return model;
}

/** An experiment of a model that is all in its own block. */
export type BlockExperiment<B extends string, Settings> = CommonFields & { readonly model: B } & Readonly<
    Record<B, Settings>
  >;

/** Declares a model that is all in its own block, and is run on it as it is written. */
export function defineBlock<B extends string, S extends z.ZodType>(block: B, about: string, settings: S) {
  const schema = z.strictObject({ ...commonShape, [block]: settings });
  return defineModel({
    block,
    about,
    schema,
    read: (written) =>
      ({ model: block, [block]: (written as Readonly<Record<string, unknown>>)[block] }) as {
        model: B;
      } & Record<B, z.output<S>>,
  });
}
