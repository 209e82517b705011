/**
 * Auto-deleveraging: a position that the book cannot take is closed against opposite positions of traders who profit,
 * without asking them, at the price at which the liquidated account is left with nothing.
 */
import { z } from 'zod';
import { quotientOf } from '../../core/exact.ts';
import { share } from '../../core/settings.ts';
import type { Losses } from '../losses.ts';
import { ratePpm } from '../margin/rule.ts';
import { FIRST_TRADER } from '../schema.ts';
import type { Claims } from './allocation.ts';
import { byRank, cappedProRata, proRata } from './allocation.ts';
import { defineLossLayer } from './layer.ts';
import type { Rank, RankedPosition } from './ranks.ts';
import { rankNamed, ranks } from './ranks.ts';
import { solventEquity } from './winners.ts';

type Pick = 'queue' | 'pro-rata';
type Weight = 'equity' | 'size';

const PPM = 1_000_000;

export const adl = defineLossLayer({
  name: 'adl',
  code: 3,
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
    const mostPpm = ratePpm(most);
    return {
      shares: true,
      takeOver(losses, lots) {
        const loss = price === 'bankruptcy' ? losses.shortfall(lots) : atPreviousMark(losses, lots);
        enterOpposite(losses, method, order, by, mostPpm, loss, lots);
        const { claims } = losses;
        const taken = method === 'queue' ? byRank(claims, lots) : cappedProRata(claims, lots);
        if (taken === 0) return 0;
        const borne = price === 'bankruptcy' ? losses.shortfall(taken) : atPreviousMark(losses, taken);
        close(losses, claims, borne);
        return taken;
      },
    };
  },
});

/** What is lost (negative: gained) by those who take `lots` of the position at the mark before this one, quanta. */
function atPreviousMark({ ledger, account, instrument }: Losses, lots: number): number {
  const move = ledger.previousMarks[instrument]! - ledger.marks[instrument]!;
  const value = move * lots * ledger.tickLot[instrument]!;
  return ledger.position(account, instrument) > 0 ? value : -value;
}

/** A claim for each opposite position in profit: its weight, and the lots that it can lose at most. */
function enterOpposite(
  losses: Losses,
  method: Pick,
  order: Rank,
  by: Weight,
  mostPpm: number,
  loss: number,
  lots: number,
): void {
  const { claims, ledger, instrument } = losses;
  const long = ledger.position(losses.account, instrument) > 0;
  claims.clear();
  for (let account = FIRST_TRADER; account < ledger.accounts.margined.length; account++) {
    const held = ledger.position(account, instrument);
    if (held === 0 || held > 0 === long || ledger.profit(account, instrument) <= 0) continue;
    const equity = solventEquity(losses, account);
    if (equity === 0) continue;
    const size = held < 0 ? -held : held;
    let cap = quotientOf(size, mostPpm, PPM);
    // Nobody is closed into a debt: lots · (loss a lot) may not exceed the equity.
    if (loss > 0) cap = Math.min(cap, Math.floor(equity / (loss / lots)));
    if (cap === 0) continue;
    const weight =
      method === 'queue' ? order.of(positionOf(losses, account, equity)) : by === 'size' ? size : equity;
    claims.add(account, weight, cap);
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
  { ledger, triggers, instrument }: Losses,
  account: number,
  equity: number,
): RankedPosition {
  const row = account * ledger.instruments + instrument;
  const value = ledger.lots[row]! * ledger.marks[instrument]! * ledger.tickLot[instrument]!;
  POSITION.profit = ledger.profit(account, instrument);
  POSITION.collateral = equity - ledger.unrealised(account);
  POSITION.equity = equity;
  POSITION.notional = Math.abs(value);
  POSITION.cost = Math.abs(value - POSITION.profit);
  POSITION.maintenance = triggers.maintenance(account);
  return POSITION;
}

/** The parts are lots: closes them, each with its part of what is borne (by lots, by largest remainder). */
function close(losses: Losses, claims: Claims, borne: number): void {
  const { count, account, weight, cap, part } = claims;
  for (let i = 0; i < count; i++) {
    cap[i] = part[i]!;
    weight[i] = part[i]!;
  }
  proRata(claims, borne < 0 ? -borne : borne);
  for (let i = 0; i < count; i++) {
    if (cap[i]! > 0) losses.assume(account[i]!, cap[i]!, borne < 0 ? -part[i]! : part[i]!);
  }
}
