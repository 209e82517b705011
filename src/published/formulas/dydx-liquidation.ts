/**
 * dYdX v4's liquidation arithmetic over a whole account: the quote for which a part of a position changes hands at the
 * bankruptcy price, the price offered to whoever liquidates, and what the insurance fund takes or pays.
 *
 * TNC total net collateral = quote balance + Σ size·price, TMMR = Σ |size|·price·mmf; the account is assumed
 * liquidatable. Rounding: the bankruptcy quote up, the fee down, to a quantum of USDC (10⁻⁶); the fillable price is exact.
 * Source: dYdX v4, x/clob/keeper/liquidations.go.
 */
import { ConfigError } from '../../core/errors.ts';
import { Exact, ONE, ZERO } from './exact.ts';
import { formula } from './formula.ts';
import type { Sheet } from './sheet.ts';

/** One quantum of USDC. */
export const USDC_QUANTUM = new Exact('0.000001');

export interface Subaccount {
  readonly quoteBalance: Exact;
  readonly positions: readonly SubaccountPosition[];
}

export interface SubaccountPosition {
  readonly market: string;
  /** Signed. */
  readonly size: Exact;
  readonly price: Exact;
  /** Maintenance margin a unit of notional. */
  readonly maintenanceFraction: Exact;
}

export interface FillableConfig {
  /** BA: how fast the price falls from the oracle's as the account gets worse. */
  readonly bankruptcyAdjustment: Exact;
  /** SMMR: the widest spread, as a share of maintenance margin. */
  readonly spreadToMaintenance: Exact;
}

const deltaNotional = formula('DNNV', 'd·P', 'change of the net notional value');
const deltaRequirement = formula('DMMR', '−d·s·P·mmf', 'fall of the maintenance requirement');
const bankruptcyQuote = formula(
  'BQ',
  'ceil((−DNNV − TNC·DMMR/TMMR)/u)·u',
  'quote received (negative: paid) at the bankruptcy price, rounded up to a quantum',
);
const rating = formula('ABR', 'min(max(BA·(1 − TNC/TMMR), 0), 1)', 'adjusted bankruptcy rating, 0 to 1');
const requirementOf = formula('PMMR', 's·PS·P·mmf', "the position's maintenance requirement");
const fillable = formula('FP', '(PS·P − ABR·SMMR·PMMR)/PS', 'fillable price');
const fillQuote = formula('FQ', '−d·FP', 'quote received (negative: paid) in the fill');
const left = formula('R', 'FQ − BQ', 'what the fill leaves over the bankruptcy price');
const highestFee = formula('F', 'floor(fee·max(FQ, −FQ)/u)·u', 'highest fee, rounded down to a quantum');
const delta = formula('IF', 'min(R, F)', 'paid into the insurance fund');

/** Quote for which `change` of a position (signed, towards 0) is taken over at the bankruptcy price. */
export function bankruptcyQuoteForDelta(
  sheet: Sheet,
  account: Subaccount,
  market: string,
  change: Exact,
): Exact {
  putTotals(sheet, account);
  putPosition(sheet, account, market, change);
  sheet.work(deltaNotional);
  sheet.work(deltaRequirement);
  sheet.given('u', USDC_QUANTUM, 'quantum of money');
  return sheet.work(bankruptcyQuote);
}

/** The price at which a liquidation order is offered: at the oracle's for a healthy account, worse the worse it is. */
export function fillablePrice(
  sheet: Sheet,
  account: Subaccount,
  market: string,
  change: Exact,
  config: FillableConfig,
): Exact {
  putTotals(sheet, account);
  putPosition(sheet, account, market, change);
  sheet.given('BA', config.bankruptcyAdjustment, 'bankruptcy adjustment');
  sheet.given('SMMR', config.spreadToMaintenance, 'widest spread, as a share of the maintenance requirement');
  sheet.work(rating);
  sheet.work(requirementOf);
  return sheet.work(fillable);
}

/**
 * What the insurance fund gets (negative: pays) when `change` is filled at `price` and `quote` is its bankruptcy quote.
 * `fee`: the highest share of the fill that a liquidated account pays.
 */
export function insuranceFundDelta(
  sheet: Sheet,
  change: Exact,
  price: Exact,
  quote: Exact,
  fee: Exact,
): Exact {
  sheet.given('d', change, 'change of the position');
  sheet.given('FP', price, 'price of the fill');
  sheet.given('BQ', quote, 'bankruptcy quote');
  sheet.work(fillQuote);
  const rest = sheet.work(left);
  if (rest.lte(ZERO)) return rest;
  sheet.given('fee', fee, 'highest liquidation fee');
  sheet.given('u', USDC_QUANTUM, 'quantum of money');
  sheet.work(highestFee);
  return sheet.work(delta);
}

function putTotals(sheet: Sheet, { quoteBalance, positions }: Subaccount): void {
  let collateral = quoteBalance;
  let requirement = ZERO;
  for (const { size, price, maintenanceFraction } of positions) {
    const notional = size.times(price);
    collateral = collateral.plus(notional);
    requirement = requirement.plus(notional.abs().times(maintenanceFraction));
  }
  if (requirement.isZero()) throw new ConfigError(['positions'], 'have no maintenance requirement');
  sheet.given('TNC', collateral, 'total net collateral');
  sheet.given('TMMR', requirement, 'total maintenance requirement');
}

/** Throws ConfigError unless the change makes the position smaller without turning it round. */
function putPosition(sheet: Sheet, { positions }: Subaccount, market: string, change: Exact): void {
  const position = positions.find((one) => one.market === market);
  if (position === undefined) throw new ConfigError(['market'], `no position in ${market}`);
  const { size, price, maintenanceFraction } = position;
  if (change.isZero() || size.isPositive() === change.isPositive() || change.abs().gt(size.abs())) {
    throw new ConfigError(
      ['delta'],
      `must be of opposite sign to the position of ${size.toFixed()}, and no larger`,
    );
  }
  sheet.given('PS', size, 'size of the position, signed');
  sheet.given('s', size.isPositive() ? ONE : new Exact(-1), '+1 for a long position, −1 for a short one');
  sheet.given('P', price, 'price');
  sheet.given('mmf', maintenanceFraction, 'maintenance fraction');
  sheet.given('d', change, 'change of the position');
}
