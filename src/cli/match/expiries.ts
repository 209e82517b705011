/** Open orders by the time at which they end: a binary heap, by time and then by arrival. */
interface Expiry {
  readonly time: number;
  readonly sequence: number;
  readonly id: number;
}

export class Expiries {
  private heap: Expiry[] = [];
  /** By id, the sequence number of the entry that counts. */
  private readonly live = new Map<number, number>();
  private sequence = 0;

  add(time: number, id: number): void {
    const entry = { time, sequence: this.sequence++, id };
    this.live.set(id, entry.sequence);
    this.push(entry);
  }

  /** The order is over. Its entry stays behind, until such entries are the larger part. */
  forget(id: number): void {
    if (!this.live.delete(id) || this.heap.length < 2 * this.live.size + 64) return;
    const kept = this.heap.filter((entry) => this.live.get(entry.id) === entry.sequence);
    this.heap = [];
    for (const entry of kept) this.push(entry);
  }

  /** Takes the next order that ends by `now`, or undefined. */
  next(now: number): number | undefined {
    while (this.heap.length > 0 && this.heap[0]!.time <= now) {
      const { id, sequence } = this.pop();
      if (this.live.get(id) !== sequence) continue;
      this.live.delete(id);
      return id;
    }
    return undefined;
  }

  private push(entry: Expiry): void {
    const { heap } = this;
    let at = heap.push(entry) - 1;
    for (let up = (at - 1) >> 1; at > 0 && before(entry, heap[up]!); up = (at - 1) >> 1) {
      heap[at] = heap[up]!;
      at = up;
    }
    heap[at] = entry;
  }

  private pop(): Expiry {
    const { heap } = this;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (let down = 1; down < heap.length; down = 2 * at + 1) {
      if (down + 1 < heap.length && before(heap[down + 1]!, heap[down]!)) down++;
      if (!before(heap[down]!, last)) break;
      heap[at] = heap[down]!;
      at = down;
    }
    heap[at] = last;
    return first;
  }
}

function before(a: Expiry, b: Expiry): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}
