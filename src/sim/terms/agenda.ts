/**
 * The event queue as one venue sees it: an instrument there is a listing in the queue of the world, where those of all
 * venues have numbers one behind another. An event that is of an account alone is of the venue's first listing.
 */
import type { EventQueue } from '../../core/queue.ts';

export class Agenda {
  readonly columns: EventQueue['columns'];
  /** Number of the venue's first listing. */
  readonly first: number;
  private readonly queue: EventQueue;

  constructor(queue: EventQueue, firstListing: number) {
    this.queue = queue;
    this.columns = queue.columns;
    this.first = firstListing;
  }

  /** The present, µs since the start. */
  get now(): number {
    return this.queue.now;
  }

  /** As EventQueue.schedule, with an instrument of the venue. */
  schedule(time: number, kind: number, subject: number, instrument: number): number {
    return this.queue.schedule(time, kind, subject, this.first + instrument);
  }
}
