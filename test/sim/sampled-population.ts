// The traders of a sampled scenario, and the assets that they bring as collateral.
import { linear } from '../../src/contracts/linear.ts';
import type { Distribution } from '../../src/sim/agent/distribution.ts';
import type { AssetSpec, GroupSpec, InstrumentSpec } from '../../src/sim/scenario/scenario.ts';
import { group, QUANTA_PER_UNIT } from './by-hand.ts';
import { MS, Sampler, valueOf } from './sampler.ts';
import { wild } from './wild.ts';
import { wildOrders } from './wild-orders.ts';

/** No asset in every second scenario, else one or two. */
export function sampleAssets(s: Sampler, instruments: readonly InstrumentSpec[]): AssetSpec[] {
  return Array.from({ length: s.pick(0, 0, 1, 2) }, (_, i) => ({
    name: `A${i}`,
    contract: linear(s.pick(1, 3)),
    lot: s.pick(1, 0.01),
    price: Math.round(s.scale(50, 5000)),
    haircut_ppm: s.pick(0, 100_000, 333_333),
    size_discount: s.pick(0, 0.001, 0.05),
    deposit_scale_start: s.pick(Infinity, Math.round(s.scale(1e5, 1e9))),
    penalty_ppm: s.pick(0, 20_000, 150_000),
    volatility: s.pick(0, 0.001, 0.02),
    every_us: s.whole(50, 1000) * MS,
    follows: s.whole(-1, instruments.length - 1),
    of: s.pick('mark' as const, 'index' as const),
    beta: s.pick(0.5, 1, 2),
  }));
}

/** Holders and wild traders bring part of what they have in an asset, if there is one. */
export function withAssets(seed: string, one: GroupSpec, assets: number): GroupSpec {
  if (assets === 0 || !('asset_share' in one.params)) return one;
  const s = new Sampler(`${seed}, assets of ${one.name}`);
  const params = {
    asset_share: { kind: 'constant', value: s.pick(0, 0.3, 1) },
    asset: { kind: 'constant', value: s.whole(1, assets) },
  } as const;
  return { ...one, params: { ...one.params, ...params } };
}

export function sampleCrowd(s: Sampler, spec: InstrumentSpec, instrument: number): GroupSpec[] {
  const lots = s.whole(2, 15);
  const named = (name: string) => ({ name: `${name}-${spec.name}`, instrument });
  const leverage: Distribution = { kind: 'lognormal', mu: s.scale(1.5, 3.5), sigma: 0.6, min: 1.2, max: 125 };
  const holders = (side: 1 | -1): GroupSpec =>
    group('leveraged-holder', s.whole(0, 40), {
      ...named(side > 0 ? 'longs' : 'shorts'),
      params: {
        side,
        leverage,
        size: { kind: 'lognormal', mu: Math.log(lots), sigma: 1, max: 40_000 * lots },
        entry: { kind: 'uniform', low: -0.03, high: 0.03 },
        reserve: { kind: 'exponential', mean: s.pick(0.3, 2) },
        answers: s.pick(0, 0.5, 1),
        borrows: s.pick(0, 0, 0.5),
        reduces: s.pick(0, 0.2, 1),
        fails: s.pick(0, 0.3),
        answer_time: s.whole(1, 3000) * MS,
      },
    });
  return [
    group('noise', s.whole(3, 30), {
      ...named('noise'),
      params: { rate: s.scale(1, 20), size: lots, distance: s.scale(2e-4, 5e-3) },
    }),
    group('market-maker', s.whole(0, 4), {
      ...named('makers'),
      params: {
        every: s.whole(20, 400) * MS,
        size: 3 * lots,
        spread: s.scale(1e-4, 2e-3),
        spacing: s.scale(1e-4, 1e-3),
        usual: s.scale(2e-5, 1e-3),
        inventory_limit: 200 * lots,
      },
    }),
    group('value', s.whole(0, 6), {
      ...named('value'),
      params: { rate: s.scale(0.5, 5), size: 5 * lots, limit: 2000 * lots },
    }),
    group('trend', s.whole(0, 12), {
      ...named('trend'),
      params: {
        every: s.whole(50, 3000) * MS,
        wealth: s.whole(2, 20) * valueOf(spec, lots) * QUANTA_PER_UNIT,
        leverage: s.scale(2, 60),
        slice: Number.MAX_SAFE_INTEGER, // all at once: what sets off most
      },
    }),
    holders(1),
    holders(-1),
  ];
}

export function sampleWild(s: Sampler, instruments: readonly InstrumentSpec[]): GroupSpec {
  const wealth = Math.round(s.scale(2, 40) * valueOf(instruments[0]!, 10) * QUANTA_PER_UNIT);
  return group(wild, s.whole(5, 40), {
    params: {
      every: s.whole(20, 2000) * MS,
      instruments: instruments.length,
      wealth,
      reserve: Math.round(s.pick(0, 0.2, 1) * wealth),
      leverage: s.scale(1, 60),
      size: s.whole(1, 30),
      answers: s.pick(0, 0.5, 1),
      free: s.pick(0, 0, 0.3),
      delay: s.whole(1, 2000) * MS,
    },
  });
}

/** Of a stream of its own, as the venue's rules are. */
export function sampleWildOrders(seed: string, instruments: readonly InstrumentSpec[]): GroupSpec {
  const s = new Sampler(`${seed}: orders of every kind`);
  return group(wildOrders, s.whole(0, 12), {
    params: {
      every: s.whole(20, 500) * MS,
      instruments: instruments.length,
      wealth: Math.round(s.scale(20, 400) * valueOf(instruments[0]!, 10) * QUANTA_PER_UNIT),
      size: s.whole(1, 30),
    },
  });
}

/** Traders who read the flow and close positions elsewhere, of a stream of their own. */
export function sampleReaders(seed: string, instruments: readonly InstrumentSpec[]): GroupSpec[] {
  const s = new Sampler(`${seed}: readers of the flow3`);
  const value = valueOf(instruments[0]!, 10) * QUANTA_PER_UNIT;
  const most = s.pick(0, 0, 0, 0, 0, 0, 0, 3); // they take the sting out of a market: most have none
  return [
    group('arbitrageur', s.whole(0, most), {
      params: {
        rate: s.scale(1, 10),
        stale: s.scale(1e-4, 5e-3),
        gap: s.scale(1e-3, 0.02),
        size: value,
        limit: 20 * value,
        closes: s.whole(1, 20) * 1000 * MS,
        cost: s.pick(0, 0.001),
      },
    }),
    group('touch-maker', s.whole(0, most), {
      params: {
        every: s.whole(20, 200) * MS,
        size: value,
        limit: 10 * value,
        capital: Math.round(s.scale(1, 20) * value),
        loss_limit: s.pick(0.01, 0.2),
        closes: s.whole(1, 20) * 1000 * MS,
        rests: s.whole(1, 5) * 1000 * MS,
      },
    }),
  ];
}
