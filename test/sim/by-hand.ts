// Scenarios written by hand: a small market in the engine's own units, of which a test changes what it is about.
// One lot is 0.01 of the base, one quantum 0.01 of money, unless an instrument says otherwise.
import { linear } from '../../src/contracts/linear.ts';
import type { z } from 'zod';
import { agents } from '../../agents/index.ts';
import { duration, share } from '../../src/core/settings.ts';
import type { AgentKind, Param } from '../../src/sim/agent/agent.ts';
import type { Distribution } from '../../src/sim/agent/distribution.ts';
import { compileMark, markSchema } from '../../src/market/mark-settings.ts';
import {
  compilePolicy,
  hasMembers,
  looksAbove,
  marginSlots,
  policySchema,
} from '../../src/clearing/policy/policy.ts';
import type {
  ActivitySpec,
  AssetSpec,
  Capacity,
  GroupSpec,
  InstrumentSpec,
  Latency,
  Levels,
  Scenario,
  VenueCapacity,
  VenueSpec,
} from '../../src/sim/scenario/scenario.ts';
import { shocks } from '../../src/sim/shocks/index.ts';
import type { Shock } from '../../src/sim/shocks/shock.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import { dataFile } from './real-data.ts';

export const QUANTA_PER_UNIT = 100;
/** First price of an instrument: a lot is worth so many quanta. */
const PRICE = 50_000;

/** A policy as an experiment file writes it. */
export type WrittenPolicy = z.input<typeof policySchema>;
/** A mark rule as an experiment file writes it. */
export type WrittenMark = z.input<typeof markSchema>;

function kindOf(name: string): AgentKind {
  const found = agents.find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`no agent of kind ${name}`);
  return found;
}

const constant = (value: number): Distribution => ({ kind: 'constant', value });

/** A parameter's default in the engine's units. */
function defaultOf({ value, unit }: Param): number {
  switch (unit) {
    case 'share':
      return share().parse(value);
    case 'duration':
      return duration().parse(value);
    case 'size':
      return (parseFloat(String(value)) * QUANTA_PER_UNIT) / PRICE; // in money
    case 'money':
      return Number(value) * QUANTA_PER_UNIT;
    default:
      return parseFloat(String(value));
  }
}

export interface GroupOptions {
  readonly name?: string;
  readonly instrument?: number;
  readonly totalSize?: number;
  /** By parameter; a number is the same for all. The rest are the kind's defaults. */
  readonly params?: Readonly<Record<string, number | Distribution>>;
}

export function group(of: string | AgentKind, count: number, options: GroupOptions = {}): GroupSpec {
  const kind = typeof of === 'string' ? kindOf(of) : of;
  const { name = kind.kind, instrument = 0, totalSize, params = {} } = options;
  for (const key of Object.keys(params)) {
    if (!kind.paramNames.includes(key)) throw new Error(`agent ${kind.kind} has no parameter ${key}`);
  }
  return {
    name,
    kind,
    count,
    instrument,
    params: Object.fromEntries(
      Object.entries(kind.params).map(([key, param]) => {
        const written = params[key] ?? defaultOf(param);
        return [key, typeof written === 'number' ? constant(written) : written];
      }),
    ),
    ...(totalSize === undefined ? {} : { totalSize }),
  };
}

/** `count` levels of `lots` each from `best` on, `gap` ticks apart; direction −1 for bids. */
export function levels(best: number, direction: 1 | -1, count: number, lots: number, gap = 1): Levels {
  const price = Int32Array.from({ length: count }, (_, i) => best + direction * gap * i).filter((p) => p > 0);
  return { price, lots: new Int32Array(price.length).fill(lots) };
}

export function mark(written: WrittenMark, every_us = 0): InstrumentSpec['mark'] {
  return { rule: compileMark(markSchema.parse(written)), every_us };
}

/** An instrument at 50,000 ticks with 10 % of book on each side. */
export function instrument(over: Partial<InstrumentSpec> = {}): InstrumentSpec {
  return {
    name: 'AAA',
    contract: linear(1),
    price: PRICE,
    bids: levels(49_995, -1, 500, 40, 10),
    asks: levels(50_005, 1, 500, 40, 10),
    mark: mark({ rule: 'smoothed', half_life: '2 s' }, 100_000),
    index: { volatility: 0.0005, every_us: 500_000 },
    ...over,
  };
}

export function policyOf(
  written: WrittenPolicy,
): Pick<VenueSpec, 'rules' | 'marginSlots' | 'members' | 'looksAbove' | 'insuranceQuanta'> {
  const policy = policySchema.parse(written);
  return {
    rules: (context) => compilePolicy(policy, context),
    marginSlots: marginSlots(policy),
    members: hasMembers(policy),
    looksAbove: looksAbove(policy),
    insuranceQuanta: Math.round(policy.insurance_fund * QUANTA_PER_UNIT),
  };
}

/** A shock as an experiment file writes it. */
export function shock(written: { readonly kind: string } & Readonly<Record<string, unknown>>): Shock {
  const { kind, ...settings } = written;
  const definition = shocks.get(kind);
  return definition.compile(definition.settings.parse(settings), {
    quantaPerUnit: QUANTA_PER_UNIT,
    instrument: (name) => (name === undefined ? 0 : Number(name)),
  });
}

export const NO_LATENCY: Latency = { order_us: 0, mark_us: 0, liquidation_us: 0, notice_us: 0 };

export interface MarketOptions {
  readonly until_us?: number;
  readonly instruments?: readonly InstrumentSpec[];
  readonly assets?: readonly AssetSpec[];
  readonly activity?: ActivitySpec;
  readonly commonJumps?: { readonly rate: number; readonly size: number };
  readonly groups: readonly GroupSpec[];
  readonly policy?: WrittenPolicy;
  readonly shocks?: readonly Shock[];
  readonly latency?: Partial<Latency>;
  readonly capacity?: Partial<VenueCapacity & Capacity>;
}

/** A market with one venue. */
export function scenarioOf(options: MarketOptions): Scenario {
  const { work, events = 8192, ...pools } = options.capacity ?? {};
  return {
    until_us: options.until_us ?? 10_000_000,
    venues: [venueOf({ ...options, capacity: pools })],
    ...(options.activity === undefined ? {} : { activity: options.activity }),
    ...(options.commonJumps === undefined ? {} : { commonJumps: options.commonJumps }),
    groups: options.groups,
    shocks: options.shocks ?? [],
    quantaPerUnit: QUANTA_PER_UNIT,
    data: dataFile,
    capacity: { events, ...(work === undefined ? {} : { work }) },
  };
}

type VenueOptions = Pick<MarketOptions, 'instruments' | 'assets' | 'policy' | 'latency'> & {
  readonly name?: string;
  readonly capacity?: Partial<VenueCapacity>;
};

export function venueOf(options: VenueOptions): VenueSpec {
  return {
    name: options.name ?? '',
    instruments: options.instruments ?? [instrument()],
    assets: options.assets ?? [],
    latency: { order_us: 2000, mark_us: 50_000, liquidation_us: 20_000, notice_us: 1000, ...options.latency },
    ...policyOf(options.policy ?? { margin: { rule: 'flat', leverage: 20 }, ladder: 'immediate' }),
    capacity: {
      orders: 8192,
      terms: 1024,
      calls: 4096,
      liquidations: 8192,
      losses: 8192,
      fills: 1024,
      span: 4096,
      ...options.capacity,
    },
  };
}

/** The scenario with changes at its one venue. */
export function atVenue(scenario: Scenario, changes: Partial<VenueSpec>): Scenario {
  return { ...scenario, venues: [{ ...scenario.venues[0]!, ...changes }] };
}

/** Columns of a kind's own table: parameters and memory. */
export function tableOf(simulation: Simulation, kind: string): Readonly<Record<string, ArrayLike<number>>> {
  const tables = simulation.tables as unknown as Record<string, Record<string, ArrayLike<number>>>;
  const table = tables[`kind:${kind}`];
  if (table === undefined) throw new Error(`no agents of kind ${kind}`);
  return table;
}

/** An event as it left the queue. */
export interface PoppedEvent {
  readonly time_us: number;
  readonly kind: number;
  readonly subject: number;
  readonly instrument: number;
}

/** Runs to `until` and lists the events handled; stops before an event for which `stop` holds after it. */
export function eventsOf(simulation: Simulation, until: number, stop?: () => boolean): PoppedEvent[] {
  const { queue } = simulation;
  const events: PoppedEvent[] = [];
  const next = queue.next.bind(queue);
  queue.next = (limit) => {
    const row = next(limit);
    const { columns } = queue;
    if (row >= 0) {
      events.push({
        time_us: columns.time_us[row]!,
        kind: columns.kind[row]!,
        subject: columns.subject[row]!,
        instrument: columns.instrument[row]!,
      });
    }
    return row;
  };
  while (simulation.step(until)) if (stop?.() === true) break;
  queue.next = next;
  return events;
}
