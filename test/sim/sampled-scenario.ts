// A scenario drawn from a seed: instruments, books, marks, population, latencies, shocks and the policy itself.
import type { Rng } from '../../src/core/rng.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Distribution } from '../../src/sim/distribution.ts';
import type { AssetSpec, GroupSpec, InstrumentSpec, Levels, Scenario } from '../../src/sim/scenario.ts';
import type { Shock } from '../../src/sim/shocks/shock.ts';
import type { WrittenMark, WrittenPolicy } from './by-hand.ts';
import { group, levels, mark, QUANTA_PER_UNIT, scenarioOf, shock } from './by-hand.ts';
import type { VenueRules } from '../../src/sim/venue-rules.ts';
import { sampleLiquidators, withRisingFee, withSharedPurses, withTakeovers } from './sampled-takeovers.ts';
import { sampleVenue } from './sampled-venue.ts';
import { wild } from './wild.ts';
import { wildOrders } from './wild-orders.ts';

const MS = 1000;
const SECOND = 1_000_000;
/** Simulated time in which a run makes its events, roughly. */
const SPAN_S = 20;

/** What a seed stands for, and what was drawn, for the reader of a failure. */
export interface Sample {
  readonly scenario: Scenario;
  readonly policy: WrittenPolicy;
  readonly marks: readonly WrittenMark[];
  readonly shocks: readonly string[];
  readonly latency: Scenario['latency'];
  readonly venues: readonly (VenueRules | undefined)[];
}

class Sampler {
  readonly #rng: Rng;

  constructor(seed: string) {
    this.#rng = createRng(`sampled scenario ${seed}`);
  }

  pick<T extends readonly unknown[]>(...options: T): T[number] {
    return options[this.#rng.below(options.length)];
  }

  whole(low: number, high: number): number {
    return low + this.#rng.below(high - low + 1);
  }

  /** Uniform in the logarithm, to four digits, so that it reads well. */
  scale(low: number, high: number): number {
    const exponent = Math.log(low) + this.#rng.uniform() * (Math.log(high) - Math.log(low));
    return Number(Math.exp(exponent).toPrecision(4));
  }

  chance(p: number): boolean {
    return this.#rng.chance(p);
  }
}

export function sampleScenario(seed: string): Sample {
  const s = new Sampler(seed);
  const count = s.whole(1, 3);
  const marks = Array.from({ length: count }, () => sampleMark(s));
  const venues = marks.map((_, i) => sampleVenue(`${seed} ${i}`));
  const instruments = marks.map((written, i) => ({
    ...sampleInstrument(s, `I${i}`, written),
    ...(venues[i] === undefined ? {} : { venue: venues[i] }),
  }));
  const drawnPolicy = withFurtherMargin(new Sampler(`${seed}, margin`), samplePolicy(s, instruments));
  const policy = withRisingFee(seed, withTakeovers(seed, drawnPolicy));
  const drawnShocks = Array.from({ length: s.whole(0, 4) }, () => sampleShock(s, instruments));
  const latency = {
    order_us: s.pick(0, 0, 2 * MS, s.whole(1, 200 * MS)),
    mark_us: s.pick(0, 0, 50 * MS, s.whole(1, SECOND)),
    liquidation_us: s.pick(0, 0, 20 * MS, s.whole(1, SECOND)),
    notice_us: s.pick(0, MS, s.whole(1, SECOND)),
  };
  const groups = instruments.flatMap((spec, i) => sampleCrowd(s, spec, i));
  const assets = sampleAssets(new Sampler(`${seed}, assets`), instruments);
  const scenario = scenarioOf({
    instruments,
    assets,
    groups: withSharedPurses(seed, [
      ...groups,
      sampleWild(s, instruments),
      sampleWildOrders(seed, instruments),
      ...sampleLiquidators(seed, instruments),
    ]).map((one) => withAssets(seed, one, assets.length)),
    policy,
    shocks: drawnShocks.map(({ compiled }) => compiled),
    latency,
    capacity: {
      orders: 16_384,
      terms: 4096,
      events: 16_384,
      calls: 30_000,
      liquidations: 60_000,
      losses: 200_000,
      fills: s.pick(16, 64, 1024),
      span: 1024,
    },
  });
  return { scenario, policy, marks, shocks: drawnShocks.map(({ written }) => written), latency, venues };
}

function sampleMark(s: Sampler): WrittenMark {
  return s.pick<WrittenMark[]>(
    { rule: 'last' },
    { rule: 'mid' },
    { rule: 'index' },
    { rule: 'smoothed', half_life: `${s.whole(10, 3000)} ms` },
  );
}

function sampleInstrument(s: Sampler, name: string, written: WrittenMark): InstrumentSpec {
  const price = Math.round(s.scale(400, 60_000));
  const gap = Math.max(1, Math.round(price * s.scale(1e-4, 2e-3)));
  const side = (direction: 1 | -1): Levels => {
    const depth = s.pick(0, 3, 30, 300, 300);
    return levels(price + direction * s.whole(1, 2 * gap), direction, depth, s.whole(1, 60), gap);
  };
  return {
    name,
    tickLot: s.pick(1, 1, 3, 10),
    price,
    bids: side(-1),
    asks: side(1),
    mark: mark(written, s.pick(0, 0, 10 * MS, 250 * MS)),
    index: { volatility: s.pick(0, 0.0005, 0.005, 0.02), every_us: s.whole(50, 500) * MS },
  };
}

/** Units of money that so many lots are worth at the start. */
function valueOf({ price, tickLot }: InstrumentSpec, lots: number): number {
  return (price * tickLot * lots) / QUANTA_PER_UNIT;
}

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
function withFurtherMargin(s: Sampler, policy: WrittenPolicy): WrittenPolicy {
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
  const full = { rung: 'full', retry: `${s.whole(1, 1500)} ms` };
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

function samplePolicy(s: Sampler, instruments: readonly InstrumentSpec[]): WrittenPolicy {
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

function sampleShock(
  s: Sampler,
  instruments: readonly InstrumentSpec[],
): { readonly written: string; readonly compiled: Shock } {
  const target = s.whole(0, instruments.length - 1);
  const at = `${s.whole(0, SPAN_S * 1000)} ms`;
  const instrument = String(target);
  const written = s.pick<({ kind: string } & Record<string, unknown>)[]>(
    { kind: 'sale', at, instrument, lots: s.whole(1, 3000) },
    {
      kind: 'sell-programme',
      at,
      instrument,
      over: s.pick(0, `${s.whole(1, 10)} s`),
      every: `${s.whole(20, 500)} ms`,
      notional: valueOf(instruments[target]!, s.whole(10, 3000)),
    },
    { kind: 'value-jump', at, instrument, change: s.pick(-0.5, '-10 %', -0.03, 0.05, '30 %') },
    {
      kind: 'withdrawal',
      at,
      duration: `${s.whole(1, 5000)} ms`,
      agents: s.pick('market-maker', 'noise', 'wild'),
    },
  );
  return { written: JSON.stringify(written), compiled: shock(written) };
}

/** No asset in every second scenario, else one or two. */
function sampleAssets(s: Sampler, instruments: readonly InstrumentSpec[]): AssetSpec[] {
  return Array.from({ length: s.pick(0, 0, 1, 2) }, (_, i) => ({
    name: `A${i}`,
    tickLot: s.pick(1, 3),
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
function withAssets(seed: string, one: GroupSpec, assets: number): GroupSpec {
  if (assets === 0 || !('asset_share' in one.params)) return one;
  const s = new Sampler(`${seed}, assets of ${one.name}`);
  const params = {
    asset_share: { kind: 'constant', value: s.pick(0, 0.3, 1) },
    asset: { kind: 'constant', value: s.whole(1, assets) },
  } as const;
  return { ...one, params: { ...one.params, ...params } };
}

function sampleCrowd(s: Sampler, spec: InstrumentSpec, instrument: number): GroupSpec[] {
  const lots = s.whole(2, 15);
  const named = (name: string) => ({ name: `${name}-${spec.name}`, instrument });
  const leverage: Distribution = { kind: 'lognormal', mu: s.scale(1.5, 3.5), sigma: 0.6, min: 1.2, max: 125 };
  const holders = (side: 1 | -1): GroupSpec =>
    group('leveraged-holder', s.whole(0, 40), {
      ...named(side > 0 ? 'longs' : 'shorts'),
      params: {
        side,
        leverage,
        size: { kind: 'lognormal', mu: Math.log(lots), sigma: 1, max: 40 * lots },
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
      },
    }),
    holders(1),
    holders(-1),
  ];
}

function sampleWild(s: Sampler, instruments: readonly InstrumentSpec[]): GroupSpec {
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
function sampleWildOrders(seed: string, instruments: readonly InstrumentSpec[]): GroupSpec {
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
