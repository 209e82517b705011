/** An experiment's plain data with a reader's settings turned, and nothing else of it changed. */
import { log } from '../core/maths.ts';
import type { MarketExperiment } from '../models/market/file/compile.ts';
import type { Distribution } from '../sim/agent/distribution.ts';
import { agentKind } from '../models/market/file/population.ts';
import type { ShockSettings } from '../experiment/titles.ts';
import type { Settings } from './settings.ts';

/** The experiment with the settings turned. */
export function turned(experiment: MarketExperiment, settings: Settings): MarketExperiment {
  const { leverage, openInterest, depth, shock, ladder } = settings;
  return {
    ...experiment,
    venues: experiment.venues.map((venue) => ({
      ...venue,
      instruments: venue.instruments.map((one) => ({
        ...one,
        bids: thicker(one.bids, depth),
        asks: thicker(one.asks, depth),
      })),
    })),
    groups: experiment.groups.map((group) => ({
      ...group,
      ...(group.totalSize === undefined
        ? {}
        : { totalSize: Math.max(1, Math.round(group.totalSize * openInterest)) }),
      params: isLeveraged(group.params) ? levered(group.params, leverage) : sized(group, depth),
    })),
    shocks: experiment.shocks.map((variant) => ({
      ...variant,
      shocks: variant.shocks.map((one) => stronger(one, shock)),
    })),
    policies:
      ladder === ''
        ? experiment.policies
        : Object.fromEntries(
            Object.entries(experiment.policies).map(([name, rules]) => [
              name,
              rules.map((at) => ({ ...at, policy: { ...at.policy, ladder } })),
            ]),
          ),
  };
}

type Laws = Readonly<Record<string, Distribution>>;
type Sides = MarketExperiment['venues'][number]['instruments'][number]['bids'];

function isLeveraged(params: Laws): boolean {
  return 'leverage' in params;
}

function thicker({ price, lots }: Sides, factor: number): Sides {
  return factor === 1
    ? { price, lots }
    : { price, lots: lots.map((n) => Math.max(1, Math.round(n * factor))) };
}

function levered(params: Laws, factor: number): Laws {
  return { ...params, leverage: scaled(params['leverage']!, factor) };
}

/** Sizes and money that orders are made of. */
function sized(group: MarketExperiment['groups'][number], factor: number): Laws {
  const { params } = agentKind(group.kind);
  return Object.fromEntries(
    Object.entries(group.params).map(([name, law]) => {
      const unit = params[name]?.unit;
      return [name, unit === 'size' || unit === 'money' ? scaled(law, factor) : law];
    }),
  );
}

/** The law of so many times the value; its bounds stay what they are, but for sizes that have none of their own. */
function scaled(law: Distribution, factor: number): Distribution {
  if (factor === 1) return law;
  switch (law.kind) {
    case 'constant':
      return { ...law, value: law.value * factor };
    case 'uniform':
      return { ...law, low: law.low * factor, high: law.high * factor };
    case 'normal':
      return { ...law, mean: law.mean * factor, sd: law.sd * factor };
    case 'lognormal':
      return { ...law, mu: law.mu + log(factor) };
    case 'exponential':
      return { ...law, mean: law.mean * factor };
    case 'pareto':
      return { ...law, least: law.least * factor };
    case 'choice':
      return { ...law, values: law.values.map((value) => value * factor) };
  }
}

/** Settings of a shock that say how strong it is. */
const STRENGTHS = ['notional', 'change'];

function stronger(shock: ShockSettings, factor: number): ShockSettings {
  if (factor === 1) return shock;
  const turnedOnes = STRENGTHS.flatMap((name) => {
    const value = shock[name];
    if (typeof value !== 'number') return [];
    // Money stays whole; a price keeps a twentieth of its value.
    return [
      [name, name === 'notional' ? Math.round(value * factor) : Math.max(value * factor, -0.95)] as const,
    ];
  });
  return { ...shock, ...Object.fromEntries(turnedOnes) };
}
