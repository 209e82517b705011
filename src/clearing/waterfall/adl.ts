/**
 * Auto-deleveraging: a position that the book cannot take is closed against opposite positions of traders who profit,
 * without asking them, at the price at which the liquidated account is left with nothing.
 */
import { z } from 'zod';
import { quotientOf } from '../../core/exact.ts';
import { share } from '../../core/settings.ts';
import { ratePpm } from '../margin/rule.ts';
import { FIRST_TRADER } from '../schema.ts';
import { closable, shareLoss, shareLots } from './deleveraging.ts';
import type { LossCase } from './layer.ts';
import { defineLossLayer } from './layer.ts';
import type { RankedPosition } from './ranks.ts';
import { rankNamed, ranks } from './ranks.ts';
import { solventEquity } from './winners.ts';

/** What a claim weighs: an opposite position of `size` lots of an account with `equity`. */
type Weigh = (losses: LossCase, account: number, equity: number, size: number) => number;

const PPM = 1_000_000;

export const adl = defineLossLayer({
  name: 'adl',
  code: 3,
  shares: true,
  about: 'Opposite positions in profit are closed at the bankruptcy price, by rank or pro rata.',
  settings: z.strictObject({
    method: z
      .enum(['queue', 'pro-rata'])
      .default('queue')
      .describe('queue: the highest rank first, each as a whole; pro-rata: all of them a little.'),
    rank: z
      .enum(ranks.map(({ name }) => name) as [string, ...string[]])
      .default('binance')
      .describe('Whose published rank orders the queue.'),
    by: z.enum(['equity', 'size']).default('equity').describe('What pro rata is in proportion to.'),
    most: share().prefault('100 %').describe('Share of a position that is closed at most, each time.'),
    price: z
      .enum(['bankruptcy', 'previous-mark'])
      .default('bankruptcy')
      .describe(
        'Price of the closing: at which the account is left with nothing, or the mark before this one.',
      ),
  }),
  compile({ method, rank, by, most, price }) {
    const order = rankNamed(rank)!;
    const weigh: Weigh =
      method === 'queue'
        ? (losses, account, equity) => order.of(positionOf(losses, account, equity))
        : (_losses, _account, equity, size) => (by === 'size' ? size : equity);
    const mostPpm = ratePpm(most);
    return {
      takeOver(losses, lots) {
        const loss = price === 'bankruptcy' ? losses.shortfall(lots) : atPreviousMark(losses, lots);
        enterOpposite(losses, weigh, mostPpm, loss, lots);
        const taken = shareLots(losses.claims, lots, method);
        if (taken === 0) return 0;
        close(losses, price === 'bankruptcy' ? losses.shortfall(taken) : atPreviousMark(losses, taken));
        return taken;
      },
    };
  },
});

/** What is lost (negative: gained) by those who take `lots` of the position at the mark before this one, quanta. */
function atPreviousMark({ ledger, account, instrument }: LossCase, lots: number): number {
  const taken = ledger.position(account, instrument) > 0 ? lots : -lots;
  return ledger.contracts.dearer(
    instrument,
    taken,
    ledger.marks[instrument]!,
    ledger.previousMarks[instrument]!,
  );
}

/** A claim for each opposite position in profit: its weight, and the lots that it can lose at most. */
function enterOpposite(losses: LossCase, weigh: Weigh, mostPpm: number, loss: number, lots: number): void {
  const { claims, ledger, instrument } = losses;
  const long = ledger.position(losses.account, instrument) > 0;
  claims.clear();
  for (let account = FIRST_TRADER; account < ledger.accounts.margined.length; account++) {
    const held = ledger.position(account, instrument);
    if (held === 0 || held > 0 === long || ledger.profit(account, instrument) <= 0) continue;
    const equity = solventEquity(losses, account);
    if (equity === 0) continue;
    const size = held < 0 ? -held : held;
    const cap = closable(quotientOf(size, mostPpm, PPM), equity, loss, lots);
    if (cap > 0) claims.add(account, weigh(losses, account, equity, size), cap);
  }
}

const POSITION: RankedPosition = {
  profit: 0,
  collateral: 0,
  equity: 0,
  notional: 0,
  cost: 0,
  maintenance: 0,
};

function positionOf(
  { ledger, requirement, instrument }: LossCase,
  account: number,
  equity: number,
): RankedPosition {
  const notional = ledger.notional(account, instrument);
  POSITION.profit = ledger.profit(account, instrument);
  POSITION.collateral = equity - ledger.unrealised(account);
  POSITION.equity = equity;
  POSITION.notional = notional;
  const value = ledger.position(account, instrument) > 0 ? notional : -notional;
  POSITION.cost = Math.abs(value - POSITION.profit);
  POSITION.maintenance = requirement.maintenance(account);
  return POSITION;
}

/** Closes the lots in the claims' caps, each with its part of what is borne (negative: gained). */
function close(losses: LossCase, borne: number): void {
  const { claims } = losses;
  const { count, account, cap, part } = claims;
  shareLoss(claims, borne < 0 ? -borne : borne);
  for (let i = 0; i < count; i++) {
    if (cap[i]! > 0) losses.assume(account[i]!, cap[i]!, borne < 0 ? -part[i]! : part[i]!);
  }
}
