/** Events of the venue beyond the commonest commands: orders with terms, ends of orders and of call periods, stops by mark. */
import type { EventQueue } from '../../core/queue.ts';
import * as Event from '../terms/events.ts';
import { howOf, untilOf } from '../terms/order-terms.ts';
import type { Venue } from './venue.ts';

/** Handles an event; false if it is of another kind. A function of its own, so that the loop's own stays small and fast. */
export function handleVenueEvent(venue: Venue, queue: EventQueue, row: number): boolean {
  const { kind, subject, instrument, a, b, c, d, x } = queue.columns;
  const who = subject[row]!;
  const where = instrument[row]!;
  const how = howOf(x[row]!);
  const until = untilOf(x[row]!);
  switch (kind[row]!) {
    case Event.ORDER:
      venue.order(who, where, b[row]!, a[row]!, c[row]!, how, d[row]!, until);
      return true;
    case Event.STOP:
      venue.stop(who, where, b[row]!, d[row]!, a[row]!, c[row]!, how, until, false);
      return true;
    case Event.TAKE_PROFIT:
      venue.stop(who, where, b[row]!, d[row]!, a[row]!, c[row]!, how, until, true);
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
