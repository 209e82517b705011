/**
 * How many events a run of a market will make at least, from what repeats by itself: so that one that could not end is
 * refused before it begins. What traders and shocks set off comes on top; `capacity.work` ends such a run.
 */
import { ConfigError } from '../../../core/errors.ts';
import { shortNumber } from '../../../core/ranges.ts';
import { SECOND } from '../../../core/units.ts';
import { middleOf } from '../../../sim/agent/distribution.ts';
import { homeOf } from '../../../sim/scenario/scenario.ts';
import type { MarketWorld } from './compile.ts';
import { agentKind } from './population.ts';

/** Events of a run, if the experiment does not say. At a million a second some three hours. */
export const MOST_EVENTS = 1e10;

interface Source {
  readonly name: string;
  /** Events per second. */
  readonly rate: number;
}

/**
 * Throws ConfigError where what repeats by itself at a venue makes more events than a run may there. `updates_us`: of margins, by
 * policy.
 */
export function checkWork(market: MarketWorld, updates_us: ReadonlyMap<string, number>): void {
  const { until_us, capacity } = market;
  const most = capacity.work ?? Infinity;
  for (let v = 0; v < market.venues.length; v++) {
    const sources = sourcesOf(market, v, updates_us);
    const rate = sources.reduce((sum, source) => sum + source.rate, 0);
    const events = (rate * until_us) / SECOND;
    if (events <= most) continue;
    const [main] = sources.toSorted((a, b) => b.rate - a.rate);
    throw new ConfigError(
      ['until'],
      `a run would make ${events.toExponential(1).replace('e+', 'e')} events, most of them by ${main!.name}, and may make ` +
        `${shortNumber(most)}; make it shorter, let them be rarer, or raise market.capacity.work`,
    );
  }
}

function sourcesOf(market: MarketWorld, v: number, updates_us: ReadonlyMap<string, number>): Source[] {
  const { groups, policies } = market;
  const { instruments, assets } = market.venues[v]!;
  const own = groups.filter((group) => homeOf(group) === v);
  return [
    ...own.map(({ name, kind, count, params }) => {
      const { wake, clock } = agentKind(kind);
      const { rate, every } = params;
      if (wake === undefined) return { name, rate: 0 };
      if (clock === 'shared') return { name, rate: count * middleOf(rate!) };
      // By convention `every` is the mean time between two wakes.
      return { name, rate: every === undefined ? 0 : (count * SECOND) / Math.max(1, middleOf(every)) };
    }),
    ...instruments.flatMap(({ name, mark, index }) => [
      { name: `the mark of ${name}`, rate: perSecond(mark.every) },
      { name: `the index of ${name}`, rate: index.volatility > 0 ? perSecond(index.every_us) : 0 },
    ]),
    ...assets.map(({ name, every_us }) => ({ name: `the price of ${name}`, rate: perSecond(every_us) })),
    most(
      Object.entries(policies).map(([policy, rules]) => ({
        name: `the auctions of ${policy}`,
        rate: rules[v]!.trading.reduce((sum, { batch_us }) => sum + perSecond(batch_us), 0),
      })),
    ),
    most(
      [...updates_us].map(([policy, us]) => ({
        name: `the margins of ${policy}`,
        rate: instruments.length * perSecond(us),
      })),
    ),
  ];
}

/** Policies do not run together: the busiest counts. */
function most(sources: readonly Source[]): Source {
  return sources.reduce((a, b) => (b.rate > a.rate ? b : a), { name: '', rate: 0 });
}

/** Events per second of what comes every so many µs; 0: never by itself. */
function perSecond(every_us: number): number {
  return every_us > 0 ? SECOND / every_us : 0;
}
