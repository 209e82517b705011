/** Margins along a path of prices in an experiment file: what the prices are, and the margins that are compared. */
import { z } from 'zod';
import { at, ConfigError } from '../../core/errors.ts';
import { count, duration, fraction, number, share } from '../../core/settings.ts';
import { MOST } from '../../core/whole.ts';
import type { MarginSettings } from '../../clearing/policy/margin.ts';
import { marginFiles, marginSchema } from '../../clearing/policy/margin.ts';
import { MarginPath } from './margin-path.ts';
import type { CommonFields } from '../../experiment/experiment.ts';
import { commonShape, defineModel } from '../../experiment/experiment.ts';
import type { Reading } from '../../experiment/experiment.ts';

const MOST_STEPS = 10_000_000;

/** What the division of two doubles may be off by, relative: several times their precision. */
const ROUNDING = 1e-14;

const garchSchema = z
  .strictObject({
    alpha: fraction({ below: 1 }).describe('α: weight of the last squared return.'),
    beta: fraction({ below: 1 }).describe('β: weight of the last variance.'),
    volatility: share({ above: 0, below: 1 }).describe(
      'Standard deviation of the return of a step, in the long run.',
    ),
  })
  .refine(({ alpha, beta }) => alpha + beta < 1, { path: ['beta'], error: 'alpha + beta must be below 1' });

const settingsSchema = z.strictObject({
  prices: z
    .union([
      z.strictObject({ garch: garchSchema }).describe('Drawn anew in each run.'),
      z
        .strictObject({
          history: z.string().describe('CSV of prices (time, price), one a step.'),
          tick: number({ least: 1e-9 })
            .default(0.01)
            .describe('Smallest step of the price, to which prices are rounded.'),
        })
        .describe('A real history: one run.'),
    ])
    .describe('The path of prices.'),
  step: duration({ positive: true }).describe('Time between prices.'),
  burn_in: count({ least: 0, most: MOST_STEPS }).describe('Steps before what is measured.'),
  steps: count({ least: 2, most: MOST_STEPS })
    .optional()
    .describe('Steps measured; of a history, all that are left if left out.'),
  horizon: duration({ positive: true })
    .optional()
    .describe('Time over which a loss is compared with the margin at its beginning; a step if left out.'),
  margins: z
    .record(
      z.string().regex(/^[\w-]+$/, { error: 'a margin’s name is made of letters, digits, - and _' }),
      marginSchema,
    )
    .refine((margins) => Object.keys(margins).length > 0, 'needs at least one margin')
    .describe('Compared on the same prices, by name.'),
});

type Written = z.output<typeof settingsSchema>;

export interface ProcyclicalityBlock {
  readonly prices: Written['prices'];
  readonly step_us: number;
  readonly burn_in: number;
  readonly steps: number;
  /** Steps over which a loss is compared with the margin. */
  readonly horizon: number;
  readonly margins: Readonly<Record<string, MarginSettings>>;
  /** The real history in ticks, if that is what the prices are. */
  readonly path: Int32Array | undefined;
  /** Contents of the files that margins name. */
  readonly data: Readonly<Record<string, Float64Array | number[][]>>;
}
export type ProcyclicalityExperiment = CommonFields & {
  readonly model: 'procyclicality';
  readonly procyclicality: ProcyclicalityBlock;
};

export const procyclicality = defineModel({
  block: 'procyclicality',
  about: 'Margin requirements along a path of prices, drawn or real, without a market: how much they swing.',
  schema: z.strictObject({ ...commonShape, procyclicality: settingsSchema }),
  read({ runs, procyclicality: written }, reading) {
    const { problems } = reading;
    const path = problems.attempt(['procyclicality', 'prices'], () => readPath(written, reading));
    problems.check();
    const block = problems.attempt(['procyclicality'], () => blockOf(written, path, runs));
    const data: Record<string, Float64Array | number[][]> = {};
    for (const [name, margin] of Object.entries(written.margins)) {
      problems.attempt(['procyclicality', 'margins', name], () =>
        checkMargin(margin, written.step, data, reading),
      );
    }
    problems.check();
    return { model: 'procyclicality' as const, procyclicality: { ...block!, data } };
  },
});

/** Refuses what would be inside the paths of the whole file, rather than of its block. */
function blockOf(
  written: Written,
  path: Int32Array | undefined,
  runs: number,
): Omit<ProcyclicalityBlock, 'data'> {
  const { prices, step, burn_in, horizon = step, margins } = written;
  const left = path === undefined ? Infinity : path.length - burn_in;
  const steps = written.steps ?? left;
  if (path !== undefined && runs !== 1)
    throw new ConfigError(['prices'], `a history is one run; set runs to 1, not ${runs}`);
  if (steps === Infinity) throw new ConfigError(['steps'], 'missing: a drawn path has no end of its own');
  if (steps > left || steps < 2) {
    throw new ConfigError(
      ['burn_in'],
      `the history has ${path!.length} prices, too few for burn_in and steps`,
    );
  }
  if (horizon % step !== 0) throw new ConfigError(['horizon'], 'must be a multiple of step');
  return { prices, step_us: step, burn_in, steps, horizon: horizon / step, margins, path };
}

function readPath({ prices, step }: Written, { files }: Reading): Int32Array | undefined {
  if (!('history' in prices)) return undefined;
  const { history, tick } = prices;
  return at(['history'], () => {
    let off = 0;
    const path = Int32Array.from(files.prices(history, step), (price) => {
      const exact = price / tick;
      const ticks = Math.round(exact);
      if (Math.abs(exact - ticks) > ROUNDING * ticks) off++;
      if (ticks >= 1 && ticks <= MOST.ticks) return ticks;
      throw new ConfigError([], `a price of ${price} is ${ticks} ticks of ${tick}; use another tick`);
    });
    if (off > 0)
      files.warn(
        `${history}: ${off} of ${path.length} prices are no multiples of the tick, ${tick}; rounded`,
      );
    return path;
  });
}

/** Reads the files that a margin names into `data`, and compiles it once, for the errors. */
function checkMargin(
  margin: MarginSettings,
  step_us: number,
  data: Record<string, Float64Array | number[][]>,
  { files }: Reading,
): void {
  for (const { file, kind, path, step_us } of marginFiles(margin)) {
    data[file] = at(path, () => (kind === 'prices' ? files.prices(file, step_us) : files.tiers(file)));
  }
  const { interval_us } = new MarginPath(margin, (file) => data[file], step_us);
  if (interval_us === undefined || interval_us % step_us === 0) return;
  throw new ConfigError(
    ['interval'],
    `prices come every ${step_us / 1e6} s: needs that, or a multiple of it`,
  );
}
