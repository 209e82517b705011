/**
 * `markets`: policies are compared on many plausible markets, draws of a calibration's posterior, instead of on one. A draw is
 * a list of changes to the experiment's settings, by their paths.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { at, ConfigError } from '../core/errors.ts';
import { amount, count, number } from '../core/settings.ts';
import { EXPERIMENTS } from './package-folder.ts';
import type { DataFiles } from './data-files.ts';

export const marketsSchema = z
  .strictObject({
    posterior: z
      .string()
      .min(1)
      .describe('A file of draws, or its name in experiments/posterior; posterior: that of market.yaml.'),
    draws: count({ least: 2, most: 10_000 })
      .default(40)
      .describe('Markets that are drawn from it, in proportion to their weights.'),
    tornado: z
      .tuple([z.string(), z.string()])
      .optional()
      .describe(
        'The two policies whose difference is looked at setting by setting; if left out, of each metric the best two whose ' +
          'order depends on the market.',
      ),
  })
  .describe('For unwind compare: policies are ranked on draws of a posterior.');

export type MarketsBlock = z.output<typeof marketsSchema>;

const posteriorSchema = z.strictObject({
  made_by: z.string(),
  seed: z.string(),
  points: number(),
  parameters: z
    .array(
      z.strictObject({
        path: z.string(),
        unit: z.string(),
        scale: z.enum(['linear', 'log']),
        whole: z.boolean(),
        low: number(),
        high: number(),
        median: number(),
        /** One standard deviation of the posterior below and above, as a normal law has them: its 16 and 84 % quantiles. */
        below: number(),
        above: number(),
      }),
    )
    .min(1),
  draws: z
    .array(z.strictObject({ weight: number({ least: 0 }), changes: z.record(z.string(), amount) }))
    .min(2)
    .refine((draws) => draws.some(({ weight }) => weight > 0), 'needs a draw with a weight above 0'),
});

/** A posterior as its file has it. */
export type PosteriorFile = z.output<typeof posteriorSchema>;

export type Markets = MarketsBlock & { readonly read: PosteriorFile };

/** Folder of the posteriors that come with the package, and the market whose posterior is meant where no name is given. */
const FOLDER = 'posterior';
const DEFAULT = 'market';

/** The block with the draws that it names. Throws ConfigError, its path from the block. */
export function readMarkets(block: MarketsBlock, files: DataFiles, experimentFile: string): Markets {
  const read = at(['posterior'], () => {
    const { file, text } = files.text(placeOf(block.posterior, files, experimentFile));
    let value: unknown;
    try {
      value = parse(text);
    } catch (error) {
      throw new ConfigError([], `${file} is no YAML: ${(error as Error).message.split('\n')[0]!}`);
    }
    const parsed = posteriorSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [{ path, message } = { path: [], message: '' }] = parsed.error.issues;
    throw new ConfigError(
      [],
      `${file} is no posterior that unwind calibrate writes: ${path.join('.')}: ${message}`,
    );
  });
  return { ...block, read };
}

/** As the experiment would name the file: its own folder goes first, then the package's. */
function placeOf(name: string, files: DataFiles, experimentFile: string): string {
  if (/\.ya?ml$/.test(name)) return name;
  const file = `${name === FOLDER ? DEFAULT : name}.yaml`;
  const own = join(FOLDER, basename(file));
  const isThere = (path: string): boolean => files.contents.has(path) || existsSync(path);
  if (isThere(join(dirname(experimentFile), own))) return own;
  return relative(dirname(experimentFile), join(EXPERIMENTS, own));
}
