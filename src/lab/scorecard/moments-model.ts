/** The moments of a run as one row of a table, as runs of a design are recorded. */
import type { MarketExperiment } from '../../models/experiment.ts';
import { market } from '../../models/market/index.ts';
import type { Model, TableInfo } from '../../models/model.ts';
import type { Moment } from '../../scorecard/facts/moments.ts';
import { momentIn, moments } from '../../scorecard/facts/moments.ts';
import { sampleOf } from './sample.ts';

export const momentsTable: TableInfo = {
  name: 'runs',
  about: 'Moments of one sample without shocks a row.',
  columns: [
    { name: 'run', type: 'INT32', unit: '', about: 'Number of the run.' },
    ...moments.map(({ name, about }) => ({ name, type: 'DOUBLE' as const, unit: '', about })),
  ],
};

/** A market that is watched instead of run under its shocks and policies: one cell. What nobody asked for is NaN. */
export const momentsModel: Pick<Model<MarketExperiment>, 'prepare' | 'kinds'> = {
  ...(market.kinds && { kinds: market.kinds }),
  prepare: (experiment) => {
    const { days = 1, read = [] } = experiment.calibrate ?? {};
    const asked = moments.filter(({ name }) => read.some(({ moment }) => moment === name));
    const probed = asked.some((moment) => 'answer' in moment);
    return {
      run(run, record) {
        const sample = sampleOf(experiment, run, { days, probed });
        const value = (moment: Moment): number => (asked.includes(moment) ? momentIn(sample, moment) : NaN);
        record(momentsTable.name, [run, ...moments.map(value)]);
      },
    };
  },
};
