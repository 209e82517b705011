/** The whole world's schema for a scenario: each venue's market and clearing, the queue, and the simulation's own tables. */
import { clearingSchema, FIRST_TRADER } from '../../clearing/schema.ts';
import { ConfigError } from '../../core/errors.ts';
import { queueSchema } from '../../core/queue.ts';
import type { Columns, ColumnType, Schema, TableSchema } from '../../core/world.ts';
import { sizeOf } from '../../core/world.ts';
import { exchangeSchema } from '../../market/exchange-schema.ts';
import type { Layout, VenueLayout } from './layout.ts';
import { layoutOf } from './layout.ts';
import type { Scenario } from './scenario.ts';

/** The queue, random streams, groups of agents and agents. */
const peopleSchema = (layout: Layout, events: number) =>
  ({
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
      rows: Math.max(1, layout.places.firstAccounts.length),
      columns: { until_us: 'f64', wakes: 'f64', stays: 'u8', born: 'i32', carry: 'f64', next: 'f64' },
    },
    /** One row an agent. `calls`: margin calls received; `gone`: 1 if it acts no more (a fork without it). */
    agents: { rows: Math.max(1, layout.places.agents), columns: { calls: 'i32', gone: 'u8' } },
  }) as const satisfies Record<string, TableSchema>;

/** A venue's market and clearing house. */
const houseSchema = ({ market, clearing }: VenueLayout) => ({
  ...exchangeSchema(market),
  ...clearingSchema(clearing),
});

const pricesSchema = ({ market }: VenueLayout) =>
  ({
    /** One row an instrument. Prices in ticks; low and high since the first shock began. */
    prices: {
      rows: market.instruments,
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
  }) as const satisfies Record<string, TableSchema>;

/** One row a part of everybody's activity (activity.ts): where it is, and its variance at this time. */
const activitySchema = ({ activityParts }: Layout) =>
  ({
    activity: { rows: Math.max(1, activityParts), columns: { level: 'f64', spread: 'f64' } },
  }) as const satisfies Record<string, TableSchema>;

const flowSchema = ({ market, flowParts }: VenueLayout) =>
  ({
    /**
     * One row an instrument: what its traders read from its flow (flow-belief.ts). `recent`: lots of the last moments, signed,
     * at `recent_us`; `belief`: φ; `basis`: mean distance of the middle from the index of late; `stress`: its volatility over
     * the usual one, from the middles `seen`.
     */
    flow: {
      rows: market.instruments,
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
    flow_parts: { rows: Math.max(1, market.instruments * flowParts), columns: { belief: 'f64' } },
  }) as const satisfies Record<string, TableSchema>;

/** What indexes have in common (common-factor.ts), and when it moved last. */
const factorSchema = ({ commonFactor }: Layout) =>
  ({
    factor: { rows: commonFactor, columns: { wiener: 'f64', jumped: 'f64', moved_us: 'f64' } },
  }) as const satisfies Record<string, TableSchema>;

const sessionSchema = ({ market: { instruments } }: VenueLayout, commonFactor: number) =>
  ({
    /** Where each instrument saw the common factor last. */
    factor_seen: { rows: commonFactor * instruments, columns: { wiener: 'f64', jumped: 'f64' } },
    /** One row an instrument: until when it calls (µs), whether that is a halt, and halts so far. */
    phases: { rows: instruments, columns: { until_us: 'f64', halted: 'u8', halts: 'i32' } },
    /** Row: venue account × instruments + instrument. What fund and vault took over and close in the book. */
    inventory: {
      rows: FIRST_TRADER * instruments,
      columns: {
        liquidation: 'i32', // 1 + row of the last one that handed lots over; 0: none
        due: 'u8', // 1: its next sale is scheduled
      },
    },
  }) as const satisfies Record<string, TableSchema>;

const runSchema = ({ venues }: Layout) =>
  ({
    /** Row 0: the run's key; row 1: that of its latest branch, which is the same until there is one. */
    keys: { rows: 2, columns: { word_0: 'i32', word_1: 'i32', word_2: 'i32', word_3: 'i32' } },
    /** The run's counters, one row a venue; in the first one everybody's activity now (1: the usual one). */
    run: { rows: venues.length, columns: { events: 'f64', wakes: 'f64', activity: 'f64' } },
  }) as const satisfies Record<string, TableSchema>;

/** All tables of a world but those of the kinds. A venue's own have its prefix before their names. */
export function worldSchema(layout: Layout, events: number): Schema {
  const each = (of: (venue: VenueLayout) => Schema): Schema =>
    Object.fromEntries(
      layout.venues.flatMap((venue) =>
        Object.entries(of(venue)).map(([name, table]) => [`${venue.prefix}${name}`, table]),
      ),
    );
  return {
    ...each(houseSchema),
    ...peopleSchema(layout, events),
    ...each(pricesSchema),
    ...activitySchema(layout),
    ...each(flowSchema),
    ...factorSchema(layout),
    ...each((venue) => sessionSchema(venue, layout.commonFactor)),
    ...runSchema(layout),
  };
}

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

type CommonSchema = ReturnType<typeof peopleSchema> &
  ReturnType<typeof activitySchema> &
  ReturnType<typeof factorSchema> &
  ReturnType<typeof runSchema>;
type OwnSchema = ReturnType<typeof houseSchema> &
  ReturnType<typeof pricesSchema> &
  ReturnType<typeof flowSchema> &
  ReturnType<typeof sessionSchema>;

/** Tables that all venues share. */
export type CommonTables = { readonly [T in keyof CommonSchema]: Columns<CommonSchema[T]> };
/** … and those of one venue, under their own names. */
export type WorldTables = CommonTables & { readonly [T in keyof OwnSchema]: Columns<OwnSchema[T]> };

/** The world as one venue sees it: its own tables, and those that all share. */
export function tablesOf(tables: Readonly<Record<string, unknown>>, venue: VenueLayout): WorldTables {
  const own = [houseSchema, pricesSchema, flowSchema].flatMap((of) => Object.keys(of(venue)));
  const names = [...own, ...Object.keys(sessionSchema(venue, 0))];
  return {
    ...tables,
    ...Object.fromEntries(names.map((name) => [name, tables[`${venue.prefix}${name}`]])),
  } as unknown as WorldTables;
}

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
