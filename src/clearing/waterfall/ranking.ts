/**
 * The largest few of many, in order: a heap over fixed arrays. Building it costs O(n), each entry taken O(log n), so a
 * queue of which only the first few are needed is never sorted as a whole. Equal keys come in the order of their
 * numbers, which makes every allocation deterministic.
 */

export class Ranking {
  private readonly ids: Int32Array;
  private readonly keys: Float64Array;
  private size = 0;
  private heaped = false;

  /** `capacity`: entries at most, for the caller to keep to. */
  constructor(capacity: number) {
    this.ids = new Int32Array(capacity);
    this.keys = new Float64Array(capacity);
  }

  clear(): void {
    this.size = 0;
    this.heaped = false;
  }

  /** Enters a number with its key. All come in before the first is taken. */
  add(id: number, key: number): void {
    this.ids[this.size] = id;
    this.keys[this.size] = key;
    this.size++;
    this.heaped = false;
  }

  /** The number with the largest key, taken out; -1 when there is none left. */
  next(): number {
    if (!this.heaped) {
      for (let at = (this.size >> 1) - 1; at >= 0; at--) this.sink(at);
      this.heaped = true;
    }
    if (this.size === 0) return -1;
    const first = this.ids[0]!;
    this.size--;
    this.ids[0] = this.ids[this.size]!;
    this.keys[0] = this.keys[this.size]!;
    this.sink(0);
    return first;
  }

  private sink(from: number): void {
    const { ids, keys, size } = this;
    const id = ids[from]!;
    const key = keys[from]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.before(child + 1, child)) child++;
      if (keys[child]! < key || (keys[child] === key && ids[child]! > id)) break;
      ids[at] = ids[child]!;
      keys[at] = keys[child]!;
      at = child;
    }
    ids[at] = id;
    keys[at] = key;
  }

  private before(a: number, b: number): boolean {
    const { ids, keys } = this;
    return keys[a]! > keys[b]! || (keys[a] === keys[b] && ids[a]! < ids[b]!);
  }
}
