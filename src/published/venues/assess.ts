/**
 * What a venue makes of an account: requirements, equity, margin ratio, liquidation and bankruptcy price.
 *
 * Undefined where there is no such number: the initial margin without a leverage, the ratio without positive equity, a
 * price that the market cannot reach above 0. Errors are ConfigErrors whose path is the field.
 */
import { ConfigError } from '../../core/errors.ts';
import { Exact, ONE, ZERO } from '../formulas/exact.ts';
import { formula, sign } from '../formulas/formula.ts';
import type { Sheet } from '../formulas/sheet.ts';
import type { ExactTier } from '../formulas/tier-table.ts';
import { oneTier, tierAt, tierTable } from '../formulas/tier-table.ts';
import type { Account } from './account.ts';
import type { Crossing } from './crossing.ts';
import { firstCrossing } from './crossing.ts';
import type { Venue } from './venue.ts';

export interface Assessment {
  readonly initialMargin: Exact | undefined;
  readonly maintenanceMargin: Exact;
  /** Fee of closing that equity must cover on top of it, at venues that say so. */
  readonly closingFee: Exact | undefined;
  readonly equity: Exact;
  /** Requirement over equity, as Binance has it: 1 is the breach, more is worse. */
  readonly marginRatio: Exact | undefined;
  readonly liquidationPrice: Exact | undefined;
  readonly bankruptcyPrice: Exact | undefined;
  /** Numbers of the tiers, from 1, that hold now and at the liquidation price; undefined without a table. */
  readonly tier: number | undefined;
  readonly liquidationTier: number | undefined;
  /** The notional now, and at the liquidation price, is beyond the cap of the last tier, which goes on there. */
  readonly beyondLastCap: boolean;
  readonly liquidationBeyondLastCap: boolean;
  /** At venues with a backstop: the price at which it takes over, and the equity there. */
  readonly backstop: { readonly price: Exact | undefined; readonly threshold: Exact | undefined } | undefined;
}

const wallet = formula('WB', 'E·q/L', 'isolated margin, what the leverage asks at entry');
const notionalAt = {
  mark: formula('N', 'q·P', 'notional at the mark'),
  entry: formula('N', 'q·E', 'notional at entry'),
} as const;
const initial = formula('IM', 'N/L', 'initial margin');
const equity = formula('EQ', 'WB + UPNLo + s·q·(P − E)', 'equity at the mark');
const ratio = formula('MR', '(MM + CF + MMo)/EQ', 'margin ratio: requirement over equity, 1 is the breach');
const liquidationAtBorder = formula('LP', 'B/q', 'liquidation price: the border of the tiers');
const backstopAtBorder = formula('BSP', 'B/q', 'backstop price: the border of the tiers');
const bankruptcy = formula('BP', 'E − s·(WB + UPNLo)/q', 'bankruptcy price: equity is zero');

/** The working goes on the sheet. */
export function assess(venue: Venue, account: Account, sheet: Sheet): Assessment {
  putPosition(sheet, account);
  const table = tableOf(venue, account, sheet);
  const notional = sheet.work(notionalAt[venue.valuedAt]);
  const now = tierAt(table, notional);
  putTier(sheet, table, now);
  const hasInitial = (venue.initial ?? byLeverage(table[now]!))(account, sheet);
  const maintenanceMargin = sheet.work(venue.maintenance);
  if (maintenanceMargin.isNegative() && !maintenanceMargin.isZero()) {
    throw new ConfigError(
      ['maintenance_amount'],
      'is above notional · rate: the requirement would be below 0',
    );
  }
  if (venue.closing === undefined) sheet.given('CF', ZERO, 'fee of closing, which does not count here');
  else sheet.given('fee', account.takerFee, 'taker fee');
  const closingFee = venue.closing && sheet.work(venue.closing);
  const equityNow = sheet.work(equity);
  const marginRatio = equityNow.gt(ZERO) ? sheet.work(ratio) : undefined;
  const fall = liquidation(venue, account, sheet, table, now);
  const backstop = backstopOf(venue, account, sheet, table);
  const tiered = account.tiers !== undefined;
  const lastCap = account.tiers?.at(-1)?.cap;
  const isBeyond = (price: Exact | undefined): boolean =>
    lastCap !== undefined && price !== undefined && account.quantity.times(price).gt(lastCap);
  const beyondLastCap = isBeyond(venue.valuedAt === 'mark' ? account.mark : account.entry);
  if (beyondLastCap) sheet.note(() => `N is beyond the last cap, ${sign(lastCap!)}: the last tier goes on`);
  return {
    beyondLastCap,
    liquidationBeyondLastCap: venue.valuedAt === 'mark' && isBeyond(fall?.price),
    initialMargin: hasInitial ? sheet.value('IM') : undefined,
    maintenanceMargin,
    closingFee,
    equity: equityNow,
    marginRatio,
    liquidationPrice: fall?.price,
    bankruptcyPrice: aboveZero(sheet.work(bankruptcy)),
    tier: tiered ? now + 1 : undefined,
    liquidationTier: tiered && fall !== undefined ? fall.tier + 1 : undefined,
    backstop,
  };
}

function putPosition(sheet: Sheet, account: Account): void {
  const { leverage, mode } = account;
  const cross = mode === 'cross';
  sheet.given('s', direction(account) > 0 ? ONE : MINUS_ONE, '+1 for a long position, −1 for a short one');
  sheet.given('q', account.quantity, 'size');
  sheet.given('E', account.entry, 'entry price');
  sheet.given('P', account.mark, 'mark price');
  sheet.given(
    'MMo',
    cross ? account.others.maintenance : ZERO,
    'maintenance margin of other positions, if cross',
  );
  sheet.given('UPNLo', cross ? account.others.unrealised : ZERO, 'open profit of other positions, if cross');
  if (account.wallet !== undefined) {
    sheet.given(
      'WB',
      account.wallet,
      cross ? 'wallet balance of the account' : 'wallet balance: isolated margin',
    );
  } else if (cross) {
    throw new ConfigError(['wallet'], 'is needed in cross mode: the balance of the account');
  } else if (leverage === undefined) {
    throw new ConfigError(['wallet'], 'is needed, or leverage to compute it from');
  } else {
    sheet.given('L', leverage, 'leverage');
    sheet.work(wallet);
  }
}

const MINUS_ONE = new Exact(-1);

function direction({ side }: Account): 1 | -1 {
  return side === 'long' ? 1 : -1;
}

/** The terms by notional: the venue's own, the account's tiers, or its one rate and amount. */
function tableOf(venue: Venue, account: Account, sheet: Sheet): readonly ExactTier[] {
  const { tiers, rate, amount } = account;
  if (venue.table !== undefined) return venue.table(account, sheet);
  if (tiers !== undefined) {
    try {
      return tierTable(tiers, venue.tiers!);
    } catch (error) {
      throw error instanceof ConfigError ? new ConfigError(['tiers', ...error.path], error.message) : error;
    }
  }
  if (rate === undefined) {
    const instead = venue.tiers === undefined ? '' : ', or tiers';
    throw new ConfigError(['maintenance_rate'], `is needed at ${venue.name}${instead}`);
  }
  return oneTier(rate, amount ?? ZERO);
}

function putTier(sheet: Sheet, table: readonly ExactTier[], tier: number): void {
  const { rate, amount } = table[tier]!;
  const where = table.length === 1 ? '' : ` of tier ${tier + 1}`;
  sheet.given('MMR', rate, `maintenance rate${where}`);
  sheet.given('cum', amount, `maintenance amount${where}`);
}

/** IM = N/L with the account's leverage, but no more than the tier allows; none without either. */
function byLeverage({ maxLeverage }: ExactTier): NonNullable<Venue['initial']> {
  return ({ leverage }, sheet) => {
    const allowed = leverage === undefined || maxLeverage?.lt(leverage) === true ? maxLeverage : leverage;
    if (allowed === undefined) return false;
    sheet.given('L', allowed, allowed === leverage ? 'leverage' : 'highest leverage of the tier');
    sheet.work(initial);
    return true;
  };
}

/**
 * The price and tier at which equity reaches the requirement. A requirement at the value at entry stays in its tier;
 * else the tier is the one in which the notional at that price falls.
 */
function liquidation(
  venue: Venue,
  account: Account,
  sheet: Sheet,
  table: readonly ExactTier[],
  now: number,
): { price: Exact; tier: number } | undefined {
  if (venue.valuedAt === 'entry') {
    for (const step of venue.liquidation) sheet.work(step);
    const price = aboveZero(sheet.value('LP'));
    return price && { price, tier: now };
  }
  const crossing = crossingOf(venue, account, sheet, table, WHOLE);
  if (crossing === undefined) {
    sheet.note(() => 'LP: no price above 0 brings equity to maintenance margin');
    return undefined;
  }
  const { tier, border } = crossing;
  if (border !== undefined) {
    putBorder(sheet, border, tier);
    return { price: sheet.work(liquidationAtBorder), tier };
  }
  if (tier !== now) putTier(sheet, table, tier);
  for (const step of venue.liquidation) sheet.work(step);
  return { price: sheet.value('LP'), tier };
}

function backstopOf(
  { backstop, ...venue }: Venue,
  account: Account,
  sheet: Sheet,
  table: readonly ExactTier[],
): Assessment['backstop'] {
  if (backstop === undefined) return undefined;
  const crossing = crossingOf(venue, account, sheet, table, backstop.share);
  if (crossing === undefined) return { price: undefined, threshold: undefined };
  putTier(sheet, table, crossing.tier);
  if (crossing.border !== undefined) putBorder(sheet, crossing.border, crossing.tier);
  const price = sheet.work(crossing.border === undefined ? backstop.price : backstopAtBorder);
  return { price, threshold: sheet.work(backstop.threshold) };
}

function putBorder(sheet: Sheet, border: Exact, tier: number): void {
  sheet.given('B', border, `border to tier ${tier + 1}, where the requirement jumps over equity`);
}

const WHOLE = [1, 1] as const;

/** Where equity reaches n/d of the requirement, for the share [n, d]. */
function crossingOf(
  { closing }: Venue,
  account: Account,
  sheet: Sheet,
  table: readonly ExactTier[],
  [n, d]: readonly [number, number],
): Crossing | undefined {
  const { quantity, entry, mark, takerFee } = account;
  const sign = direction(account);
  // d times equity at the price 0, less n times the other positions' requirement.
  const base = sheet
    .value('WB')
    .plus(sheet.value('UPNLo'))
    .minus(quantity.times(entry).times(sign))
    .times(d)
    .minus(sheet.value('MMo').times(n));
  return firstCrossing(table, quantity.times(mark), sign, ({ rate, amount }, notional) => {
    const charged = closing === undefined ? rate : rate.plus(takerFee);
    return base.plus(notional.times(sign * d)).minus(notional.times(charged).minus(amount).times(n));
  });
}

function aboveZero(price: Exact): Exact | undefined {
  return price.gt(ZERO) ? price : undefined;
}
