/**
 * Auto-deleveraging of a batch: the positions of accounts that owe, one after the other, are closed against opposite
 * positions in profit, at the price at which the account owes nothing any more.
 */
import { quotientOf } from '../../core/exact.ts';
import { ConfigError } from '../../core/errors.ts';
import { cappedProRata } from '../../clearing/waterfall/allocation.ts';
import type { ClosingOrder } from '../../clearing/waterfall/deleveraging.ts';
import { closable, shareLoss, shareLots } from '../../clearing/waterfall/deleveraging.ts';
import type { Rank } from '../../clearing/waterfall/ranks.ts';
import { rankNamed } from '../../clearing/waterfall/ranks.ts';
import type { WrittenDocument } from './input.ts';
import type { Account, Situation } from './situation.ts';

export const DEFAULT_RANK = 'binance';

export function deleverage(situation: Situation, order: ClosingOrder, { rank, by }: WrittenDocument): void {
  const queue = rankNamed(rank ?? DEFAULT_RANK)!;
  const weigh = (account: Account): number => {
    if (order === 'queue') return queue.of(ranked(situation, account));
    return by === 'size' ? situation.lots(account) : situation.free(account);
  };
  for (const account of situation.accounts) {
    if (situation.debt(account) === 0) continue;
    if (!account.position.isZero()) close(situation, account, order, weigh, queue);
    else if (order === 'pro-rata') payWithoutPosition(situation, account);
    else situation.say(`${account.name} has no position that could be closed`);
  }
}

function close(
  situation: Situation,
  account: Account,
  order: ClosingOrder,
  weigh: (account: Account) => number,
  rank: Rank,
): void {
  const { accounts, claims } = situation;
  const debt = situation.debt(account);
  const lots = situation.lots(account);
  if (lots === 0) return;
  claims.clear();
  accounts.forEach((other, i) => {
    const opposite = other.position.isNegative() !== account.position.isNegative();
    if (!opposite || situation.lots(other) === 0 || situation.free(other) === 0) return;
    if (situation.gain(other) <= 0) return;
    const most = closable(situation.lots(other), situation.free(other), debt, lots);
    if (most > 0) claims.add(i, weigh(other), most);
  });
  const weights = claims.weight.slice(0, claims.count);
  const taken = shareLots(claims, lots, order);
  const borne = quotientOf(debt, taken, lots);
  shareLoss(claims, borne);
  situation.say(
    `${account.name} owes ${situation.text(debt)}: ${situation.size.decimal(taken).toString()} of its ` +
      `${situation.size.decimal(lots).toString()} are closed, ` +
      (order === 'queue' ? `by ${rank.name} rank: ${rank.about}` : 'pro rata'),
  );
  for (let i = 0; i < claims.count; i++) {
    const other = accounts[claims.account[i]!]!;
    other.closed += claims.cap[i]!;
    other.paid += claims.part[i]!;
    situation.say(
      `${other.name} (weight ${weights[i]!}) is closed by ${situation.size.decimal(claims.cap[i]!).toString()}, ` +
        `${situation.text(claims.part[i]!)} worse than at the mark`,
    );
  }
  account.closed += taken;
  account.covered += borne;
}

/** A debt without a position has no opposite side: everybody with equity pays in proportion to it. */
function payWithoutPosition(situation: Situation, debtor: Account): void {
  const { accounts, claims } = situation;
  claims.clear();
  accounts.forEach((account, i) => {
    const free = situation.free(account);
    if (free > 0) claims.add(i, free, free);
  });
  debtor.covered += cappedProRata(claims, situation.debt(debtor));
  for (let i = 0; i < claims.count; i++) {
    const account = accounts[claims.account[i]!]!;
    account.paid += claims.part[i]!;
    situation.say(`${account.name} pays ${situation.text(claims.part[i]!)} in proportion to its equity`);
  }
}

/**
 * A position as ranks see it, in units of money; what was closed already is left out. Without `maintenance` the notional
 * stands for it: under one flat rate the order is the same.
 */
function ranked(situation: Situation, account: Account) {
  const { mark } = situation;
  if (mark === undefined) throw new ConfigError(['mark'], 'is needed to rank positions');
  const size = situation.size.whole(account.position.abs());
  const open = situation.lots(account) / size;
  const profit = account.profit!.toNumber() * open;
  const value = account.position.times(mark).toNumber() * open;
  const flat = situation.accounts.some(
    ({ position, maintenance }) => !position.isZero() && maintenance === undefined,
  );
  return {
    profit,
    collateral: account.collateral!.toNumber(),
    equity: situation.money.decimal(situation.free(account)).toNumber(),
    notional: Math.abs(value),
    cost: Math.abs(value - profit),
    maintenance: flat ? Math.abs(value) : account.maintenance!.toNumber() * open,
  };
}
