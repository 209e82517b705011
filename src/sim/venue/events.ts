/** Events of the venue beyond the commonest commands: orders with terms, ends of orders and of call periods, stops by mark. */
import type { EventQueue } from '../../core/queue.ts';
import * as Event from '../terms/events.ts';
import { howOf, untilOf } from '../terms/order-terms.ts';
import type { Order } from '../../market/order.ts';
import { BUY, SELL } from '../../market/book.ts';
import type { Venue } from './venue.ts';

/** Handles an event; false if it is of another kind. A function of its own, so that the loop's own stays small and fast. */
export function handleVenueEvent(venue: Venue, queue: EventQueue, row: number): boolean {
  const { kind, subject, instrument, a, b, c, d } = queue.columns;
  const who = subject[row]!;
  const where = instrument[row]!;
  switch (kind[row]!) {
    case Event.ORDER:
      venue.order(read(venue.given, queue, row), until(queue, row));
      return true;
    case Event.STOP:
      venue.stop(read(venue.given, queue, row), until(queue, row), false);
      return true;
    case Event.TAKE_PROFIT:
      venue.stop(read(venue.given, queue, row), until(queue, row), true);
      return true;
    case Event.REPLACE:
      venue.replace(who, c[row]!, a[row]!, b[row]!);
      return true;
    case Event.EXPIRE:
      venue.expire(a[row]!, b[row]!, d[row] !== 0);
      return true;
    case Event.UNCROSS:
      venue.uncross(where);
      return true;
    case Event.ELSEWHERE:
      venue.tradeElsewhere(who, where, a[row]!, b[row]!);
      return true;
    case Event.MARK_STOPS:
      venue.setOffByMark(where);
      return true;
    default:
      return false;
  }
}

/** Fills in an order from an event's row, and returns it. A stop shows all its lots: it has its trigger in their place. */
function read(order: Order, queue: EventQueue, row: number): Order {
  const { kind, subject, instrument, a, b, c, d, x } = queue.columns;
  const lots = b[row]!;
  const waits = kind[row] !== Event.ORDER;
  order.instrument = instrument[row]!;
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

function until(queue: EventQueue, row: number): number {
  return untilOf(queue.columns.x[row]!);
}
