/**
 * The audit journal of a run: rows in the order in which things happened, under one sequence number, enough for others to
 * recompute from outside what every account had, owed and was asked for.
 */
import type { Venue } from '../../venue/venue.ts';

/** One row by column name. Money in quanta, prices in ticks, times in µs; -1 where there is no row or account to name. */
export type JournalRow = Record<string, number | string>;
export type WriteRow = (table: string, row: JournalRow) => void;

/** Where a transfer's money lies: in the account, kept outside, at the venue but not pledged, or lent (a debt if below 0). */
export type Pocket = 'margin' | 'reserve' | 'free' | 'credit' | 'none';

/** What the tapped methods share. */
export class Journal {
  readonly venue: Venue;
  readonly write: WriteRow;
  /** Why money moves at this moment: set by the taps on what moves it. */
  purpose = '';
  /** True once the opening state is written; what moved before is part of that. */
  isOpen = false;
  private sequence = 0;

  constructor(venue: Venue, write: WriteRow) {
    this.venue = venue;
    this.write = write;
  }

  /** The next row's place: sequence number, event that it belongs to (0: before the first), time. */
  stamp(): { seq: number; event: number; time_us: number } {
    this.sequence++;
    const { events, queue } = this.venue;
    return { seq: this.sequence, event: events, time_us: queue.now };
  }

  /** Runs `work`, in which money moves for this purpose. */
  during<T>(purpose: string, work: () => T): T {
    const before = this.purpose;
    this.purpose = purpose;
    const result = work();
    this.purpose = before;
    return result;
  }
}
