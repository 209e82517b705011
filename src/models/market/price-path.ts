/** Prices and the book of a run from just before the shock on, in samples: what the market looked like meanwhile. */
import { BUY, SELL } from '../../market/book.ts';
import { depthWithin, touchOf } from '../../sim/observe/book-depth.ts';
import type { Venue } from '../../sim/venue/venue.ts';

/** Depth is counted up to so far from the middle. */
const DEPTH_SHARE = 0.01;

/** One instrument's samples; all columns of one length. */
export interface InstrumentPath {
  readonly time_us: number[];
  /** Ticks. */
  readonly middle: number[];
  /** Ticks; NaN where a side was empty. */
  readonly spread: number[];
  /** Quanta within DEPTH_SHARE of the middle. */
  readonly bid_depth: number[];
  readonly ask_depth: number[];
}

export class PricePath {
  /** By instrument; empty before the first sample. */
  readonly instruments: InstrumentPath[] = [];

  sample(venue: Venue): void {
    for (let i = 0; i < venue.ledger.instruments; i++) {
      const path = (this.instruments[i] ??= {
        time_us: [],
        middle: [],
        spread: [],
        bid_depth: [],
        ask_depth: [],
      });
      const { middle, spread } = touchOf(venue, i);
      path.time_us.push(venue.queue.now);
      path.middle.push(middle);
      path.spread.push(spread);
      path.bid_depth.push(depthWithin(venue, i, BUY, middle, DEPTH_SHARE));
      path.ask_depth.push(depthWithin(venue, i, SELL, middle, DEPTH_SHARE));
    }
  }

  /** The instrument that fell most below its first sample; undefined without samples. */
  get fallen(): InstrumentPath | undefined {
    const lowest = ({ middle }: InstrumentPath) => Math.min(...middle) / middle[0]!;
    return [...this.instruments].sort((a, b) => lowest(a) - lowest(b))[0];
  }
}
