/**
 * A market maker by the rule of Avellaneda and Stoikov, or one who quotes the same spread round the middle whatever it holds:
 * exact moments of what it earns.
 *
 * In each of N steps of Δt = T/N it quotes one unit on each side, at distances δᵃ and δᵇ from the middle s; each is filled with
 * probability min(1, A·e^(−kδ)·Δt), independently; then the middle moves by σ√Δt·Z. With q held and τ left until T:
 *
 *   distances   δᵃ = ψ − q·γσ²τ,  δᵇ = ψ + q·γσ²τ,  ψ = γσ²τ/2 + ln(1 + γ/k)/γ          by inventory
 *   distances   δᵃ = δᵇ = γσ²T/4 + ln(1 + γ/k)/γ                                          symmetric: the mean spread
 *
 * The profit, cash and q·s at T, is Σ (δ of each fill) + Σ q·Δs. As Δs has mean 0 and depends on nothing, mean and mean square
 * of what is still to come follow from the last step backwards by the four outcomes of a step; q is a Markov chain.
 * Source: M. Avellaneda, S. Stoikov, Quantitative Finance 8 (2008) 217, sections 3.2 and 3.3.
 */
import { exp, log1p } from '../../core/maths.ts';

export interface MakerSettings {
  /** σ: standard deviation of the middle over T = 1. */
  readonly volatility: number;
  /** k: how fast fills become rarer with distance. */
  readonly decay: number;
  /** A: fills per unit of time at distance 0. */
  readonly intensity: number;
  /** γ: aversion to risk. */
  readonly aversion: number;
  /** T. */
  readonly horizon: number;
  /** N. */
  readonly steps: number;
}

export type MakerStrategy = 'inventory' | 'symmetric';

export interface MakerMoments {
  readonly profit: number;
  readonly profitSd: number;
  readonly inventorySd: number;
}

/** Half of the spread, with τ left until the end. */
function halfSpread(settings: MakerSettings, strategy: MakerStrategy, left: number): number {
  const { volatility, decay, aversion, horizon } = settings;
  const time = strategy === 'inventory' ? left : horizon / 2;
  return (aversion * volatility * volatility * time) / 2 + log1p(aversion / decay) / aversion;
}

/** How far a unit held moves both quotes, with τ left until the end. */
function leanOf({ volatility, aversion }: MakerSettings, strategy: MakerStrategy, left: number): number {
  return strategy === 'inventory' ? aversion * volatility * volatility * left : 0;
}

/** Exact. Throws RangeError unless all settings are above 0 and the number of steps is whole. */
export function makerMoments(settings: MakerSettings, strategy: MakerStrategy): MakerMoments {
  const { volatility, decay, intensity, aversion, horizon, steps } = settings;
  for (const value of [volatility, decay, intensity, aversion, horizon, steps])
    if (!(value > 0 && value < Infinity)) throw new RangeError(`${value}: settings must be above 0`);
  if (!Number.isInteger(steps)) throw new RangeError(`the number of steps ${steps} must be whole`);
  const dt = horizon / steps;
  const width = 2 * steps + 1;
  let mean = new Float64Array(width);
  let square = new Float64Array(width);
  for (let step = steps - 1; step >= 0; step--) {
    const [means, squares] = [new Float64Array(width), new Float64Array(width)];
    for (let q = -step; q <= step; q++) {
      let first = 0;
      let second = 0;
      outcomes(settings, strategy, step, q, (probability, after, gain) => {
        const later = mean[after + steps]!;
        const risk = after * after * volatility * volatility * dt;
        first += probability * (gain + later);
        second += probability * (gain * gain + 2 * gain * later + square[after + steps]! + risk);
      });
      means[q + steps] = first;
      squares[q + steps] = second;
    }
    mean = means;
    square = squares;
  }
  const profit = mean[steps]!;
  return {
    profit,
    profitSd: Math.sqrt(square[steps]! - profit * profit),
    inventorySd: Math.sqrt(inventoryVariance(settings, strategy)),
  };
}

/** Of q at the end, whose mean is 0 as both sides are alike. */
function inventoryVariance(settings: MakerSettings, strategy: MakerStrategy): number {
  const { steps } = settings;
  let law = new Float64Array(2 * steps + 1);
  law[steps] = 1;
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(2 * steps + 1);
    for (let q = -step; q <= step; q++) {
      const here = law[q + steps]!;
      if (here === 0) continue;
      outcomes(settings, strategy, step, q, (probability, after) => {
        next[after + steps] = next[after + steps]! + here * probability;
      });
    }
    law = next;
  }
  return law.reduce((sum, probability, i) => sum + probability * (i - steps) * (i - steps), 0);
}

/** The four outcomes of a step: their probability, what is held after it, what the fills earn over the middle. */
function outcomes(
  settings: MakerSettings,
  strategy: MakerStrategy,
  step: number,
  q: number,
  tell: (probability: number, after: number, gain: number) => void,
): void {
  const { decay, intensity, horizon, steps } = settings;
  const dt = horizon / steps;
  const left = horizon - step * dt;
  const half = halfSpread(settings, strategy, left);
  const lean = q * leanOf(settings, strategy, left);
  const [ask, bid] = [half - lean, half + lean];
  const a = Math.min(1, intensity * exp(-decay * ask) * dt);
  const b = Math.min(1, intensity * exp(-decay * bid) * dt);
  tell(a * b, q, ask + bid);
  tell(a * (1 - b), q - 1, ask);
  tell((1 - a) * b, q + 1, bid);
  tell((1 - a) * (1 - b), q, 0);
}
