/**
 * Value at risk and expected shortfall, and the settings that all rules of this kind share: confidence, horizon, where the
 * first variance comes from.
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { exp } from '../../core/maths.ts';
import { normalQuantile } from '../../core/quantiles.ts';
import { duration, factor, fraction, multiple } from '../../core/settings.ts';
import { logReturns } from './ewma-variance.ts';
import type { FileReference } from './rule.ts';
import type { RollingWindow } from './window.ts';

const measureSetting = z
  .enum(['var', 'es'])
  .default('var')
  .describe('Value at risk (var), or expected shortfall (es): the mean loss beyond it.');

const confidenceSetting = fraction({ above: 0.5, below: 1 })
  .default(0.99)
  .describe('Probability that a loss over the horizon is covered.');

/** Settings of every rule that measures the risk of returns. */
export const riskSettings = {
  history: z
    .string()
    .optional()
    .describe('CSV of prices (time, price), one a history step; its returns come before the run’s own.'),
  volatility: multiple({ above: 0, most: 10 })
    .optional()
    .describe('… or, instead of a history: standard deviation of returns over the horizon at the start.'),
  measure: measureSetting,
  confidence: confidenceSetting,
  horizon: duration({ positive: true }).prefault('1 h').describe('Time that it takes to close a position.'),
  history_step: duration({ positive: true })
    .optional()
    .describe('Time between the prices of the history; the horizon if left out.'),
  interval: duration({ positive: true }).prefault('1 min').describe('Simulated time between updates.'),
  initial_factor: factor({ least: 1 }).default(1.5).describe('Initial margin over maintenance margin.'),
} as const;

export const decaySetting = fraction({ above: 0, below: 1 })
  .default(0.97)
  .describe('Weight λ of the past variance, per horizon.');

interface RiskSettings {
  readonly history?: string | undefined;
  readonly volatility?: number | undefined;
  readonly horizon: number;
  readonly history_step?: number | undefined;
}

/** The history of a rule that scales its returns from a step to the horizon. */
export function steppedHistory({
  history,
  horizon,
  history_step = horizon,
}: RiskSettings): readonly FileReference[] {
  return historyFiles({ history }).map((file) => ({ ...file, step_us: history_step }));
}

/** The history of a wrapper, which takes its returns as they are. */
export function historyFiles({ history }: { history?: string | undefined }): readonly FileReference[] {
  return history === undefined ? [] : [{ file: history, kind: 'prices', key: 'history' }];
}

/** Returns of the history, scaled to the horizon by the root of time; for a given volatility, one return of that size. */
export function firstReturns(settings: RiskSettings, data: (file: string) => unknown): Float64Array {
  const { history, volatility, horizon, history_step = horizon } = settings;
  if (history !== undefined && volatility === undefined) {
    const scale = Math.sqrt(horizon / history_step);
    return logReturns(data(history) as Float64Array).map((r) => r * scale);
  }
  if (history === undefined && volatility !== undefined && volatility > 0) return Float64Array.of(volatility);
  throw new ConfigError(['history'], 'give either a history, or a volatility above 0');
}

/** Multiple of σ that a normal loss does not exceed with the confidence (var), or its mean beyond (es): φ(z)/(1 − c). */
export function normalMultiple(measure: 'var' | 'es', confidence: number): number {
  const z = normalQuantile(confidence);
  if (measure === 'var') return z;
  return exp(-0.5 * z * z) / (Math.sqrt(2 * Math.PI) * (1 - confidence));
}

/** The larger of a long and a short position's loss measure, from a window of returns. NaN for an empty one. */
export function empiricalLoss(
  window: RollingWindow,
  instrument: number,
  measure: 'var' | 'es',
  confidence: number,
): number {
  const es = measure === 'es';
  const long = es ? window.lowerMean(instrument, confidence) : window.lowerQuantile(instrument, confidence);
  const short = es ? window.upperMean(instrument, confidence) : window.quantile(instrument, confidence);
  return long > short ? long : short;
}
