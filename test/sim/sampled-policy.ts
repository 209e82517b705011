// The policy of a sampled scenario: margin rules with their wrappers, ladders, waterfalls.
import type { InstrumentSpec } from '../../src/sim/scenario/scenario.ts';
import type { WrittenPolicy } from './by-hand.ts';
import type { Sampler } from './sampler.ts';
import { valueOf } from './sampler.ts';

/** Tiers of the sampled size: doubling rates, amounts that keep the requirement continuous. */
function sampleTiers(
  s: Sampler,
  instruments: readonly InstrumentSpec[],
): [number, number, number, number, number][] {
  const first = 10 * Math.ceil(valueOf(instruments[0]!, s.whole(3, 30)) / 10); // so that amounts are whole quanta
  const tiers: [number, number, number, number, number][] = [];
  let floor = 0;
  let rate = s.pick(0.004, 0.005, 0.02);
  let amount = 0;
  for (let i = 0; i < 4; i++) {
    tiers.push([floor, first * 3 ** (i + 1), rate, Math.floor(0.5 / rate), amount]);
    floor = first * 3 ** (i + 1);
    amount = Number((amount + floor * rate).toFixed(6)); // the next rate is twice this one
    rate = Number((2 * rate).toFixed(6));
  }
  return tiers;
}

function sampleMargin(s: Sampler, instruments: readonly InstrumentSpec[]): WrittenPolicy['margin'] {
  const wrappers = s.pick(
    [],
    [],
    [{ wrapper: 'floor', rate: s.scale(0.002, 0.2), initial_factor: s.pick(1, 1.5) }],
    [{ wrapper: 'floor', quantile: s.pick(0.5, 0.99), history: 'closes' }],
  );
  switch (s.pick('flat', 'flat at zero', 'tiered', 'real tiers', 'ewma-var', 'ewma-var')) {
    case 'flat':
      return { rule: 'flat', leverage: s.scale(2, 125), wrappers };
    case 'flat at zero':
      return { rule: 'flat', leverage: s.scale(2, 125), maintenance_rate: s.pick(0, 0.001), wrappers };
    case 'tiered':
      return { rule: 'tiered', tiers: sampleTiers(s, instruments), wrappers };
    case 'real tiers':
      return { rule: 'tiered', tiers: 'tiers', wrappers };
    default:
      return {
        rule: 'ewma-var',
        history: 'closes',
        confidence: s.pick(0.95, 0.99, 0.999),
        horizon: s.pick('1 h', '5 min', '10 s'),
        decay: s.pick(0.8, 0.94, 0.97),
        interval: `${s.whole(200, 3000)} ms`,
        wrappers,
      };
  }
}

/** The rest of the margin rules, wrappers and schedules, in every second scenario, from a stream of their own. */
export function withFurtherMargin(s: Sampler, policy: WrittenPolicy): WrittenPolicy {
  if (s.chance(0.5)) return policy;
  const interval = `${s.whole(200, 3000)} ms`;
  const risk = { volatility: s.scale(0.001, 0.03), horizon: '10 s', interval, measure: s.pick('var', 'es') };
  const rule = s.pick<Record<string, unknown>[]>(
    policy.margin,
    { rule: 'size-slope', slope: s.scale(1e-6, 1e-4) },
    { rule: 'open-interest', lower: 0, upper: s.scale(1e4, 1e8), interval },
    { rule: 'historical', window: s.whole(2, 30), ...risk },
    { rule: 'filtered-historical', window: s.whole(2, 30), ...risk },
    { rule: 'stress', moves: [s.scale(0.005, 0.2), -0.01] },
    { rule: 'tiered', tiers: [[0, 50], [s.scale(100, 1e5), 20], [1e6, 3]] }, // prettier-ignore
  );
  const wrappers = [
    { wrapper: 'buffer', rate: s.scale(0.01, 0.3) },
    { wrapper: 'stressed-weight', rate: s.scale(0.01, 0.3) },
    { wrapper: 'stressed-weight', quantile: 0.9, lookback: s.whole(2, 20) },
    { wrapper: 'cap', rate: s.scale(0.01, 0.3) },
    { wrapper: 'speed-limit', factor: s.scale(1.001, 2), updates: s.whole(1, 5) },
    { wrapper: 'concentration', multiple: s.scale(0.01, 10), interval },
    { wrapper: 'adaptive-volatility', reference: s.scale(1e-4, 0.01), horizon: '10 s', interval },
    { wrapper: 'adaptive-depth', reference: s.scale(1e3, 1e7), interval },
    { wrapper: 'floor', lookback: s.whole(2, 20), horizon: '10 s', interval },
  ].filter(() => s.chance(0.2));
  const schedule = s.pick<Record<string, unknown>[]>(
    {},
    {},
    { recompute: 'each event' },
    { notice: `${s.whole(1, 5000)} ms` },
    { recompute: { every: `${s.whole(200, 3000)} ms` }, notice: s.pick('0 s', '1 s') },
    { recompute: { at: ['1 s', `${s.whole(2, 15)} s`] }, notice: s.pick('0 s', '1 s') },
    { recompute: { when_volatility_above: s.scale(1e-4, 0.01), over: '5 s', check: '1 s' } },
  );
  const margin = { ...rule, wrappers: [...(policy.margin['wrappers'] as []), ...wrappers], ...schedule };
  return { ...policy, margin };
}

/** Ladders of one level, and ladders whose rungs act at levels of their own. */
function sampleLadder(s: Sampler): WrittenPolicy['ladder'] {
  const limit = s.pick('none', 'none', 'bankruptcy', '3 %');
  const call = {
    rung: 'call',
    grace: `${s.whole(1, 3000)} ms`,
    demand: s.pick('initial', 'maintenance', 1.3),
  };
  const partial = {
    rung: 'partial',
    fraction: s.pick('10 %', 0.25, 0.5, 0.99),
    times: s.whole(1, 4),
    cool_down: `${s.whole(1, 1500)} ms`,
    per_unmet_call: s.pick(0, 0.5),
    limit,
  };
  const full = { rung: 'full', retry: `${s.whole(1, 1500)} ms`, longest_retry: '1 s' };
  const wait = s.pick('0 s', `${s.whole(1, 500)} ms`);
  const sizing = s.pick(
    { rung: 'enough', buffer: s.pick(0, 0.1, 0.5), times: s.whole(1, 4), limit },
    { rung: 'step-down', tiers: s.whole(1, 2), times: s.whole(1, 4), fill_or_kill: false },
    { rung: 'paced', slices: s.whole(1, 5), every: '300 ms' },
    { rung: 'paced', slices: s.whole(1, 5), every: '300 ms', share_of_volume: 0.3 },
  );
  return s.pick<WrittenPolicy['ladder'][]>(
    'immediate',
    [full],
    [partial, full],
    [call, full],
    [call, partial, full],
    [call, partial],
    [partial, call, full],
    [call, call, partial],
    [sizing, full],
    [
      { rung: 'warn', at: 2, wait: '300 ms', again: s.chance(0.5) },
      { rung: 'search', at: 1.3, wait },
      { ...call, at: 1.2 },
      { rung: 'restrict', at: 1.1, wait },
      { rung: 'cancel-orders', wait },
      sizing,
      { ...full, at: s.pick(1, 0.6) },
    ],
    [
      { ...call, at: 1.5 },
      { ...call, at: 1.25 },
      { ...partial, at: 1.25 },
      { ...full, at: 0.66 },
    ],
  );
}

export function samplePolicy(s: Sampler, instruments: readonly InstrumentSpec[]): WrittenPolicy {
  return {
    margin: sampleMargin(s, instruments),
    ladder: sampleLadder(s),
    release: s.pick(1, 1.4, 2),
    check_orders: s.chance(0.5),
    waterfall: s.pick(
      [{ layer: 'insurance' }, { layer: 'write-off' }],
      [{ layer: 'insurance' }, { layer: 'write-off' }],
      [{ layer: 'insurance' }],
      [{ layer: 'write-off' }],
      [
        { layer: 'insurance', cap: 100, drawdown: 0.3 },
        { layer: 'haircut', most: 0.2 },
      ],
      [{ layer: 'backstop', capital: 500 }, { layer: 'haircut' }],
      [{ layer: 'default-fund', contribution: 0.02, own_capital: 10 }, { layer: 'haircut' }],
    ),
    liquidation_fee: s.pick(0, 0.0005, '1 %', 0.05),
    insurance_fund: s.pick(0, 1, 100, 10_000, 1e6),
  };
}
