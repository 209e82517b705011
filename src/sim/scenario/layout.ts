/** How large the tables of a scenario's world are, and where in them each venue, group and agent has its rows. */
import type { ClearingCapacity } from '../../clearing/schema.ts';
import { contractOf } from '../../contracts/contracts.ts';
import type { ExchangeCapacity } from '../../market/exchange-schema.ts';
import type { AgentKind } from '../agent/agent.ts';
import type { Places } from './places.ts';
import { placesOf } from './places.ts';
import type { GroupSpec, Scenario, VenueSpec } from './scenario.ts';
import { registeredAt } from './scenario.ts';

/** Rows of the random streams that all venues share: the groups' clocks, (the venues' own), activity, scratch, the agents, the common factor. */
interface StreamRows {
  readonly clocks: number;
  readonly activity: number;
  readonly scratch: number;
  readonly agents: number;
  /** After the agents'; there is one only where indexes have something in common. */
  readonly common: number;
}

/** Sizes of one venue's tables, and where what is its own lies among what all venues share. */
export interface VenueLayout {
  /** Before the names of its tables; '' in a world with one venue. */
  readonly prefix: string;
  readonly market: ExchangeCapacity;
  readonly clearing: ClearingCapacity;
  /** Traders that are registered there. */
  readonly traders: number;
  /** Number of its first instrument among those of all venues: its listing in the event queue. */
  readonly firstListing: number;
  /** Rows of the random streams of its instruments' indexes, and of its assets' prices. */
  readonly streams: { readonly indexes: number; readonly assets: number; readonly common: number };
  /** Most parts of the belief about an instrument's flow. */
  readonly flowParts: number;
}

export interface Layout {
  readonly venues: readonly VenueLayout[];
  readonly places: Places;
  readonly streams: StreamRows;
  /** 1 where indexes have something in common. */
  readonly commonFactor: 0 | 1;
  /** Parts of everybody's activity. */
  readonly activityParts: number;
  /** The kinds in use, in order of first appearance, each with the number of its agents. */
  readonly kinds: readonly { readonly kind: AgentKind; readonly rows: number }[];
}

export function layoutOf(scenario: Scenario): Layout {
  const { venues, groups } = scenario;
  const kinds = new Map<AgentKind, number>();
  for (const group of groups) kinds.set(group.kind, (kinds.get(group.kind) ?? 0) + group.count);
  const places = placesOf(groups, venues.length);
  const listings = venues.map(({ instruments }) => instruments.length);
  const assets = venues.map((venue) => venue.assets?.length ?? 0);
  const clocks = groups.length;
  const activity = clocks + sum(listings) + sum(assets);
  const scratch = activity + 1;
  const agents = scratch + 1;
  const streams = { clocks: 0, activity, scratch, agents, common: agents + places.agents };
  return {
    venues: venues.map((venue, v): VenueLayout => {
      const own = groups.filter((group) => registeredAt(group).includes(v));
      const firstListing = sum(listings.slice(0, v));
      return {
        prefix: venues.length === 1 ? '' : `${venue.name}.`,
        ...poolsOf(venue, places.accounts[v]!, own),
        traders: sum(own.map(({ count }) => count)),
        firstListing,
        streams: {
          indexes: clocks + firstListing,
          assets: clocks + sum(listings) + sum(assets.slice(0, v)),
          common: streams.common,
        },
        flowParts: Math.max(0, ...venue.instruments.map(({ flow }) => flow?.fades.length ?? 0)),
      };
    }),
    places,
    streams,
    commonFactor: venues.some(hasCommonFactor) ? 1 : 0,
    activityParts: scenario.activity?.parts.length ?? 0,
    kinds: [...kinds].map(([kind, rows]) => ({ kind, rows })),
  };
}

/** Sizes of a venue's own tables. */
function poolsOf(
  venue: VenueSpec,
  accounts: number,
  groups: readonly GroupSpec[],
): Pick<VenueLayout, 'market' | 'clearing'> {
  const instruments = venue.instruments.length;
  const { orders, terms, fills, span, calls, liquidations, losses } = venue.capacity;
  return {
    market: { instruments, orders, terms, owners: accounts, span, fills },
    clearing: {
      instruments,
      accounts,
      span,
      calls,
      liquidations,
      losses,
      marginState: instruments * venue.marginSlots,
      facilities: groups.some(usesFacilities) ? accounts : 1,
      members: venue.members ? accounts : 1,
      coins: venue.instruments.some(({ contract }) => contractOf(contract).coin !== undefined) ? accounts : 0,
      assets: venue.assets?.length ?? 0,
      rising: venue.looksAbove ? accounts * instruments : 0,
    },
  };
}

function hasCommonFactor({ instruments }: VenueSpec): boolean {
  return instruments.some(({ index }) => index.common !== undefined);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** True if some agent may have a free balance, a debt or a leverage of its own. */
function usesFacilities({ kind, params }: GroupSpec): boolean {
  return (kind.facilities ?? []).some((name) => {
    const law = params[name];
    return law !== undefined && !(law.kind === 'constant' && law.value === 0);
  });
}
