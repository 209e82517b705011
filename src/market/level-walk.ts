/**
 * A walk along one side of a book, level by level, best first, with the lots that are open at each (hidden ones, too).
 * Costs one look at each order, however far apart the prices are: levels below the ladder's window are sorted once.
 */
import { EMPTY } from '../core/ladder.ts';
import type { Side } from './book.ts';
import type { OpenOrders } from './open-orders.ts';

/** Sorts by falling key, then by row: one number for both. */
const ROWS = 0x400000;

export class LevelWalk {
  /** The level's key (as on the ladder), or EMPTY behind the last. */
  key = EMPTY;
  lots = 0;
  private readonly open: OpenOrders;
  private line = 0;
  /** What waits below the window, worst first, and how many of it are still to come; -1: not looked at yet. */
  private far = new Float64Array(0);
  private farLeft = -1;

  constructor(open: OpenOrders) {
    this.open = open;
  }

  /** Goes to the best level. */
  start(instrument: number, side: Side): void {
    this.line = 2 * instrument + side;
    this.farLeft = -1;
    this.arrive(this.open.book.ladder.best[this.line]!);
  }

  /** Ticks of the level. */
  get price(): number {
    return this.key ^ -(this.line & 1);
  }

  /** Goes to the next level. */
  next(): void {
    if (this.key === EMPTY) return;
    const key = this.farLeft < 0 ? this.open.book.ladder.below(this.line, this.key) : EMPTY;
    if (key === EMPTY) this.nextFar();
    else this.arrive(key);
  }

  private arrive(key: number): void {
    const { ladder } = this.open.book;
    this.key = key;
    this.lots = 0;
    if (key === EMPTY) return;
    for (let row = ladder.firstAt(this.line, key); row >= 0; row = ladder.nextAt(row)) {
      this.lots += this.open.openLots(row);
    }
  }

  private nextFar(): void {
    if (this.farLeft < 0) this.collectFar();
    this.lots = 0;
    this.key = EMPTY;
    while (this.farLeft > 0) {
      const entry = this.far[this.farLeft - 1]!;
      const key = Math.floor(entry / ROWS);
      if (this.key !== EMPTY && key !== this.key) return;
      this.key = key;
      this.lots += this.open.openLots(entry - key * ROWS);
      this.farLeft--;
    }
  }

  private collectFar(): void {
    const { ladder } = this.open.book;
    const { buckets } = ladder;
    let count = 0;
    for (let row = ladder.firstFar(this.line); row < buckets.nodes; row = buckets.nextOf(row)) {
      // Scratch, not state: as long as the longest far list that was ever walked.
      if (count === this.far.length) this.grow(Math.min(buckets.nodes, Math.max(1024, 2 * count)));
      this.far[count++] = ladder.keyOf(row) * ROWS + row;
    }
    this.far.subarray(0, count).sort();
    this.farLeft = count;
  }

  private grow(length: number): void {
    const longer = new Float64Array(length);
    longer.set(this.far);
    this.far = longer;
  }
}
