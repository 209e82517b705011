/** Procyclicality in the lab: how much each margin swings along the same paths, what it covers, and what it costs. */
import { DAY } from '../../core/units.ts';
import { garchPrices } from './garch.ts';
import { MarginPath } from './margin-path.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { within, withoutInterval } from '../../stats/estimate.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import { countBreaches, largestCall, meanOf, peakToTrough, troughToPeak } from './exact.ts';
import { wilson } from '../../stats/intervals/proportion.ts';
import { quantileInterval } from '../../stats/intervals/quantile.ts';
import type { ProcyclicalityExperiment } from './file.ts';
import type { ColumnInfo, Model } from '../model.ts';
import { RUN, int, real, text } from '../columns.ts';

/** Spans of calls, days. */
const CALL_DAYS = [1, 5, 30] as const;

const SHARE = { type: 'DOUBLE', unit: 'share' } as const;

const columns = [
  text('margin', 'Name of the margin.'),
  RUN,
  real('peak_to_trough', 'ratio', 'Highest over lowest margin.'),
  real('trough_to_peak', 'ratio', 'Largest rise from an earlier low.'),
  ...CALL_DAYS.map((days) => ({
    ...SHARE,
    name: `call_${days}d` as const,
    about: `Largest rise of the margin within ${days} d, of notional.`,
  })),
  { ...SHARE, name: 'mean_margin', about: 'Margin, averaged over the steps, of notional.' },
  int('periods', 'periods', 'Horizons that do not overlap.'),
  int('breaches_long', 'periods', 'Of these, a long lost more than its margin.'),
  int('breaches_short', 'periods', 'Of these, a short lost more than its margin.'),
] as const satisfies readonly ColumnInfo[];

type Name = Exclude<(typeof columns)[number]['name'], 'margin'>;

export const procyclicality: Model<ProcyclicalityExperiment> = {
  name: 'procyclicality',
  tables: [{ name: 'runs', about: 'One run a row, along the path of prices of that run.', columns }],
  cells: ({ procyclicality: { margins } }) => Object.keys(margins).map((margin) => ({ labels: { margin } })),
  prepare({ seed, procyclicality: block }, cell) {
    const { prices, step_us, burn_in, steps, horizon, margins, path, data } = block;
    const [name, settings] = Object.entries(margins)[cell]!;
    const margin = new MarginPath(settings, (file) => data[file], step_us);
    const drawn = path?.subarray(0, burn_in + steps) ?? new Int32Array(burn_in + steps);
    const all = new Float64Array(drawn.length);
    const [rates, ticks] = [all.subarray(burn_in), drawn.subarray(burn_in)];
    return {
      run(run, record) {
        if ('garch' in prices) garchPrices(prices.garch, `${seed}/${run}`, drawn);
        margin.run(drawn, all);
        const { periods, long, short } = countBreaches(rates, ticks, horizon);
        record('runs', [
          name,
          run,
          peakToTrough(rates),
          troughToPeak(rates),
          ...CALL_DAYS.map((days) => largestCall(rates, Math.round((days * DAY) / step_us))),
          meanOf(rates),
          periods,
          long,
          short,
        ]);
      },
    };
  },
  summarise({ procyclicality: { margins } }, cells) {
    return {
      cells: Object.keys(margins).map((margin, i) => {
        const runs = cells[i]! as Record<Name, Float64Array>;
        return { labels: { margin }, runs: runs.run.length, metrics: metricsOf(runs) };
      }),
      comparisons: [],
    };
  },
};

/** Medians of extremes over paths; means of what is a mean along a path already. */
function metricsOf(runs: Record<Name, Float64Array>): Record<string, Estimate> {
  const calls = CALL_DAYS.map((days) => [`call_${days}d`, median(runs[`call_${days}d`])] as const);
  return {
    peak_to_trough: median(runs.peak_to_trough),
    trough_to_peak: median(runs.trough_to_peak),
    ...Object.fromEntries(calls),
    mean_margin:
      runs.run.length === 1 ? withoutInterval(runs.mean_margin[0]!) : meanInterval(runs.mean_margin),
    breaches: breachShare(runs.breaches_long, runs.periods),
    breaches_short: breachShare(runs.breaches_short, runs.periods),
  };
}

function median(values: Float64Array): Estimate {
  const known = values.filter((value) => !Number.isNaN(value));
  const { value, low, high } = quantileInterval(known, 0.5);
  return { value, low, high };
}

/** Of one path, binomial: its periods do not overlap, but storms make breaches come together. Of several, their mean. */
function breachShare(breaches: Float64Array, periods: Float64Array): Estimate {
  if (breaches.length === 1) return wilson(breaches[0]!, periods[0]!);
  return within(meanInterval(breaches.map((count, i) => count / periods[i]!)), 0, 1);
}
