/** An account with its position, as a line of `unwind margin` describes it. */
import { ZERO } from '../../published/formulas/exact.ts';
import type { OpenInterest } from '../../published/formulas/open-interest.ts';
import type { TierRow } from '../../published/formulas/tier-table.ts';
import type { Account } from '../../published/venues/account.ts';
import { venues } from '../../published/venues/index.ts';
import type { Venue } from '../../published/venues/venue.ts';
import { ConfigError } from '../../core/errors.ts';
import { ANY, FACTOR, NOT_NEGATIVE, POSITIVE, PPM, RATE, SHARE, numberOf } from './fields.ts';
import type { Fields } from './fields.ts';

const NAMES = venues.map(({ name }) => name);
const KNOWN: ReadonlySet<string> = new Set([
  'id',
  'venue',
  'mode',
  'side',
  'entry',
  'quantity',
  'mark',
  'wallet',
  'leverage',
  'maintenance_rate',
  'maintenance_amount',
  'tiers',
  'taker_fee',
  'others',
  'open_interest',
]);
const OTHERS: ReadonlySet<string> = new Set(['maintenance', 'unrealised']);
const OPEN_INTEREST: ReadonlySet<string> = new Set([
  'base_imf',
  'base_imf_ppm',
  'oi_lower',
  'oi_upper',
  'oi',
]);

/** Throws ConfigError with the field that is wrong. */
export function readAccount(fields: Fields): { readonly venue: Venue; readonly account: Account } {
  const name = fields.choice('venue', NAMES);
  const venue = venues.find((one) => one.name === name)!;
  fields.only(KNOWN);
  const entry = fields.number('entry', POSITIVE);
  const others = fields.object('others');
  others?.only(OTHERS);
  const openInterest = fields.object('open_interest');
  openInterest?.only(OPEN_INTEREST);
  const account: Account = {
    mode: fields.choice('mode', ['isolated', 'cross'], 'isolated'),
    side: fields.choice('side', ['long', 'short']),
    entry,
    quantity: fields.number('quantity', POSITIVE),
    mark: fields.optional('mark', POSITIVE) ?? entry,
    wallet: fields.optional('wallet', ANY),
    leverage: fields.optional('leverage', POSITIVE),
    rate: fields.optional('maintenance_rate', RATE),
    amount: fields.optional('maintenance_amount', NOT_NEGATIVE),
    tiers: readTiers(fields, venue),
    takerFee: fields.optional('taker_fee', RATE) ?? ZERO,
    others: {
      maintenance: others?.optional('maintenance', NOT_NEGATIVE) ?? ZERO,
      unrealised: others?.optional('unrealised', ANY) ?? ZERO,
    },
    openInterest: openInterest && openInterestOf(openInterest),
  };
  refuseUnused(fields, venue, account);
  return { venue, account };
}

/** Terms that would change the numbers, and that the venue does not have. */
function refuseUnused(fields: Fields, venue: Venue, { amount, openInterest }: Account): void {
  if (venue.tiers === undefined && amount?.isZero() === false) {
    throw fields.wrong('maintenance_amount', `${venue.name} has none`);
  }
  if (venue.scalesByOpenInterest !== true && openInterest !== undefined) {
    throw fields.wrong('open_interest', `does not count at ${venue.name}`);
  }
}

/** The rows of `tiers`, or undefined without. */
export function readTiers(fields: Fields, venue: Venue): readonly TierRow[] | undefined {
  if (!fields.has('tiers')) return undefined;
  if (venue.tiers === undefined) throw fields.wrong('tiers', `${venue.name} has one rate for every size`);
  return fields.list('tiers', readRow);
}

/** [floor, cap, rate, highest leverage, amount], the end and any but the floor may be missing; or [floor, leverage]. */
function readRow(row: unknown, path: readonly (string | number)[]): TierRow {
  if (!Array.isArray(row) || row.length < 2 || row.length > 5) {
    throw new ConfigError(path, 'must be [floor, cap, rate, max leverage, amount] or [floor, max leverage]');
  }
  const [floor, cap, rate, maxLeverage, amount] = (
    row.length === 2 ? [row[0], null, null, row[1]] : row
  ) as readonly unknown[];
  const maybe = (value: unknown, range: typeof ANY, at: number) =>
    value === undefined || value === null ? undefined : numberOf(value, range, [...path, at]);
  return {
    floor: numberOf(floor, NOT_NEGATIVE, [...path, 0]),
    cap: maybe(cap, POSITIVE, 1),
    rate: maybe(rate, RATE, 2),
    maxLeverage: maybe(maxLeverage, FACTOR, row.length === 2 ? 1 : 3),
    amount: maybe(amount, NOT_NEGATIVE, 4),
  };
}

/** In an account's `open_interest`, and among the fields of the formulas that take it. */
export function openInterestOf(fields: Fields): OpenInterest {
  const base = fields.has('base_imf_ppm')
    ? fields.number('base_imf_ppm', PPM).div(1_000_000)
    : fields.number('base_imf', SHARE);
  const lower = fields.number('oi_lower', NOT_NEGATIVE);
  const upper = fields.number('oi_upper', NOT_NEGATIVE);
  if (upper.lt(lower)) throw fields.wrong('oi_upper', 'must not be below oi_lower');
  return { base, lower, upper, value: fields.number('oi', NOT_NEGATIVE) };
}
