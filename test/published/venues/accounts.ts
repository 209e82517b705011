// Accounts for tests of the venues: written with plain numbers, and drawn at random.
import fc from 'fast-check';
import { Exact, ZERO } from '../../../src/published/formulas/exact.ts';
import { Sheet } from '../../../src/published/formulas/sheet.ts';
import type { TierRow } from '../../../src/published/formulas/tier-table.ts';
import type { Account } from '../../../src/published/venues/account.ts';
import type { Assessment } from '../../../src/published/venues/assess.ts';
import { assess } from '../../../src/published/venues/assess.ts';
import { venues } from '../../../src/published/venues/index.ts';
import type { Venue } from '../../../src/published/venues/venue.ts';

type Number = number | string | Exact;

export interface Plain {
  readonly mode?: 'isolated' | 'cross';
  readonly side?: 'long' | 'short';
  readonly entry?: Number;
  readonly quantity?: Number;
  readonly mark?: Number;
  readonly wallet?: Number;
  readonly leverage?: Number;
  readonly rate?: Number;
  readonly amount?: Number;
  readonly tiers?: readonly (readonly (Number | undefined)[])[];
  readonly takerFee?: Number;
  readonly others?: readonly [Number, Number];
  readonly openInterest?: readonly [Number, Number, Number, Number];
}

const maybe = (value: Number | undefined) => (value === undefined ? undefined : new Exact(value));

/** 1 unit long at 100, isolated, unless it says otherwise. */
function account(plain: Plain): Account {
  const [maintenance, unrealised] = plain.others ?? [0, 0];
  const oi = plain.openInterest?.map((value) => new Exact(value));
  return {
    mode: plain.mode ?? 'isolated',
    side: plain.side ?? 'long',
    entry: new Exact(plain.entry ?? 100),
    quantity: new Exact(plain.quantity ?? 1),
    mark: new Exact(plain.mark ?? plain.entry ?? 100),
    wallet: maybe(plain.wallet),
    leverage: maybe(plain.leverage),
    rate: maybe(plain.rate),
    amount: maybe(plain.amount),
    tiers: plain.tiers?.map(rowOf),
    takerFee: maybe(plain.takerFee) ?? ZERO,
    others: { maintenance: new Exact(maintenance), unrealised: new Exact(unrealised) },
    openInterest: oi && { base: oi[0]!, lower: oi[1]!, upper: oi[2]!, value: oi[3]! },
  };
}

/** [floor, cap, rate, highest leverage, amount] */
export function rowOf([floor, cap, rate, leverage, amount]: readonly (Number | undefined)[]): TierRow {
  return {
    floor: new Exact(floor!),
    cap: maybe(cap),
    rate: maybe(rate),
    maxLeverage: maybe(leverage),
    amount: maybe(amount),
  };
}

function venueOf(name: string): Venue {
  return venues.find((venue) => venue.name === name)!;
}

export function at(venue: string, plain: Plain): Assessment {
  return assess(venueOf(venue), account(plain), new Sheet());
}

/** A number of `digits` digits between two, so that products stay exact. */
const decimal = (least: number, most: number, scale: number) =>
  fc.integer({ min: Math.ceil(least * scale), max: Math.floor(most * scale) }).map((n) => n / scale);

const row = fc.record({ width: fc.integer({ min: 1, max: 60 }), rise: fc.integer({ min: 0, max: 120 }) });

/** Tables of rates that rise, with borders around where the accounts below are. */
export const anyTiers = fc.array(row, { minLength: 1, maxLength: 5 }).map((rows) => {
  let floor = 0;
  let ppt = 2;
  return rows.map(({ width, rise }) => {
    const start = floor;
    floor += width * 50;
    ppt += rise;
    return [start, floor, ppt / 1000, Math.max(1, Math.floor(500 / ppt)), undefined] as const;
  });
});

export const anyAccount = fc.record({
  mode: fc.constantFrom('isolated' as const, 'cross' as const),
  side: fc.constantFrom('long' as const, 'short' as const),
  entry: decimal(1, 200, 100),
  mark: decimal(1, 200, 100),
  quantity: decimal(0.01, 40, 100),
  wallet: decimal(-100, 3000, 10),
  takerFee: decimal(0, 0.005, 10_000),
  others: fc.tuple(decimal(0, 200, 10), decimal(-200, 200, 10)),
});
