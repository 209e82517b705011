/**
 * Floor under any rule: max(M, N · rate), against procyclical margins that fall too low in quiet times (EMIR RTS 153/2013
 * Art. 28(1)(c): not lower than with volatility over ten years). The rate is given, or is a quantile of the absolute returns
 * of a long price history, or follows the volatility of the run's own marks over a long rolling window: z_c · σ · √(h/Δ).
 * Initial margin is raised in the same proportion as maintenance.
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { log } from '../../core/maths.ts';
import { normalQuantile } from '../../core/quantiles.ts';
import { count, duration, fraction } from '../../core/settings.ts';
import { historyFiles } from './risk-measure.ts';
import { referenceFactor, referenceRate, referenceSettings } from './reference-rate.ts';
import type { MarginRule, RuleContext } from './rule.ts';
import { cappedPpm, defineMarginWrapper, notionalOf, PPM, ratePpm, shareOf } from './rule.ts';
import { wrapping } from './wrapping.ts';

const settings = z.strictObject({
  ...referenceSettings('Least maintenance margin'),
  lookback: count({ least: 2, most: 100_000 })
    .optional()
    .describe('… or: from the volatility of the run’s own marks over so many updates.'),
  confidence: fraction({ above: 0.5, below: 1 })
    .default(0.99)
    .describe('With lookback: probability that a normal loss is covered.'),
  horizon: duration({ positive: true })
    .prefault('1 h')
    .describe('With lookback: time that it takes to close a position.'),
  interval: duration({ positive: true })
    .prefault('1 min')
    .describe('With lookback: time between updates, where the rule has none of its own.'),
  initial_factor: referenceFactor.describe('Least initial margin over least maintenance margin.'),
});

type Settings = z.output<typeof settings>;

/** Log of the last mark, count, place of the oldest, sum, and the squared returns, scaled to the horizon. */
const WINDOW = 4;

export const floor = defineMarginWrapper({
  name: 'floor',
  about:
    'The requirement never falls below a fixed share of notional, a quantile of past returns, or what long-run volatility asks.',
  settings,
  slots: ({ lookback }) => (lookback === undefined ? 0 : WINDOW + lookback),
  terms: 1,
  files: historyFiles,
  compile(settings, context, inner) {
    const { initial_factor, lookback } = settings;
    const { computed, inForce } = context;
    const notional = notionalOf(context.instruments);
    const fixed = lookback === undefined ? ratePpm(fixedRate(settings, context)) : 0;
    // Of the least maintenance, not of N: rounded up once for the rate, once for the money.
    const initialPpm = (ppm: number): number => Math.min(PPM, Math.ceil(ppm * initial_factor));
    return {
      ...inner,
      ...(lookback === undefined
        ? fixedFloor(inner, computed, fixed)
        : movingFloor(settings, context, inner, lookback)),
      maintenance(instrument, lots, mark) {
        const least = shareOf(notional(instrument, lots, mark), inForce[instrument]!);
        const required = inner.maintenance(instrument, lots, mark);
        return required > least ? required : least;
      },
      initial(instrument, lots, mark) {
        const least = shareOf(notional(instrument, lots, mark), initialPpm(inForce[instrument]!));
        const required = inner.initial(instrument, lots, mark);
        return required > least ? required : least;
      },
      rate(instrument) {
        const rate = inner.rate(instrument);
        return rate > computed[instrument]! ? rate : computed[instrument]!;
      },
    };
  },
});

function fixedRate(settings: Settings, { data }: RuleContext): number {
  return referenceRate(settings, data, ', or lookback');
}

function fixedFloor(inner: MarginRule, computed: Float64Array, ppm: number) {
  return wrapping(inner, undefined, {
    reset(instrument) {
      computed[instrument] = ppm;
    },
    update: () => false,
  });
}

/** The floor from the root mean square of the last returns; 0 before the first one. */
function movingFloor(
  settings: Settings,
  { state, computed }: RuleContext,
  inner: MarginRule,
  length: number,
) {
  const { rate, quantile, history, confidence, horizon, interval } = settings;
  if (rate !== undefined || quantile !== undefined || history !== undefined) {
    throw new ConfigError(['lookback'], 'there is a rate or a quantile already; keep one of them');
  }
  const multiple = normalQuantile(confidence);
  const stride = WINDOW + length;
  return wrapping(inner, interval, {
    reset(instrument, mark) {
      const at = instrument * stride;
      state.fill(0, at, at + stride);
      state[at] = log(mark);
      computed[instrument] = 0;
    },
    update(instrument, mark, elapsed_us) {
      const at = instrument * stride;
      const level = log(mark);
      const step = level - state[at]!;
      const square = step * step * (horizon / elapsed_us);
      const next = state[at + 2]!;
      state[at] = level;
      state[at + 3] = state[at + 3]! + square - state[at + WINDOW + next]!;
      state[at + WINDOW + next] = square;
      if (state[at + 1]! < length) state[at + 1] = state[at + 1]! + 1;
      state[at + 2] = next + 1 === length ? 0 : next + 1;
      const before = computed[instrument];
      // Rounding may leave a sum of squares a little below 0.
      const mean = state[at + 3]! > 0 ? state[at + 3]! / state[at + 1]! : 0;
      computed[instrument] = cappedPpm(multiple * Math.sqrt(mean));
      return computed[instrument] !== before;
    },
  });
}
