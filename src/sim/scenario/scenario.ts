/**
 * A scenario: everything that a world is built from, in the engine's own units (ticks, lots, quanta, µs). The lab makes
 * it from an experiment file; tests may write it by hand. It holds no state and never changes.
 */
import type { ContractTerms } from '../../contracts/contract.ts';
import { contractOf } from '../../contracts/contracts.ts';
import type { ClearingRules } from '../../clearing/calls/house.ts';
import type { AssetTerms } from '../../clearing/ledger/collateral.ts';
import type { MarginContext } from '../../clearing/margin/rule.ts';
import { ConfigError } from '../../core/errors.ts';
import { MAX_EXACT } from '../../core/units.ts';
import type { MarkRule } from '../../market/mark.ts';
import type { AgentKind } from '../agent/agent.ts';
import type { Distribution } from '../agent/distribution.ts';
import type { Shock } from '../shocks/shock.ts';
import type { JumpSpec } from '../terms/jumps.ts';
import type { TradingRules } from '../terms/trading-rules.ts';

/** Levels of one side of a book, best first. */
export interface Levels {
  readonly price: Int32Array;
  readonly lots: Int32Array;
}

/** The price on other venues. */
export interface IndexSpec {
  /** Standard deviation of its relative change, per square root of a second of usual activity. */
  readonly volatility: number;
  readonly every_us: number;
  /** Left out: none. Jumps of Laplace's law: their rate (1/s, times activity) and mean absolute size. */
  readonly jumps?: JumpSpec;
  /** Left out: it has nothing in common with others. Share of its steps that are the common factor's, −1 to 1; times its jumps. */
  readonly common?: { readonly steps: number; readonly jumps: number };
}

/** Everybody's activity (activity.ts). */
export interface ActivitySpec {
  readonly every_us: number;
  readonly parts: readonly ActivityPart[];
}

interface ActivityPart {
  readonly time_us: number;
  readonly variance: number;
  /** True: begins anywhere, by its own law; false: at its mean. */
  readonly anywhere: boolean;
}

/** What belief about the price follows from trades (flow-belief.ts). */
export interface FlowSpec {
  /** Relative move that an order of `of_lots` makes that comes alone. */
  readonly impact: number;
  readonly of_lots: number;
  readonly exponent: number;
  readonly memory_us: number;
  /** Shares of a move, each with the time in which it fades; the rest moves the index for good. The slowest last. */
  readonly fades: readonly { readonly share: number; readonly time_us: number }[];
  readonly stale_ticks: number;
  readonly yields_us: number;
  readonly anchor_us: number;
  readonly calms_us: number;
}

export interface InstrumentSpec {
  readonly name: string;
  readonly contract: ContractTerms;
  /** Units of the base (coins) in one lot, for rules that speak of coins; 1 if left out. */
  readonly lot?: number;
  /** First mark and index price, ticks. */
  readonly price: number;
  readonly bids: Levels;
  readonly asks: Levels;
  readonly mark: {
    readonly rule: MarkRule;
    /** Time between samples, µs; 0: after every command that traded or moved the best prices. */
    readonly every_us: number;
  };
  readonly index: IndexSpec;
  /** How its traders read its trades; left out: they do not, and only the book moves the price. */
  readonly flow?: FlowSpec;
  /** Left out: no fees, no bounds, continuous trading. */
  readonly trading?: TradingRules;
}

/** A collateral asset, with the law that its price follows. */
export interface AssetSpec extends AssetTerms {
  /** First price, ticks. */
  readonly price: number;
  /** Of its own steps: standard deviation of the relative change, per square root of a second. */
  readonly volatility: number;
  readonly every_us: number;
  /** … to which beta times the relative move of an instrument's mark or index since the last step is added; −1: nothing. */
  readonly follows: number;
  readonly of: 'mark' | 'index';
  readonly beta: number;
}

export interface GroupSpec {
  /** Names the group's random streams: another group shifts nobody's luck. */
  readonly name: string;
  readonly kind: AgentKind;
  readonly count: number;
  /** Of its home venue. */
  readonly instrument: number;
  /** Numbers of the venues at which its traders are registered, their home first; left out: the first venue alone. */
  readonly venues?: readonly number[];
  /** Name of a group whose traders these are: one reserve and free balance for all their positions; left out: none. */
  readonly sameTradersAs?: string;
  /** By parameter name. */
  readonly params: Readonly<Record<string, Distribution>>;
  /** If given, the parameter `size` (lots) of all agents is scaled so that it sums to this many lots. */
  readonly totalSize?: number;
}

export interface Latency {
  /** From an agent's decision to the book. */
  readonly order_us: number;
  /** From the sample of the mark to its publication. */
  readonly mark_us: number;
  /** From the breach to the clearing house's first look at the account. */
  readonly liquidation_us: number;
  /** From a margin call to its trader. */
  readonly notice_us: number;
}

/** Sizes of one venue's pools. */
export interface VenueCapacity {
  readonly orders: number;
  /** Open orders with terms: stops, icebergs, reduce-only orders, market orders in a call period. */
  readonly terms: number;
  readonly calls: number;
  readonly liquidations: number;
  readonly losses: number;
  readonly fills: number;
  readonly span: number;
}

/** … of what all venues share. */
export interface Capacity {
  readonly events: number;
  /** Events of a run, at each venue; left out: no limit. */
  readonly work?: number;
}

/** One venue: what is traded there, and by which rules. */
export interface VenueSpec {
  /** Of a world with one venue: ''. */
  readonly name: string;
  readonly instruments: readonly InstrumentSpec[];
  /** Collateral assets beside money; left out: none. */
  readonly assets?: readonly AssetSpec[];
  readonly latency: Latency;
  readonly rules: (context: MarginContext) => ClearingRules;
  readonly marginSlots: number;
  /** True if a layer of the waterfall is a default fund. */
  readonly members: boolean;
  /** Some rung of the policy's ladder is above the maintenance margin. */
  readonly looksAbove: boolean;
  readonly insuranceQuanta: number;
  readonly capacity: VenueCapacity;
}

/** A shock, and the number of the venue that it comes to. */
export interface PlacedShock extends Shock {
  /** Left out: the first. */
  readonly venue?: number;
}

export interface Scenario {
  readonly until_us: number;
  readonly venues: readonly VenueSpec[];
  /** Left out: always the same. */
  readonly activity?: ActivitySpec;
  /** Jumps of what indexes have in common; left out: none. */
  readonly commonJumps?: JumpSpec;
  readonly groups: readonly GroupSpec[];
  readonly shocks: readonly PlacedShock[];
  readonly quantaPerUnit: number;
  readonly data: (file: string) => unknown;
  readonly capacity: Capacity;
}

/** Number of the venue at which a group's traders have their home. */
export function homeOf({ venues = FIRST_ALONE }: Pick<GroupSpec, 'venues'>): number {
  return venues[0]!;
}

/** Numbers of the venues at which a group's traders are registered, their home first. */
export function registeredAt({ venues = FIRST_ALONE }: Pick<GroupSpec, 'venues'>): readonly number[] {
  return venues;
}

const FIRST_ALONE: readonly number[] = [0];

/** Time of the first shock, µs, or undefined without shocks. */
export function firstShock(scenario: Scenario): number | undefined {
  return scenario.shocks.length === 0 ? undefined : Math.min(...scenario.shocks.map((shock) => shock.at_us));
}

/**
 * Proves that money stays exact: at each venue the value of all lots, at sixteen times the first price (or at the highest
 * price in the book), and of the coins that they are settled in, must stay below 2^53 quanta. Throws ConfigError otherwise.
 */
export function assertExact({ venues, groups }: Scenario): void {
  venues.forEach((venue, v) => {
    const at = groups.filter((group) => homeOf(group) === v);
    assertVenueExact(venue, at);
  });
}

function assertVenueExact({ instruments, insuranceQuanta }: VenueSpec, groups: readonly GroupSpec[]): void {
  let worst = insuranceQuanta;
  instruments.forEach((instrument, i) => {
    let lots = 0;
    let furthest = 0;
    for (const side of [instrument.bids, instrument.asks]) {
      for (const n of side.lots) lots += n;
      for (const price of side.price) if (price > furthest) furthest = price;
    }
    for (const group of groups) if (group.instrument === i) lots += group.totalSize ?? 0;
    if (lots > 0x7fffffff) {
      throw new ConfigError(
        ['market', 'instruments', i, 'lot'],
        `${lots} lots in the market exceed 2^31; use a larger lot`,
      );
    }
    const contract = contractOf(instrument.contract);
    const highest = Math.max(16 * instrument.price, furthest);
    worst += contract.notional(lots, highest);
    if (contract.coin === undefined) return;
    // All lots bought at a sixteenth of the price: so many coins there may be, and be worth at the highest price.
    const coins = Math.abs(contract.value(lots, Math.max(1, Math.floor(instrument.price / 16))));
    worst += Math.max(coins, contract.coin.money(coins, highest));
  });
  if (worst > MAX_EXACT) {
    throw new ConfigError(
      ['market'],
      `money would exceed 2^53 quanta (about ${worst.toExponential(1)}); use a larger tick or lot`,
    );
  }
}
