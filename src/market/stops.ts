/**
 * Stops and take-profits: orders that wait aside of the book for a price. Which ones a price sets off, nearest first, then
 * by arrival; they queue up, and are executed when the order that set them off is done.
 */
import * as ladders from '../core/ladder.ts';
import * as lines from './open-orders.ts';
import type { OpenOrders } from './open-orders.ts';

// Taken out of their modules: V8 compiles a module's own constants in, but reads imported ones anew at each use.
const { EMPTY } = ladders;
const { FALLING, MARK, RISING } = lines;

export class Stops {
  private readonly open: OpenOrders;

  constructor(open: OpenOrders) {
    this.open = open;
  }

  /** A sweep has traded from one price to another: what it passed is set off, on the side where it began first. */
  passed(instrument: number, from: number, to: number, bought: boolean, cause: number): void {
    const first = bought ? FALLING : RISING;
    const second = bought ? RISING : FALLING;
    // Asked here, too: most sweeps set nothing off, and are spared two calls.
    if (this.reached(instrument, first, from)) this.gather(instrument, first, from, cause);
    if (this.reached(instrument, second, to)) this.gather(instrument, second, to, cause);
  }

  /** The mark has come to a price. */
  marked(instrument: number, mark: number, cause: number): void {
    this.gather(instrument, MARK + RISING, mark, cause);
    this.gather(instrument, MARK + FALLING, mark, cause);
  }

  /**
   * A session has changed: sets off what came in a call period with its price there already. `mark`: ticks, 0 for none.
   */
  lookAgain(instrument: number, mark: number, cause: number): void {
    const last = this.open.book.lastPrice(instrument);
    if (last > 0) this.passed(instrument, last, last, false, cause);
    if (mark > 0) this.marked(instrument, mark, cause);
  }

  /** True if the mark's coming to a price would set something off. */
  wouldMark(instrument: number, mark: number): boolean {
    return this.reached(instrument, MARK + RISING, mark) || this.reached(instrument, MARK + FALLING, mark);
  }

  /** Sets off one order. The trade's cause becomes its own. */
  setOff(row: number, cause: number): void {
    const { aside } = this.open;
    const terms = this.open.termsOf(row);
    aside.remove(terms);
    this.open.book.orders.setCause(row, cause);
    aside.insert(this.open.triggeredLine, 0, terms);
  }

  private gather(instrument: number, direction: number, price: number, cause: number): void {
    const line = this.open.lineOf(instrument, direction);
    while (this.reached(instrument, direction, price)) this.setOff(this.open.firstAside(line), cause);
  }

  private reached(instrument: number, direction: number, price: number): boolean {
    const best = this.open.aside.best[this.open.lineOf(instrument, direction)]!;
    return best !== EMPTY && best >= triggerKey(direction, price);
  }
}

/** Key of a trigger on its line: the one that is met first is the highest. */
export function triggerKey(direction: number, trigger: number): number {
  return (direction & 1) === FALLING ? trigger : ~trigger;
}
