/**
 * The check before an order enters: none does into an instrument that has ended. Of margined accounts: a restricted account may only reduce, and (if the policy says
 * so) equity must cover the initial margin of what all its open orders could lead to at worst, which must not be beyond
 * the policy's position limit, where it has one.
 */
import type { ClearingHouse } from '../../clearing/calls/house.ts';
import { BUY, SELL } from '../../market/book.ts';
import type { Exchange } from '../../market/exchange.ts';
import type { Agenda } from '../terms/agenda.ts';

export class OrderCheck {
  private readonly house: ClearingHouse;
  private readonly exchange: Exchange;
  private readonly margined: Uint8Array;
  private readonly queue: Pick<Agenda, 'now'>;
  /** Times at which instruments end, µs; Infinity: never. */
  private readonly ends: Float64Array;

  constructor(
    house: ClearingHouse,
    exchange: Exchange,
    margined: Uint8Array,
    queue: Pick<Agenda, 'now'>,
    ends: Float64Array,
  ) {
    this.queue = queue;
    this.ends = ends;
    this.house = house;
    this.exchange = exchange;
    this.margined = margined;
  }

  /** Lots (negative: to sell) of an order that may enter; 0: none. */
  admits(account: number, instrument: number, lots: number): number {
    if (this.queue.now >= this.ends[instrument]!) return 0;
    if (this.margined[account] === 0) return lots;
    const { house } = this;
    const position = house.ledger.position(account, instrument);
    const buying = this.exchange.lotsOut(account, instrument, BUY);
    const selling = this.exchange.lotsOut(account, instrument, SELL);
    const reducible = lots > 0 ? -position - buying : position - selling;
    if (Math.abs(lots) <= reducible) return lots;
    if (house.isRestricted(account)) return reducible <= 0 ? 0 : lots > 0 ? reducible : -reducible;
    const more = Math.abs(lots);
    const atWorst = lots > 0 ? position + buying + more : selling + more - position;
    if (atWorst > house.requirement.positionLimit(instrument, lots < 0)) return 0;
    if (!house.rules.checksOrders) return lots;
    const affordable =
      lots > 0
        ? house.affords(account, instrument, buying + more, selling)
        : house.affords(account, instrument, buying, selling + more);
    return affordable ? lots : 0;
  }
}
