/** How many lots a forced order must close, and at what price at worst. */
import { abs, floorDiv, least, most, PPM, ppmNear, share } from './arithmetic.ts';
import type { Books } from './books.ts';
import type { Decision } from './decide.ts';
import type { Settings } from './terms.ts';

/** Lowest and highest price that an order may have, ticks. */
const LOWEST = 1n;
const HIGHEST = 0x3fffffffn;

/** Share of every position (ppm) that a decision closes, seen before its first order. */
export function plannedShare(
  books: Books,
  account: number,
  rung: Settings,
  decision: Decision,
  fee_ppm: bigint,
): bigint {
  if (decision.close !== 2) return decision.close_ppm;
  const target = PPM + ppmNear(rung['buffer'] as number);
  // The least share that is enough: more never restores less, so halving finds it.
  let low = 0n;
  let high = PPM;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (restores(books, account, middle, target, fee_ppm)) high = middle;
    else low = middle;
  }
  return high;
}

/** True if closing this share at the marks, fee paid, leaves health above the target. */
function restores(books: Books, account: number, ppm: bigint, target: bigint, fee_ppm: bigint): boolean {
  let equity = books.equity(account);
  let required = 0n;
  for (let i = 0; i < books.instruments; i++) {
    const size = abs(books.position(account, i));
    const closed = share(size, ppm);
    equity -= share(books.notional(i, closed), fee_ppm);
    if (closed < size) required += books.requirement!.maintenance(i, size - closed, books.marks[i]!);
  }
  return equity > share(required, target);
}

/** Lots (unsigned) of one position. `traded`: in this instrument since the call's last order, for paced ones. */
export function closingLots(
  books: Books,
  account: number,
  instrument: number,
  rung: Settings,
  decision: Decision,
  planned: bigint,
  traded: bigint,
): bigint {
  const size = abs(books.position(account, instrument));
  if (decision.close === 3) {
    const { stepDown } = books.requirement!;
    const kept = stepDown?.(instrument, size, books.marks[instrument]!, rung['tiers'] as number) ?? 0n;
    return kept < size ? size - kept : size;
  }
  const lots = share(size, planned);
  const of = rung['share_of_volume'] as number | undefined;
  if (of === undefined) return lots;
  return least((traded * ppmNear(of)) / PPM, lots);
}

/**
 * Worst price of the order, ticks; 0: any. Exact fractions; the engine divides doubles, which may differ from them by a
 * tick where the quotient lies within 10⁻⁹ of a whole one: both are then allowed.
 */
export function allowedLimits(books: Books, account: number, instrument: number, rung: Settings): bigint[] {
  const limit = rung['rung'] === 'auction' ? rung['floor'] : rung['limit'];
  if (limit === undefined || limit === 'none') return [0n];
  const lots = books.position(account, instrument);
  const mark = books.marks[instrument]!;
  const long = lots > 0n;
  const away = (ticks: bigint): bigint => clamp(long ? mark - ticks : mark + ticks);
  if (typeof limit === 'number') return [away((mark * ppmNear(limit)) / PPM)];
  const all = books.maintenance(account);
  const own = books.maintenanceOf(account, instrument);
  const payoff = books.payoffs[instrument]!;
  /** Where closing loses num / den quanta, rounded towards the mark. */
  const losing = (num: bigint, den: bigint, isExact: boolean): bigint[] => {
    const ticks = payoff.distance(lots, mark, num, den);
    if (ticks === undefined) return [HIGHEST];
    return (isExact ? [floorDiv(...ticks)] : aroundFloor(...ticks)).map(away);
  };
  const equity = books.equity(account);
  // All of the equity that is this position's: mark − equity · (own / all) / (lots · unit) of a linear one.
  if (limit === 'bankruptcy')
    return own === all ? losing(equity, 1n, !payoff.inCoin) : losing(equity * own, all, false);
  // clamp(adjustment · (1 − equity / all), 0, 1) · spread · own.
  const { adjustment, spread } = limit as { adjustment: number; spread: number };
  const factor = ppmNear(adjustment); // settings beyond a millionth are not told apart
  const whole = PPM * all;
  const lacking = all > 0n ? factor * (all - equity) : PPM;
  const denominator = all > 0n ? whole : PPM;
  const ratio = lacking < 0n ? 0n : lacking > denominator ? denominator : lacking;
  return losing(ratio * ppmNear(spread) * own, denominator * PPM, false);
}

/** The price that all are asked to take: so far from the mark, rounded towards it, but not beyond the limit (0: none). */
export function askedPrice(mark: bigint, long: boolean, discount_ppm: bigint, limit: bigint): bigint {
  const away = (mark * discount_ppm) / PPM;
  const price = clamp(long ? mark - away : mark + away);
  if (limit === 0n) return price;
  return long ? most(price, limit) : least(price, limit);
}

/** ⌊a / b⌋, and its neighbour where a / b is within 10⁻⁹ of a whole number. */
function aroundFloor(a: bigint, b: bigint): bigint[] {
  const floor = floorDiv(a, b);
  const near = 1_000_000_000n;
  const found = [floor];
  if (floorDiv(a * near + b, b * near) > floor) found.push(floor + 1n);
  if (floorDiv(a * near - b, b * near) < floor) found.push(floor - 1n);
  return found;
}

function clamp(price: bigint): bigint {
  return price < LOWEST ? LOWEST : price > HIGHEST ? HIGHEST : price;
}
