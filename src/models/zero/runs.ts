/** The zero-intelligence market in the lab: its mean spread, in ticks and in units of the characteristic price. */
import { keyOfRun } from '../../core/seed.ts';
import { ZeroIntelligence } from './zero-intelligence.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { within } from '../../stats/estimate.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import type { ZeroExperiment } from './file.ts';
import type { Model } from '../model.ts';
import { RUN, real } from '../columns.ts';

type Settings = ZeroExperiment['zero'];

/** p_c = μ/2α, the characteristic price, in ticks. */
export function ticksPerPc({ market_rate, limit_rate, tick }: Settings): number {
  return market_rate / (2 * limit_rate * tick);
}

/** ε = 2δσ/μ, the granularity: orders cancelled per market order. */
export function granularity({ cancel_rate, order_size, market_rate }: Settings): number {
  return (2 * cancel_rate * order_size) / market_rate;
}

export const zero: Model<ZeroExperiment> = {
  name: 'zero',
  tables: [
    {
      name: 'runs',
      about: 'One run a row; the unit of time is that of the rates.',
      columns: [
        RUN,
        real('spread', 'ticks', 'Spread, averaged over time with both quotes.'),
        real('quoted', 'share', 'Share of the time with both quotes.'),
        real('events', 'events', 'Limit and market orders, cancellations.'),
      ],
    },
  ],
  cells: () => [{ labels: {} }],
  prepare(experiment) {
    const { limit_rate, order_size, cancel_rate, market_rate, tick, window, warm_up, time } = experiment.zero;
    const model = new ZeroIntelligence({
      limit_rate: (limit_rate * tick) / order_size,
      market_rate: market_rate / (2 * order_size),
      cancel_rate,
      lots: order_size,
      window: Math.round(window * ticksPerPc(experiment.zero)),
      warm_up: warm_up / cancel_rate,
      time: time / cancel_rate,
    });
    return {
      run(run, record) {
        model.run(keyOfRun(experiment.seed, run));
        const { area, quoted, measured, events } = model.result;
        record('runs', [run, area[0]! / quoted[0]!, quoted[0]! / measured[0]!, events[0]!]);
      },
    };
  },
  summarise(experiment, cells) {
    const { spread, quoted } = cells[0]! as Record<string, Float64Array>;
    const seen = spread!.filter((value) => !Number.isNaN(value));
    const mean = within(meanInterval(seen), 0, Infinity);
    const pc = ticksPerPc(experiment.zero);
    return {
      cells: [
        {
          labels: {},
          runs: spread!.length,
          metrics: {
            mean_spread: mean,
            spread_over_pc: scaled(mean, 1 / pc),
            quoted: within(meanInterval(quoted!), 0, 1),
            ticks_per_pc: pc,
            granularity: granularity(experiment.zero),
          },
        },
      ],
      comparisons: [],
    };
  },
};

function scaled({ value, low, high }: Estimate, factor: number): Estimate {
  return { value: value * factor, low: low * factor, high: high * factor };
}
