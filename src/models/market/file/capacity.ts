/** Sizes of the world's pools: guessed from the population, each open to an override. */
import { z } from 'zod';
import { count, events } from '../../../core/settings.ts';
import type { Capacity, VenueCapacity } from '../../../sim/scenario/scenario.ts';
import type { Instrument } from './instruments.ts';
import type { PolicySettings } from '../../../clearing/policy/policy.ts';
import { likelyMost } from '../../../sim/agent/distribution.ts';
import { sharesLosses } from '../../../clearing/policy/policy.ts';
import type { Group } from './population.ts';
import { MOST_EVENTS } from './work.ts';
import { agentKind } from './population.ts';

/**
 * Fills among which the cause of a call is looked for are half of these: with fewer, generations would depend on the size
 * of the ring; with more, nothing changes (sim/breaches.ts).
 */
const LEAST_FILLS = 8192;

const size = () => count({ least: 1 }).optional();
/** Halving is exact. */
function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest > 1) rest /= 2;
  return rest === 1;
}

const powerOfTwo = (least: number) =>
  count({ least: 1 })
    .refine((value) => value >= least && isPowerOfTwo(value), {
      error: `must be a power of two of at least ${least}`,
    })
    .optional();

export const capacitySchema = z.strictObject({
  orders: size().describe('Orders that rest at once.'),
  terms: size().describe('Of these, stops, icebergs, reduce-only orders and market orders in a call period.'),
  events: size().describe('Events that wait at once.'),
  calls: size().describe('Margin calls in a run.'),
  liquidations: size().describe('Forced orders in a run.'),
  losses: size().describe('Rows in the log of who bore losses: one a payer and loss.'),
  fills: powerOfTwo(LEAST_FILLS).describe('Latest fills kept: a power of two, from 8192 on.'),
  span: powerOfTwo(1024).describe('Ticks in the fast window of each side of a book: a power of two.'),
  work: events().optional().describe('Events of a run: one that makes more is refused, or ends.'),
});

/**
 * Rows for losses where a policy shares them among many: so many for each account that may bear one, at least and at most
 * so many in all (37 bytes each; of a very large crowd shared among all of it, that is a few dozen losses).
 */
const SHARED_LOSSES = { each: 200, least: 262_144, most: 16_777_216 };

/** Orders that one agent of a kind that says nothing about it is thought to let rest. */
const USUAL_ORDERS = 4;

/** Orders with terms: few, where markets do not call. */
const USUAL_TERMS = 4096;

/** Pools of one venue. `groups`: whose traders are registered there. */
export function poolsOf(
  overrides: z.output<typeof capacitySchema>,
  instruments: readonly Instrument[],
  groups: readonly Group[],
  policies: readonly PolicySettings[],
  /** True if market orders may have to wait for an auction. */
  calls: boolean,
): VenueCapacity {
  const margined = sum(groups, marginedOf);
  // Twice all of them; of a very large crowd hardly more than a quarter are ever called, and memory is dear. An account
  // in distress has its next visit, a call on its way and an answer on its way in the queue.
  const some = Math.ceil(margined / 4) + 262_144;
  const distressed = Math.min(2 * margined, some) + 1024;
  const liquidations = overrides.liquidations ?? Math.min(3 * margined, some) + 1024;
  const levels = sum(instruments, ({ bids, asks }) => bids.price.length + asks.price.length);
  const orders = overrides.orders ?? levels + sum(groups, (group) => group.count * ordersOf(group)) + 16_384;
  return {
    orders,
    terms: overrides.terms ?? (calls ? orders : USUAL_TERMS),
    calls: overrides.calls ?? distressed,
    liquidations,
    losses: overrides.losses ?? lossesOf(margined, liquidations, policies),
    fills: overrides.fills ?? LEAST_FILLS,
    span: overrides.span ?? 65_536,
  };
}

/** What all venues share. */
export function capacityOf(overrides: z.output<typeof capacitySchema>, groups: readonly Group[]): Capacity {
  const own = sum(groups, ({ kind, count }) => {
    const { wake, clock } = agentKind(kind);
    return wake !== undefined && clock !== 'shared' ? count : 0;
  });
  const margined = sum(groups, marginedOf);
  return {
    events: overrides.events ?? 4 * own + Math.min(3 * margined, Math.ceil(margined / 2) + 393_216) + 16_384,
    work: overrides.work ?? MOST_EVENTS,
  };
}

/** Accounts of a group that must meet margin requirements. */
function marginedOf({ kind, count }: Group): number {
  return agentKind(kind).margined === true ? count : 0;
}

/** One payer a loss or two; but of a loss that is shared, everybody who bears it has a row. */
function lossesOf(margined: number, liquidations: number, policies: readonly PolicySettings[]): number {
  if (!policies.some(sharesLosses)) return Math.min(liquidations, 131_072);
  const { each, least, most } = SHARED_LOSSES;
  return Math.min(Math.max(each * margined, least), most);
}

/** Most orders that an agent rests, with those on their way: from its parameters `orders` and `levels`. */
function ordersOf({ kind, params }: Group): number {
  if (agentKind(kind).wake === undefined) return 0;
  const most = (name: string) => {
    const law = params[name];
    return law === undefined ? 0 : likelyMost(law);
  };
  return Math.ceil(Math.max(USUAL_ORDERS, most('orders') + 2, 4 * most('levels')));
}

function sum<T>(list: readonly T[], of: (entry: T) => number): number {
  return list.reduce((total, entry) => total + of(entry), 0);
}
