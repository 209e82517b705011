/**
 * Exponentially weighted variance of returns per horizon, σ²_t = λ σ²_{t−1} + (1 − λ) r²_t, kept in a rule's memory.
 * A log return r over a time Δ counts as r²·h/Δ with decay λ^(Δ/h): returns are taken as uncorrelated in time.
 * Source: RiskMetrics Technical Document 1996.
 */
import { exp, expInPlace, log } from '../../core/maths.ts';

/** Variance per horizon, log of the mark at the last update. */
export const EWMA_SLOTS = 2;

const POWER = new Float64Array(1);

export class EwmaVariance {
  private readonly state: Float64Array;
  private readonly stride: number;
  private readonly logDecay: number;
  private readonly horizon_us: number;
  private readonly interval_us: number;
  private readonly intervalDecay: number;

  /** `decay`: λ per horizon; `interval_us`: the usual time between updates; memory: `stride` numbers an instrument. */
  constructor(state: Float64Array, stride: number, decay: number, horizon_us: number, interval_us: number) {
    this.state = state;
    this.stride = stride;
    this.logDecay = log(decay);
    this.horizon_us = horizon_us;
    this.interval_us = interval_us;
    this.intervalDecay = exp(this.logDecay * (interval_us / horizon_us));
  }

  reset(instrument: number, mark: number, variance: number): void {
    const at = instrument * this.stride;
    this.state[at] = variance;
    this.state[at + 1] = log(mark);
  }

  /** σ² per horizon. */
  variance(instrument: number): number {
    return this.state[instrument * this.stride]!;
  }

  /** Takes in a mark; returns the log return since the one before, scaled to the horizon: r·√(h/Δ). */
  update(instrument: number, mark: number, elapsed_us: number): number {
    const { state } = this;
    const at = instrument * this.stride;
    const level = log(mark);
    const step = level - state[at + 1]!;
    const share = elapsed_us / this.horizon_us;
    let decay = this.intervalDecay;
    if (elapsed_us !== this.interval_us) {
      POWER[0] = this.logDecay * share;
      expInPlace(POWER);
      decay = POWER[0];
    }
    state[at] = decay * state[at]! + (1 - decay) * ((step * step) / share);
    state[at + 1] = level;
    return step / Math.sqrt(share);
  }
}

/** Log returns of a price series. */
export function logReturns(prices: Float64Array): Float64Array {
  const returns = new Float64Array(Math.max(0, prices.length - 1));
  for (let i = 0; i < returns.length; i++) returns[i] = log(prices[i + 1]! / prices[i]!);
  return returns;
}

/** Exponentially weighted variance after the last return; starts from the plain mean of squares. */
export function ewmaVariance(returns: Float64Array, decay: number): number {
  let variance = 0;
  for (const r of returns) variance += (r * r) / returns.length;
  for (const r of returns) variance = decay * variance + (1 - decay) * r * r;
  return variance;
}
