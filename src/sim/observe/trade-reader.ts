/** Reads the fills of one instrument as aggressive orders: fills of one sweep are one order. */
import { SECOND } from '../../core/units.ts';
import { BUY } from '../../market/book.ts';
import type { Venue } from '../venue/venue.ts';

/** Columns of orders, in the order of their trades. */
export interface ReadTrades {
  /** Seconds since the run began. */
  readonly trade_s: Float64Array;
  /** +1: bought; −1: sold. */
  readonly trade_sign: Float64Array;
  readonly trade_lots: Float64Array;
}

export class TradeReader {
  private readonly venue: Venue;
  private readonly instrument: number;
  private seen: number;
  private sweep = -1;
  private swept_us = -1;
  private times: number[] = [];
  private signs: number[] = [];
  private lots: number[] = [];

  /** Begins with the next trade. */
  constructor(venue: Venue, instrument: number) {
    this.venue = venue;
    this.instrument = instrument;
    this.seen = venue.book.fills.count;
  }

  /** Reads on to the latest trade. Throws RangeError where more have traded since the last time than are kept. */
  read(): void {
    const { fills } = this.venue.book;
    if (fills.count - this.seen > fills.mask + 1)
      throw new RangeError('more fills between two looks than are kept; raise capacity.fills');
    for (; this.seen < fills.count; this.seen++) {
      const sweep = fills.sweepOf(this.seen);
      if (fills.sweeps.instrument(sweep) !== this.instrument) continue;
      const lots = fills.lots(fills.row(this.seen));
      const at = fills.sweeps.time(sweep);
      if (sweep === this.sweep && at === this.swept_us) {
        this.lots[this.lots.length - 1] = this.lots.at(-1)! + lots;
        continue;
      }
      this.times.push(at / SECOND);
      this.signs.push(fills.sweeps.side(sweep) === BUY ? 1 : -1);
      this.lots.push(lots);
      this.sweep = sweep;
      this.swept_us = at;
    }
  }

  /** What was read since the last time. */
  take(): ReadTrades {
    const taken = {
      trade_s: Float64Array.from(this.times),
      trade_sign: Float64Array.from(this.signs),
      trade_lots: Float64Array.from(this.lots),
    };
    this.times = [];
    this.signs = [];
    this.lots = [];
    this.sweep = -1;
    return taken;
  }
}
