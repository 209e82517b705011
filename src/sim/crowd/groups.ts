/** Groups of traders as they stand in a world: whose accounts are whose, and the one accessor and market that each is shown. */
import { ConfigError } from '../../core/errors.ts';
import { hashName } from '../../core/seed.ts';
import type { AgentKind, Params, Self, State } from '../agent/agent.ts';
import { Market } from '../agent/market.ts';
import type { Turn } from '../agent/me.ts';
import type { Registry } from '../agent/registry.ts';
import type { Layout } from '../scenario/layout.ts';
import type { GroupSpec } from '../scenario/scenario.ts';
import { homeOf, registeredAt } from '../scenario/scenario.ts';
import type { Venue } from '../venue/venue.ts';

/** A venue's accounts that are no trader's. */
export const NOBODY = -1;

export interface Group {
  readonly spec: GroupSpec;
  readonly kind: AgentKind;
  /** Its home, and the market there as its agents see it. */
  readonly venue: Venue;
  readonly market: Market;
  readonly me: Self<Params, State>;
  readonly hash: number;
  readonly firstAccount: number;
  /** Number of its first agent among all. */
  readonly firstAgent: number;
  /** The kind's `wake`: kinds differ in shape, groups do not. */
  readonly wake: AgentKind['wake'];
  /** Row of the group's first agent in its kind's table. */
  readonly firstRow: number;
  /** The parameter `rate`, of which a shared clock takes the first agent's; empty with clocks of their own. */
  readonly rates: Float64Array | Int32Array;
}

/** Points the accessor of a group's kind at one of its agents. */
export function pointAt(turn: Turn, group: Group, account: number): void {
  turn.account = account;
  turn.row = group.firstRow + account - group.firstAccount;
  turn.instrument = group.spec.instrument;
}

/** By venue: the market there as its traders see it. */
export function marketsOf(
  venues: readonly Venue[],
  activity: Float64Array,
  registry: Registry,
  kindOf: (venue: number, account: number) => string,
): Market[] {
  const markets: Market[] = [];
  for (const { name, number, queue, commands, house, spec, tables } of venues) {
    const market = new Market({
      venue: name,
      number,
      queue,
      exchange: commands.exchange,
      periods: commands.phases,
      house,
      known: { index: tables.prices.index, ...tables.flow, activity },
      latency_us: spec.latency.order_us,
      registry,
      markets,
      kindOf: (account) => kindOf(number, account),
    });
    markets.push(Object.preventExtensions(market));
  }
  return markets;
}

export type KindTables = Readonly<Record<string, Readonly<Record<string, Float64Array | Int32Array>>>>;

const NO_RATES = new Float64Array(0);

export function groupsOf(
  specs: readonly GroupSpec[],
  { places }: Layout,
  kindTables: KindTables,
  venues: readonly Venue[],
  markets: readonly Market[],
  turn: Turn,
): Group[] {
  const accessors = new Map<string, Self<Params, State>>();
  const rows = new Map<AgentKind, number>();
  return specs.map((spec, index): Group => {
    const { kind, count } = spec;
    const venue = venues[homeOf(spec)]!;
    const firstRow = rows.get(kind) ?? 0;
    rows.set(kind, firstRow + count);
    // One accessor a kind and home.
    const own = `${venue.number} ${kind.kind}`;
    const me = accessors.get(own) ?? accessor(kind, venue, kindTables, turn);
    accessors.set(own, me);
    return {
      spec,
      kind,
      venue,
      market: markets[venue.number]!,
      me,
      hash: hashName(spec.name),
      wake: kind.wake,
      firstAccount: places.firstAccounts[index]!,
      firstAgent: places.firstAgents[index]!,
      firstRow,
      rates: kind.clock === 'shared' ? me.columns[kind.paramNames.indexOf('rate')]! : NO_RATES,
    };
  });
}

function accessor(
  kind: AgentKind,
  { book, house }: Venue,
  kindTables: KindTables,
  turn: Turn,
): Self<Params, State> {
  const columns = Object.values(kindTables[`kind:${kind.kind}`]!);
  return Object.preventExtensions(new kind.Accessor().attach(columns, turn, book, house));
}

/** By venue, then by account: the group whose trader has it. */
export function accountsOf(groups: readonly GroupSpec[], { places }: Layout): Int32Array[] {
  const all = places.accounts.map((accounts) => new Int32Array(accounts).fill(NOBODY));
  groups.forEach((spec, index) => {
    const first = places.firstAccounts[index]!;
    for (const v of registeredAt(spec)) all[v]!.fill(index, first, first + spec.count);
  });
  return all;
}

/** Names are luck: two groups of one name that meet would be the same traders twice. */
export function refuseTwins(groups: readonly GroupSpec[]): void {
  groups.forEach((group, index) => {
    const twin = groups.findIndex((other) => other.name === group.name && homeOf(other) === homeOf(group));
    if (twin === index) return;
    throw new ConfigError(
      ['population', index, 'name'],
      `two groups are named ${group.name}: same name, same luck`,
    );
  });
}
