// A scenario drawn from a seed: instruments, books, marks, population, latencies, shocks and the policy itself.
import type { Rng } from '../../src/core/rng.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Distribution } from '../../src/sim/distribution.ts';
import type { GroupSpec, InstrumentSpec, Levels, Scenario } from '../../src/sim/scenario.ts';
import type { Shock } from '../../src/sim/shocks/shock.ts';
import type { WrittenMark, WrittenPolicy } from './by-hand.ts';
import { group, levels, mark, QUANTA_PER_UNIT, scenarioOf, shock } from './by-hand.ts';
import type { VenueRules } from '../../src/sim/venue-rules.ts';
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
  const policy = samplePolicy(s, instruments);
  const drawnShocks = Array.from({ length: s.whole(0, 4) }, () => sampleShock(s, instruments));
  const latency = {
    order_us: s.pick(0, 0, 2 * MS, s.whole(1, 200 * MS)),
    mark_us: s.pick(0, 0, 50 * MS, s.whole(1, SECOND)),
    liquidation_us: s.pick(0, 0, 20 * MS, s.whole(1, SECOND)),
    notice_us: s.pick(0, MS, s.whole(1, SECOND)),
  };
  const groups = instruments.flatMap((spec, i) => sampleCrowd(s, spec, i));
  const scenario = scenarioOf({
    instruments,
    groups: [...groups, sampleWild(s, instruments), sampleWildOrders(seed, instruments)],
    policy,
    shocks: drawnShocks.map(({ compiled }) => compiled),
    latency,
    capacity: {
      orders: 16_384,
      terms: 4096,
      events: 16_384,
      calls: 30_000,
      liquidations: 60_000,
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

function samplePolicy(s: Sampler, instruments: readonly InstrumentSpec[]): WrittenPolicy {
  const call = { rung: 'call', grace: `${s.whole(1, 3000)} ms`, demand: s.pick('initial', 'maintenance') };
  const partial = {
    rung: 'partial',
    fraction: s.pick('10 %', 0.25, 0.5, 0.99),
    times: s.whole(1, 4),
    cool_down: `${s.whole(1, 1500)} ms`,
  };
  const full = { rung: 'full', retry: `${s.whole(1, 1500)} ms` };
  return {
    margin: sampleMargin(s, instruments),
    ladder: s.pick<WrittenPolicy['ladder'][]>(
      'immediate',
      [full],
      [partial, full],
      [call, full],
      [call, partial, full],
      [call, partial],
      [partial, call, full],
      [call, call, partial],
    ),
    waterfall: s.pick(
      [{ layer: 'insurance' }, { layer: 'write-off' }],
      [{ layer: 'insurance' }, { layer: 'write-off' }],
      [{ layer: 'insurance' }],
      [{ layer: 'write-off' }],
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
        reduces: s.pick(0, 0.2, 1),
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
