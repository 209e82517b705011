/** What a recorded run was run on, as its manifest says it: plain JSON, read here without the program that wrote it. */

/** A rung, a layer, a rule or a wrapper with its settings: durations in µs, shares as numbers. */
export type Settings = Readonly<Record<string, unknown>>;

/** A share of the notional, or one that rises with the time from the breach to the order (shares, a second; µs). */
export type LiquidationFee =
  number | { readonly base: number; readonly rise: number; readonly grace: number; readonly most: number };

export interface Policy {
  readonly margin: Settings & { readonly rule: string; readonly wrappers: readonly Settings[] };
  readonly ladder: readonly (Settings & { readonly rung: string; readonly at: number })[];
  readonly waterfall: readonly (Settings & { readonly layer: string })[];
  readonly liquidation_fee: LiquidationFee;
  readonly release: number;
  /** How fund and vault close what they took over; left out: they keep it. */
  readonly unwind?: { readonly every: number; readonly share: number };
}

export interface AssetTerms {
  readonly tick_lot: number;
  readonly lot: number;
  readonly haircut_ppm: number;
  readonly size_discount: number;
  /** Quanta; null: never. */
  readonly deposit_scale_start: number | null;
  readonly penalty_ppm: number;
}

export interface TradingTerms {
  readonly maker_ppm: number;
  readonly taker_ppm: number;
  /** Part of each fee that the insurance fund gets; left out: none. */
  readonly fund_ppm?: number;
  readonly batch_us: number;
  readonly halt?: unknown;
}

export interface InstrumentTerms {
  readonly name: string;
  readonly lot: number;
  /** Quanta per tick and lot; left out where the price moves no money. */
  readonly tick_lot?: number;
  /** Left out: a linear one. */
  readonly contract?: { readonly kind: string };
  /** Of a kind that no formula is known of: trades move coins, not money. */
  readonly in_coin?: true;
}

/** What the runs have in common at all venues. */
interface CommonTerms {
  readonly runs: readonly number[];
  readonly until_us: number;
  readonly quanta_per_unit: number;
  readonly tiers: Readonly<Record<string, readonly (readonly number[])[]>>;
}

/** … and what one venue has of its own. */
interface VenueTerms {
  /** Delays under each policy. */
  readonly latencies: Readonly<Record<string, { readonly liquidation_us: number }>>;
  readonly instruments: readonly InstrumentTerms[];
  readonly assets: readonly AssetTerms[];
  readonly policies: Readonly<Record<string, Policy>>;
  readonly trading: Readonly<Record<string, readonly TradingTerms[]>>;
}

export type Terms = CommonTerms & VenueTerms;

/** Of results with several venues, by name. */
export type VenuesTerms = CommonTerms & { readonly venues: Readonly<Record<string, VenueTerms>> };

/** The terms of one venue; `venue`: undefined where there is one alone. */
export function termsAt(terms: Terms | VenuesTerms, venue: string | undefined): Terms {
  if (!('venues' in terms)) return terms;
  const { venues, ...common } = terms;
  return { ...common, ...venues[venue ?? '']! };
}

export interface Part {
  readonly table: string;
  readonly file: string;
  readonly sha256: string;
}

export interface Manifest {
  readonly experiment: string;
  readonly audit?: Terms | VenuesTerms;
  readonly tables: readonly {
    readonly name: string;
    readonly columns: readonly { readonly name: string }[];
  }[];
  readonly parts: readonly Part[];
}

/** Accounts of the venue itself. */
export const OUTSIDE = 0;
export const INSURANCE = 1;
export const WRITTEN_OFF = 2;
export const VAULT = 4;
export const OWN_CAPITAL = 5;
export const DEFAULT_FUND = 6;
export const FEES = 7;
/** From here on: traders. */
export const FIRST_TRADER = 8;
