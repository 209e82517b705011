/** Blocks that vary an experiment's own settings: `tune`, a search for better ones, and `sensitivity`, what they matter. */
import { z } from 'zod';
import { amount, count, runs } from '../core/settings.ts';

const range = z
  .tuple([amount, amount], { error: 'needs [lowest, highest]' })
  .describe('[lowest, highest], with units where the setting has one: [1 s, 10 min].');

export const parameters = z
  .record(
    z.string().regex(/^[^.[\]\s]+(?:\.[^.[\]\s]+|\[\d+\])*$/, {
      error: 'needs the path of a setting, such as policies.mine.margin.leverage',
    }),
    z.union([
      range,
      z.strictObject({
        range,
        scale: z.enum(['linear', 'log']).default('linear').describe('log: each factor counts the same.'),
        whole: z.boolean().default(false).describe('Whole numbers only.'),
      }),
    ]),
  )
  .refine((all) => Object.keys(all).length > 0, 'needs at least one parameter')
  .describe('Settings by their paths, as --set names them, with the range of each.');

const policy = z
  .string()
  .optional()
  .describe('Whose results count; the policy that the parameters name if left out. Means over its shocks.');

const objectives = z.array(z.string()).default([]);

export const tuneSchema = z
  .strictObject({
    parameters,
    policy,
    minimise: objectives.describe('Metrics of the results, such as margin_posted, bad_debt, p_systemic.'),
    maximise: objectives.describe('The same, where more is better, such as lac.'),
    budget: z
      .union([
        count({ least: 1, most: 100_000 }),
        z.string().regex(/^\d+ evaluations$/, { error: 'needs a number' }),
      ])
      .default(60)
      .describe('Points that are evaluated, each by all runs: 60, or 60 evaluations.'),
    finalists: count({ least: 1, most: 10_000 })
      .default(5)
      .describe('Best points that are run again on fresh seeds.'),
    fresh_runs: runs({ least: 2 })
      .optional()
      .describe('Runs of each finalist on fresh seeds; as many as in the search if left out.'),
  })
  .refine(({ minimise, maximise }) => minimise.length + maximise.length > 0, {
    path: ['minimise'],
    error: 'needs a metric to minimise or to maximise',
  })
  .describe('For unwind tune: which settings may be changed, and what is wanted of them.');

export const sensitivitySchema = z
  .strictObject({
    parameters,
    policy,
    outputs: z
      .array(z.string())
      .min(1)
      .describe(
        'Columns of the table runs, such as bad_debt, systemic, share: a point’s output is the mean of its runs.',
      ),
    design: z
      .enum(['sobol', 'latin-hypercube', 'grid'])
      .default('sobol')
      .describe('How points fill the ranges.'),
    points: count({ least: 2, most: 65_536 })
      .default(64)
      .describe('Points of the design; of a grid, values of each parameter. Powers of two suit sobol best.'),
    indices: z
      .boolean()
      .optional()
      .describe(
        'Sobol indices: takes points · (parameters + 2) evaluations. Yes, if left out, but of a grid, which has none.',
      ),
  })
  .describe('For unwind sensitivity: how much each setting moves the results.');

export type WrittenParameters = z.output<typeof parameters>;
export type TuneBlock = z.output<typeof tuneSchema>;
export type SensitivityBlock = z.output<typeof sensitivitySchema>;
