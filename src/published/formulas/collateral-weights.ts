/**
 * Weights of collateral and debt that depend on size, since a large position is hard to sell. Nothing is rounded.
 *
 * Sources: Drift v2, math/margin.rs (by the account's own size, imf: a factor of the market); Mango v4, state/bank.rs
 * (by all deposits of the asset).
 */
import type { Exact } from './exact.ts';
import { ZERO } from './exact.ts';
import { formula } from './formula.ts';
import type { Sheet } from './sheet.ts';

const discounted = formula('W', 'min(w, 1.1/(1 + imf·sqrt(size)))', 'asset weight, discounted by size');
const premium = formula('W', 'max(w, 0.8·w + imf·sqrt(size))', 'liability weight, with a premium by size');
const scaled = formula('W', 'w·min(1, start/(deposits·p))', "asset weight, scaled by the asset's deposits");

/** Weight of an asset that counts less the more of it an account has. `size` in units of the asset, not negative. */
export function sizeDiscountAssetWeight(sheet: Sheet, weight: Exact, imf: Exact, size: Exact): Exact {
  return bySize(sheet, weight, imf, size, discounted);
}

/** Weight of a debt that counts more the more of it an account has. */
export function sizePremiumLiabilityWeight(sheet: Sheet, weight: Exact, imf: Exact, size: Exact): Exact {
  return bySize(sheet, weight, imf, size, premium);
}

function bySize(sheet: Sheet, weight: Exact, imf: Exact, size: Exact, form: typeof discounted): Exact {
  sheet.given('w', weight, 'weight of a small size');
  if (imf.isZero()) return weight; // size does not count
  sheet.given('imf', imf, 'how fast size counts');
  sheet.given('size', size, 'size');
  return sheet.work(form);
}

/** Weight of an asset that falls once its deposits at all accounts are worth more than `start`. */
export function depositScaledCollateralWeight(
  sheet: Sheet,
  weight: Exact,
  start: Exact,
  deposits: Exact,
  price: Exact,
): Exact {
  sheet.given('w', weight, 'weight while deposits are small');
  if (deposits.times(price).eq(ZERO)) return weight;
  sheet.given('start', start, 'value of deposits from which the weight falls');
  sheet.given('deposits', deposits, 'deposits, in units of the asset');
  sheet.given('p', price, 'price');
  return sheet.work(scaled);
}
