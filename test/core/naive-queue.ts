/** An event queue as one list sorted by time, equals in the order in which they came. */
export interface NaiveEvent {
  readonly time: number;
  readonly id: number;
}

export class NaiveQueue {
  now = 0;
  readonly events: NaiveEvent[] = [];

  schedule(time: number, id: number): void {
    // Behind everything that is not later, so that ties keep the order of scheduling.
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events[middle]!.time <= time) low = middle + 1;
      else high = middle;
    }
    this.events.splice(low, 0, { time, id });
  }

  /** The next event not later than `until`, or undefined; the clock moves to it, or else to `until`. */
  next(until: number): NaiveEvent | undefined {
    const first = this.events[0];
    if (first !== undefined && first.time <= until) {
      this.now = first.time;
      return this.events.shift();
    }
    this.now = Math.max(this.now, until);
    return undefined;
  }
}
