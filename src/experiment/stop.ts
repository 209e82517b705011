/** When an experiment has enough runs: a time, or an interval that is narrow enough. Without a stop it makes all `runs`. */
import { z } from 'zod';
import { count, duration, number } from '../core/settings.ts';

export const stopSchema = z
  .strictObject({
    time: duration({ positive: true })
      .optional()
      .describe('No further round of runs begins after this time; what has begun is finished and counts.'),
    metric: z
      .string()
      .optional()
      .describe('Stops when the interval of this metric is narrow enough, such as p_systemic.'),
    half_width: number({ above: 0 })
      .optional()
      .describe('Half the width of the 95 % interval that is narrow enough, in the unit of the metric.'),
    cells: z
      .record(z.string(), z.string())
      .optional()
      .describe(
        'The cells that are looked at, by their labels, such as { policy: flat-20x }; all if left out.',
      ),
    check_every: count({ least: 2 })
      .default(100)
      .describe('Runs of each cell in a round; only between rounds an experiment may stop.'),
  })
  .refine(({ time, metric }) => time !== undefined || metric !== undefined, {
    error: 'needs time, or metric and half_width',
  })
  .refine(({ metric, half_width }) => (metric === undefined) === (half_width === undefined), {
    path: ['half_width'],
    error: 'metric and half_width need each other',
  })
  .meta({ description: 'Ends before all runs are made. All cells make the same runs.' });

export type StopRule = z.output<typeof stopSchema>;
