// Rules of a market drawn from a seed: fees, bounds, halts, batches. Of a stream of their own, so that they shift nothing else.
import type { Rng } from '../../src/core/rng.ts';
import { createRng } from '../../src/core/rng.ts';
import type { SelfTrade } from '../../src/market/reports.ts';
import type { Obligation, TradingRules } from '../../src/sim/terms/trading-rules.ts';

const MS = 1000;

const SELF_TRADE: readonly SelfTrade[] = [
  'none',
  'none',
  'cancel-newest',
  'cancel-oldest',
  'cancel-both',
  'decrement',
];
const MAKERS: readonly Obligation[] = [
  { kind: 'none' },
  { kind: 'spread', share: 0.01 },
  { kind: 'size', lots: 20 },
];

/** Undefined (a plain venue) for about every third. */
export function sampleTrading(seed: string): TradingRules | undefined {
  const rng = createRng(`sampled venue ${seed}`);
  if (rng.chance(0.3)) return undefined;
  const pick = <T>(options: readonly T[]): T => options[rng.below(options.length)]!;
  return {
    selfTrade: pick(SELF_TRADE),
    maker_ppm: pick([0, 200, -100, -250]),
    taker_ppm: pick([0, 500, 1000]),
    ...(rng.chance(0.4) ? { collars: sampleCollars(rng) } : {}),
    ...(rng.chance(0.6)
      ? {
          halt: {
            move_ppm: pick([3000, 10_000, 50_000]),
            within_us: pick([500, 5000, 60_000]) * MS,
            call_us: pick([1, 100, 1500]) * MS,
            makers: pick(MAKERS),
          },
        }
      : {}),
    batch_us: rng.chance(0.25) ? pick([1, 50, 300]) * MS : 0,
    ...(rng.chance(0.4) ? { fund_ppm: pick([1, 250_000, 1_000_000]) } : {}),
  };
}

function sampleCollars(rng: Rng): NonNullable<TradingRules['collars']> {
  return {
    static_ppm: [0, 50_000, 200_000][rng.below(3)]!,
    dynamic_ppm: [0, 5000, 20_000][rng.below(3)]!,
    beyond: rng.chance(0.5) ? 'cut' : 'reject',
  };
}
