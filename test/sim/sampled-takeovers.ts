// Auctions, takeovers and unwinding for sampled scenarios, in every third of them, from a stream of their own.
import type { Rng } from '../../src/core/rng.ts';
import { createRng } from '../../src/core/rng.ts';
import type { GroupSpec, InstrumentSpec } from '../../src/sim/scenario/scenario.ts';
import type { WrittenPolicy } from './by-hand.ts';
import { group } from './by-hand.ts';
import { tickLotOf } from '../contracts/tick-lot.ts';

const MS = 1000;

const pick = <T>(rng: Rng, ...options: readonly T[]): T => options[rng.below(options.length)]!;
const ms = (rng: Rng, most: number): string => `${1 + rng.below(most)} ms`;

/** The policy with an auction in its ladder, a takeover at the end, or both. */
export function withTakeovers(seed: string, policy: WrittenPolicy): WrittenPolicy {
  const rng = createRng(`${seed}: takeovers`);
  if (!rng.chance(0.35)) return policy;
  const before = typeof policy.ladder === 'string' ? [] : policy.ladder!.slice(0, -1);
  const money = { reward: pick(rng, 0, 0.002, 0.05), penalty: pick(rng, 0, 0.01, 0.05) };
  const common = { rung: 'auction', floor: pick<string | number>(rng, 'bankruptcy', '10 %', 0.5), ...money };
  const auction = rng.chance(0.5)
    ? {
        ...common,
        kind: 'dutch',
        start: pick(rng, 0, 0.01),
        step: pick(rng, 0.002, 0.02),
        every: ms(rng, 500),
        rounds: 1 + rng.below(8),
      }
    : { ...common, kind: 'sealed', time: ms(rng, 1500), pricing: pick(rng, 'pay-as-bid', 'uniform') };
  const takeover = { rung: 'takeover', retry: ms(rng, 800) };
  const full = { rung: 'full', limit: pick(rng, 'none', 'bankruptcy'), retry: ms(rng, 500), times: 2 };
  const after = pick(
    rng,
    [auction, full],
    [auction, takeover],
    [auction, full, takeover],
    [takeover],
    [auction],
  );
  const waterfall = pick(
    rng,
    [{ layer: 'insurance', take_over: true }],
    [
      { layer: 'backstop', capital: pick(rng, 100, 1e6) },
      { layer: 'insurance', take_over: true },
      { layer: 'adl' },
    ],
    [
      { layer: 'insurance', take_over: true, cap: 1000 },
      { layer: 'adl', method: 'pro-rata' },
    ],
    [
      { layer: 'insurance', take_over: true },
      { layer: 'backstop', capital: 1e5 },
    ],
  );
  return {
    ...policy,
    ladder: [...before, ...after],
    waterfall,
    ...(rng.chance(0.75) && { unwind: { every: ms(rng, 1000), share: pick(rng, 0.1, 0.5, 1) } }),
  };
}

/** The policy, in every fourth scenario with a liquidation fee that rises with the time since the breach. */
export function withRisingFee(seed: string, policy: WrittenPolicy): WrittenPolicy {
  const rng = createRng(`${seed}: rising fee`);
  if (!rng.chance(0.25)) return policy;
  const base = pick(rng, 0, 0.001);
  const rise = pick(rng, 0.0001, 0.003);
  return { ...policy, liquidation_fee: { base, rise, grace: ms(rng, 1000), most: pick(rng, 0.002, 0.5) } };
}

/** The groups, in every third scenario with one that is of the same traders as another: isolated positions. */
export function withSharedPurses(seed: string, groups: readonly GroupSpec[]): GroupSpec[] {
  const rng = createRng(`${seed}: purses`);
  const margined = groups.filter(({ kind, count }) => kind.margined === true && count > 0);
  if (margined.length < 2 || !rng.chance(0.35)) return [...groups];
  const [a, b] = [pick(rng, ...margined), pick(rng, ...margined)];
  const [owner, isolated] = a.count >= b.count ? [a, b] : [b, a];
  if (owner === isolated) return [...groups];
  return groups.map((one) => (one === isolated ? { ...one, sameTradersAs: owner.name } : one));
}

export function sampleLiquidators(seed: string, instruments: readonly InstrumentSpec[]): GroupSpec[] {
  const rng = createRng(`${seed}: liquidators`);
  return instruments.map(({ name, price, contract }, instrument) =>
    group('liquidator', rng.below(5), {
      name: `liquidators-${name}`,
      instrument,
      params: {
        capital: price * tickLotOf(contract) * (1 + rng.below(100)),
        leverage: pick(rng, 1, 5, 50),
        capacity: 1 + rng.below(300),
        discount: pick(rng, 0, 0.005, 0.02),
        doubt: pick(rng, 0, 0.01),
        every: (1 + rng.below(1500)) * MS,
        unwinds: pick(rng, 0.05, 0.5),
      },
    }),
  );
}
