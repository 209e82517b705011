/** A latent book in the lab: the impact of a metaorder in units of √(D·t), and what is left of it later. */
import { keyOfRun } from '../../core/seed.ts';
import { LatentBook } from './world.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import type { LatentBookExperiment } from './file.ts';
import { depthOf } from './file.ts';
import type { Model } from '../model.ts';
import { RUN, real } from '../columns.ts';

export const latentBook: Model<LatentBookExperiment> = {
  name: 'latent_book',
  tables: [
    {
      name: 'runs',
      about: 'One metaorder a row.',
      columns: [
        RUN,
        real('impact', '√(D·t)', 'A: move of the price while it buys.'),
        real('left', 'share', 'Of its peak, at the end of the run; NaN if that is T.'),
      ],
    },
  ],
  cells: () => [{ labels: {} }],
  prepare(experiment) {
    const { until, ...settings } = experiment.latent_book;
    const model = new LatentBook({ ...settings, depth_ticks: depthOf(settings) });
    return {
      run(run, record) {
        const { impact, left } = model.run(keyOfRun(experiment.seed, run), until);
        record('runs', [run, impact, left]);
      },
    };
  },
  summarise(_experiment, cells) {
    const { impact, left } = cells[0]! as Record<string, Float64Array>;
    return {
      cells: [
        {
          labels: {},
          runs: impact!.length,
          metrics: {
            impact: meanInterval(impact!),
            left: meanInterval(left!.filter((value) => !Number.isNaN(value))),
          },
        },
      ],
      comparisons: [],
    };
  },
};
