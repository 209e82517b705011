/** What a venue does at each kind of event that is its own: the commonest first, the rest in a function of its own, so that both stay small and fast. */
import { InvariantError } from '../../core/errors.ts';
import * as Event from '../terms/events.ts';
import { howOf, untilOf } from '../terms/order-terms.ts';
import type { Order } from '../../market/order.ts';
import { BUY, SELL } from '../../market/book.ts';
import type { Agenda } from '../terms/agenda.ts';
import type { Commands } from './commands.ts';
import type { Venue } from './venue.ts';

/** Handles the event in a row of the queue. `where`: the instrument, by its number at this venue. */
export function handleAt(venue: Venue, row: number, who: number, where: number): void {
  const { kind, a, b, c, x } = venue.queue.columns;
  const { commands } = venue;
  switch (kind[row]!) {
    case Event.LIMIT:
      commands.limit(who, where, b[row]!, a[row]!, c[row]!, false);
      return;
    case Event.IMMEDIATE:
      commands.limit(who, where, b[row]!, a[row]!, c[row]!, true);
      return;
    case Event.MARKET:
      commands.market(who, where, b[row]!, c[row]!);
      return;
    case Event.CANCEL:
      commands.cancelTag(who, c[row]!);
      return;
    case Event.CANCEL_OLDEST:
      commands.cancelOldest(who);
      return;
    case Event.CANCEL_ALL:
      commands.cancelAll(who, where);
      return;
    case Event.TOP_UP:
      venue.treasury.topUp(who, x[row]!, a[row]!, b[row]!);
      return;
    case Event.VISIT:
      venue.liquidator.visit(who, a[row]!, b[row]!);
      return;
    case Event.MARK_SAMPLE:
      commands.marks.scheduleSample(where);
      commands.marks.sample(where);
      return;
    case Event.MARK_PUBLISH:
      commands.marks.publish(where, a[row]!);
      return;
    case Event.INDEX_STEP:
      venue.outside.stepIndex(where);
      return;
    case Event.MARGIN_UPDATE:
      venue.marginClock.handle(where, a[row]!, b[row]!);
      return;
    case Event.WITHDRAW:
      venue.treasury.withdraw(who, x[row]!);
      return;
    case Event.LEVERAGE:
      venue.treasury.chooseLeverage(who, a[row]!);
      return;
    case Event.ASSET_STEP:
      venue.outside.stepAsset(who);
      return;
    case Event.UNWIND:
      venue.unwinding.step(who, where);
      return;
    case Event.EXPIRY:
      venue.expiries.settle(where);
      return;
    case Event.VOID:
      return;
    default:
      if (!handleOrderEvent(venue.commands, venue.queue, row, who, where))
        throw new InvariantError(`unknown event of kind ${kind[row]!}`);
  }
}

/** Orders with terms, ends of orders and of call periods, stops by mark. False if the event is of another kind. */
function handleOrderEvent(
  commands: Commands,
  queue: Agenda,
  row: number,
  who: number,
  where: number,
): boolean {
  const { kind, a, b, c, d } = queue.columns;
  switch (kind[row]!) {
    case Event.ORDER:
      commands.order(read(commands.given, queue, row, where), until(queue, row));
      return true;
    case Event.STOP:
      commands.stop(read(commands.given, queue, row, where), until(queue, row), false);
      return true;
    case Event.TAKE_PROFIT:
      commands.stop(read(commands.given, queue, row, where), until(queue, row), true);
      return true;
    case Event.REPLACE:
      commands.replace(who, c[row]!, a[row]!, b[row]!);
      return true;
    case Event.EXPIRE:
      commands.expire(a[row]!, b[row]!, d[row] !== 0);
      return true;
    case Event.UNCROSS:
      commands.uncross(where);
      return true;
    case Event.ELSEWHERE:
      commands.tradeElsewhere(who, where, a[row]!, b[row]!);
      return true;
    case Event.MARK_STOPS:
      commands.setOffByMark(where);
      return true;
    default:
      return false;
  }
}

/** Fills in an order from an event's row, and returns it. A stop shows all its lots: it has its trigger in their place. */
function read(order: Order, queue: Agenda, row: number, where: number): Order {
  const { kind, subject, a, b, c, d, x } = queue.columns;
  const lots = b[row]!;
  const waits = kind[row] !== Event.ORDER;
  order.instrument = where;
  order.side = lots > 0 ? BUY : SELL;
  order.price = a[row]!;
  order.lots = lots > 0 ? lots : -lots;
  order.owner = subject[row]!;
  order.tag = c[row]!;
  order.how = howOf(x[row]!);
  order.display = waits ? 0 : d[row]!;
  order.trigger = waits ? d[row]! : 0;
  return order;
}

function until(queue: Agenda, row: number): number {
  return untilOf(queue.columns.x[row]!);
}
