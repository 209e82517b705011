// A scenario drawn from a seed: instruments, books, marks, population, latencies, shocks and the policy itself.
import { linear } from '../../src/contracts/linear.ts';
import type { InstrumentSpec, Levels, Latency, Scenario } from '../../src/sim/scenario/scenario.ts';
import type { Shock } from '../../src/sim/shocks/shock.ts';
import type { TradingRules } from '../../src/sim/terms/trading-rules.ts';
import type { WrittenMark, WrittenPolicy } from './by-hand.ts';
import { levels, mark, scenarioOf, shock } from './by-hand.ts';
import { samplePolicy, withFurtherMargin } from './sampled-policy.ts';
import {
  sampleAssets,
  sampleCrowd,
  sampleReaders,
  sampleWild,
  sampleWildOrders,
  withAssets,
} from './sampled-population.ts';
import { sampleLiquidators, withRisingFee, withSharedPurses, withTakeovers } from './sampled-takeovers.ts';
import { sampleTrading } from './sampled-trading.ts';
import { MS, Sampler, SECOND, valueOf } from './sampler.ts';

/** Simulated time in which a run makes its events, roughly. */
const SPAN_S = 20;

/** What a seed stands for, and what was drawn, for the reader of a failure. */
export interface Sample {
  readonly scenario: Scenario;
  readonly policy: WrittenPolicy;
  readonly marks: readonly WrittenMark[];
  readonly shocks: readonly string[];
  readonly latency: Latency;
  readonly trading: readonly (TradingRules | undefined)[];
}

export function sampleScenario(seed: string): Sample {
  const s = new Sampler(seed);
  const count = s.whole(1, 3);
  const marks = Array.from({ length: count }, () => sampleMark(s));
  const trading = marks.map((_, i) => sampleTrading(`${seed} ${i}`));
  const instruments = marks.map((written, i) => ({
    ...sampleInstrument(s, `I${i}`, written),
    ...(trading[i] === undefined ? {} : { trading: trading[i] }),
    ...sampleFlow(`${seed} ${i}`),
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
    ...sampleActivity(seed),
    groups: [
      ...withSharedPurses(seed, [
        ...groups,
        sampleWild(s, instruments),
        sampleWildOrders(seed, instruments),
        ...sampleLiquidators(seed, instruments),
      ]),
      ...sampleReaders(seed, instruments),
    ].map((one) => withAssets(seed, one, assets.length)),
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
  return { scenario, policy, marks, shocks: drawnShocks.map(({ written }) => written), latency, trading };
}

/** What traders read from the flow, of a stream of its own; in most seeds nothing. */
function sampleFlow(seed: string): Pick<InstrumentSpec, 'flow'> {
  const s = new Sampler(`${seed}: flow3`);
  if (s.whole(1, 8) > 1) return {};
  return {
    flow: {
      impact: s.scale(1e-6, 1e-3),
      of_lots: s.whole(1, 100),
      exponent: s.pick(0.35, 0.5, 1),
      memory_us: s.whole(1, 2000) * MS,
      fades: [
        { share: 0.6, time_us: s.whole(10, 1000) * MS },
        { share: 0.3, time_us: s.whole(1000, 60_000) * MS },
      ],
      stale_ticks: s.whole(1, 1000),
      yields_us: s.whole(1, 100) * SECOND,
      anchor_us: s.whole(1, 10) * SECOND,
      calms_us: s.whole(1, 10) * SECOND,
    },
  };
}

/** Everybody's activity, likewise. */
function sampleActivity(seed: string): Pick<Scenario, 'activity'> {
  const s = new Sampler(`${seed}: activity3`);
  if (s.whole(1, 8) > 1) return {};
  const part = () => ({
    time_us: s.whole(100, 100_000) * MS,
    variance: s.scale(0.01, 1),
    anywhere: s.pick(true, false),
  });
  return { activity: { every_us: s.whole(50, 500) * MS, parts: [part(), part()] } };
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
    contract: linear(s.pick(1, 1, 3, 10)),
    price,
    bids: side(-1),
    asks: side(1),
    mark: mark(written, s.pick(0, 0, 10 * MS, 250 * MS)),
    index: { volatility: s.pick(0, 0.0005, 0.005, 0.02), every_us: s.whole(50, 500) * MS },
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
