/** The whole world's schema for a scenario: market, clearing, queue, and the simulation's own tables. */
import { contractOf } from '../../contracts/contracts.ts';
import { clearingSchema, FIRST_TRADER } from '../../clearing/schema.ts';
import type { ClearingCapacity } from '../../clearing/schema.ts';
import { ConfigError } from '../../core/errors.ts';
import { queueSchema } from '../../core/queue.ts';
import type { Columns, ColumnType, TableSchema } from '../../core/world.ts';
import { sizeOf } from '../../core/world.ts';
import type { ExchangeCapacity } from '../../market/exchange-schema.ts';
import { exchangeSchema } from '../../market/exchange-schema.ts';
import type { AgentKind } from '../agent/agent.ts';
import type { Scenario } from './scenario.ts';

/** Rows of the random streams: the groups' clocks, the instruments' index prices, the assets' prices, activity, scratch, the agents, the common factor. */
export interface StreamRows {
  readonly clocks: number;
  readonly indexes: number;
  readonly assets: number;
  readonly activity: number;
  readonly scratch: number;
  readonly agents: number;
  /** After the agents'; there is one only where indexes have something in common. */
  readonly common: number;
}

export interface Layout {
  readonly market: ExchangeCapacity;
  readonly clearing: ClearingCapacity;
  readonly streams: StreamRows;
  /** 1 where indexes have something in common. */
  readonly commonFactor: 0 | 1;
  readonly agents: number;
  /** Parts of everybody's activity, and most parts of the belief about an instrument's flow. */
  readonly activityParts: number;
  readonly flowParts: number;
  /** The kinds in use, in order of first appearance, each with the number of its agents. */
  readonly kinds: readonly { readonly kind: AgentKind; readonly rows: number }[];
}

export function layoutOf(scenario: Scenario): Layout {
  const instruments = scenario.instruments.length;
  const assets = scenario.assets?.length ?? 0;
  const agents = scenario.groups.reduce((sum, group) => sum + group.count, 0);
  const accounts = FIRST_TRADER + agents;
  const { orders, terms, fills, span, calls, liquidations, losses } = scenario.capacity;
  const kinds = new Map<AgentKind, number>();
  for (const group of scenario.groups) kinds.set(group.kind, (kinds.get(group.kind) ?? 0) + group.count);
  const clocks = scenario.groups.length;
  const activity = clocks + instruments + assets;
  const scratch = activity + 1;
  return {
    market: { instruments, orders, terms, owners: accounts, span, fills },
    clearing: {
      instruments,
      accounts,
      span,
      calls,
      liquidations,
      losses,
      marginState: instruments * scenario.marginSlots,
      wallets: usesWallets(scenario) ? accounts : 1,
      members: scenario.members ? accounts : 1,
      coins: scenario.instruments.some(({ contract }) => contractOf(contract).coin !== undefined)
        ? accounts
        : 0,
      assets,
      rising: scenario.looksAbove ? accounts * instruments : 0,
    },
    streams: {
      clocks: 0,
      indexes: clocks,
      assets: clocks + instruments,
      activity,
      scratch,
      agents: scratch + 1,
      common: scratch + 1 + agents,
    },
    commonFactor: scenario.instruments.some(({ index }) => index.common !== undefined) ? 1 : 0,
    agents,
    activityParts: scenario.activity?.parts.length ?? 0,
    flowParts: Math.max(0, ...scenario.instruments.map(({ flow }) => flow?.fades.length ?? 0)),
    kinds: [...kinds].map(([kind, rows]) => ({ kind, rows })),
  };
}

/** True if some agent may have a free balance, a debt or a leverage of its own. */
function usesWallets({ groups }: Scenario): boolean {
  return groups.some(({ kind, params }) =>
    (kind.wallet ?? []).some((name) => {
      const law = params[name];
      return law !== undefined && !(law.kind === 'constant' && law.value === 0);
    }),
  );
}

export const worldSchema = (layout: Layout, events: number) =>
  ({
    ...exchangeSchema(layout.market),
    ...clearingSchema(layout.clearing),
    ...queueSchema(events),
    streams: {
      rows: layout.streams.common + layout.commonFactor,
      columns: { a: 'i32', b: 'i32', c: 'i32', d: 'i32' },
    },
    /**
     * One row a group of agents. `until_us`: asleep till then (a withdrawal). `stays`: 1 if no shock sends it to sleep. `born`:
     * agents so far; `carry`, `next`: what the last one left to the next, and the mark at which that is born (birth.ts).
     */
    groups: {
      rows: Math.max(1, layout.streams.indexes),
      columns: { until_us: 'f64', wakes: 'f64', stays: 'u8', born: 'i32', carry: 'f64', next: 'f64' },
    },
    /** One row an agent. `calls`: margin calls received; `gone`: 1 if it acts no more (a fork without it). */
    agents: { rows: Math.max(1, layout.agents), columns: { calls: 'i32', gone: 'u8' } },
    /** One row an instrument. Prices in ticks; low and high since the first shock began. */
    prices: {
      rows: layout.market.instruments,
      columns: {
        index: 'f64',
        mark: 'f64', // the rule's last value, not yet rounded
        sampled_us: 'f64',
        volume: 'f64', // lots traded so far
        reference: 'i32', // middle of the book when the first shock began; 0 before
        low: 'i32',
        high: 'i32',
      },
    },
    /** One row a part of everybody's activity (activity.ts): where it is, and its variance at this time. */
    activity: { rows: Math.max(1, layout.activityParts), columns: { level: 'f64', spread: 'f64' } },
    /**
     * One row an instrument: what its traders read from its flow (flow-belief.ts). `recent`: lots of the last moments, signed,
     * at `recent_us`; `belief`: φ; `basis`: mean distance of the middle from the index of late; `stress`: its volatility over
     * the usual one, from the middles `seen`.
     */
    flow: {
      rows: layout.market.instruments,
      columns: {
        recent: 'f64',
        recent_us: 'f64',
        belief: 'f64',
        basis: 'f64',
        stress: 'f64',
        seen: 'f64',
      },
    },
    /** Row: instrument × parts + part: a part of φ. */
    flow_parts: {
      rows: Math.max(1, layout.market.instruments * layout.flowParts),
      columns: { belief: 'f64' },
    },
    /** What indexes have in common (common-factor.ts), when it moved last; and where each instrument saw it last. */
    factor: { rows: layout.commonFactor, columns: { wiener: 'f64', jumped: 'f64', moved_us: 'f64' } },
    factor_seen: {
      rows: layout.commonFactor * layout.market.instruments,
      columns: { wiener: 'f64', jumped: 'f64' },
    },
    /** One row an instrument: until when it calls (µs), whether that is a halt, and halts so far. */
    phases: {
      rows: layout.market.instruments,
      columns: { until_us: 'f64', halted: 'u8', halts: 'i32' },
    },
    /** Row: venue account × instruments + instrument. What fund and vault took over and close in the book. */
    inventory: {
      rows: FIRST_TRADER * layout.market.instruments,
      columns: {
        liquidation: 'i32', // 1 + row of the last one that handed lots over; 0: none
        due: 'u8', // 1: its next sale is scheduled
      },
    },
    /** Row 0: the run's key; row 1: that of its latest branch, which is the same until there is one. */
    keys: { rows: 2, columns: { word_0: 'i32', word_1: 'i32', word_2: 'i32', word_3: 'i32' } },
    /** The run's counters, and everybody's activity now (1: the usual one). */
    run: { rows: 1, columns: { events: 'f64', wakes: 'f64', activity: 'f64' } },
  }) as const satisfies Record<string, TableSchema>;

/** Tables of the kinds: parameters, then memory, one row an agent. Named `kind:NAME`. */
export function kindSchemas(layout: Layout): Record<string, TableSchema> {
  const schemas: Record<string, TableSchema> = {};
  for (const { kind, rows } of layout.kinds) {
    const columns: Record<string, ColumnType> = {};
    for (const name of kind.paramNames) columns[name] = 'f64';
    for (const name of kind.stateNames) columns[name] = kind.state![name]!;
    schemas[`kind:${kind.kind}`] = { rows, columns };
  }
  return schemas;
}

type WorldSchema = ReturnType<typeof worldSchema>;
export type WorldTables = { readonly [T in keyof WorldSchema]: Columns<WorldSchema[T]> };

const GIB = 0x40000000;

/** Most bytes of one world: that of some ten million accounts. Each worker has one. */
const MOST_BYTES = 4 * GIB;

/** Throws ConfigError where a scenario's world would need more memory than a world may. */
export function assertFits(scenario: Scenario): void {
  const layout = layoutOf(scenario);
  const bytes = sizeOf({ ...worldSchema(layout, scenario.capacity.events), ...kindSchemas(layout) });
  if (bytes <= MOST_BYTES) return;
  const [needs, most] = [bytes, MOST_BYTES].map((size) => (size / GIB).toFixed(1));
  throw new ConfigError(
    ['population'],
    `the world of a run would need ${needs!} GiB, and may have ${most!}: fewer accounts, instruments or a smaller market.capacity`,
  );
}
