/**
 * Price ladder: nodes resting on lines of integer keys, first in first out within a key, with quick access
 * to the highest key of a line. Orders rest on it (bids by price, asks by mirrored price, so that "highest" is
 * always "best"), and so do accounts' trigger prices.
 *
 * A line keeps a window of `span` keys as a ring of slots; the window always holds the highest key. Keys below it
 * wait in the line's far list and enter when the window slides down, so a market may travel any distance without
 * reallocation. A slide costs one pass over what it moves and happens once in many keys of travel.
 *
 * `|` and `| 0` where a sum would do: V8 checks a sum for overflow at each use.
 */
import * as lists from './buckets.ts';
import { Buckets, bucketsSchema } from './buckets.ts';
import type { Columns, TableSchema } from './world.ts';

// Taken out of their module: V8 compiles a module's own functions in, but asks at each use what an imported one is.
const { linkLast, unlink } = lists;

/** Not exported: V8 compiles a module's own constant in, but reads an exported or imported one anew at each use. */
const NO_KEY = -0x80000000;
/** Best key of a line that holds nothing: below every key. */
export const EMPTY = NO_KEY;

/** Keys lie within ±MAX_KEY, so that differences of keys fit an int32. */
export const MAX_KEY = 0x3fffffff;

/** `span`: keys in a line's window, a power of two of at least 1024 (so that no two lines share a bitmap group). */
export const ladderSchema = (nodes: number, lines: number, span: number) =>
  ({
    ...bucketsSchema(nodes, lines * span + lines),
    keys: { rows: nodes, columns: { key: 'i32' } },
    lines: { rows: lines, columns: { base: 'i32', best: 'i32' } },
  }) as const satisfies Record<string, TableSchema>;

type LadderTables = ReturnType<typeof ladderSchema>;
type LadderColumns = { readonly [T in keyof LadderTables]: Columns<LadderTables[T]> };

export class Ladder {
  readonly buckets: Buckets;
  /** Highest key of each line, or EMPTY. */
  readonly best: Int32Array;
  readonly span: number;
  /** Key of node n, while it is linked: at n << keyShift. */
  private readonly keys: Int32Array;
  private readonly keyShift: number;
  private readonly base: Int32Array;
  /** The buckets' own: one step nearer. Each step is waited for after every branch that was guessed wrong. */
  private readonly links: Int32Array;
  private readonly nodes: number;
  private readonly mask: number;
  private readonly shift: number;
  private readonly lines: number;
  /** A slide leaves this many keys of the window free above the key that caused it. */
  private readonly headroom: number;

  /** `keyShift`: 0, or more where the keys are a part of larger records. */
  constructor(nodes: number, lines: number, span: number, columns: LadderColumns, keyShift = 0) {
    this.buckets = new Buckets(nodes, columns.links, columns.words, columns.summary);
    this.links = this.buckets.links;
    this.nodes = nodes;
    this.keys = columns.keys.key;
    this.keyShift = keyShift;
    this.best = columns.lines.best;
    this.base = columns.lines.base;
    this.span = span;
    this.mask = span - 1;
    this.shift = 31 - Math.clz32(span);
    this.lines = lines;
    this.headroom = span >>> 3;
  }

  /** Empties all lines; must run once on a zeroed world. */
  reset(): void {
    this.buckets.reset();
    this.best.fill(NO_KEY);
    this.base.fill(0);
  }

  isLinked(node: number): boolean {
    return this.buckets.isLinked(node);
  }

  /** Key of a linked node. */
  keyOf(node: number): number {
    return this.keys[node << this.keyShift]!;
  }

  /** Puts an unlinked node at the back of its key. */
  insert(line: number, key: number, node: number): void {
    this.keys[node << this.keyShift] = key;
    this.link(line, key, node);
  }

  /** As `insert`, of a node whose key has been written. */
  link(line: number, key: number, node: number): void {
    const sentinel = this.placeFor(line, key);
    this.linkAt(line, key, sentinel, this.lastIn(sentinel), node);
  }

  /** The list that a new node of this key belongs to, by its sentinel's index. The window may move for it. */
  placeFor(line: number, key: number): number {
    // Outside of the window: below it, or span keys or more above its base.
    const { mask } = this;
    const inside = ((key - this.base[line]!) & ~mask) === 0 || this.enclose(line, key);
    return (this.nodes + (inside ? (line << this.shift) | (key & mask) : this.farSlot(line))) | 0;
  }

  /** The last node of a list, or its sentinel's index (which is >= nodes) when it is empty. */
  lastIn(sentinel: number): number {
    return this.links[(sentinel << 1) | 1]!;
  }

  /** Puts an unlinked node whose key has been written where `placeFor` and `lastIn` have said. */
  linkAt(line: number, key: number, sentinel: number, last: number, node: number): void {
    if (linkLast(this.links, sentinel, last, node)) this.buckets.occupy((sentinel - this.nodes) | 0);
    if (key > this.best[line]!) this.best[line] = key;
  }

  /** Takes a linked node off. */
  remove(node: number): void {
    const sentinel = unlink(this.links, node);
    if (sentinel >= 0) this.emptied((sentinel - this.nodes) | 0);
  }

  /** Ends a walk along the line's best key that has unlinked the nodes in front of `first`; see Buckets.setFront. */
  setFrontAtBest(line: number, first: number): void {
    const slot = (line << this.shift) | (this.best[line]! & this.mask);
    if (this.buckets.setFront(slot, first)) this.lowerBest(line, slot);
  }

  /** First node at the line's best key; the line must not be empty. */
  firstAtBest(line: number): number {
    return this.buckets.first((line << this.shift) | (this.best[line]! & this.mask));
  }

  /** First node at a key, or -1. (For keys below the window this walks the far list.) */
  firstAt(line: number, key: number): number {
    const above = key - this.base[line]!;
    if (above >= this.span) return -1;
    const slot = above < 0 ? this.farSlot(line) : (line << this.shift) + (key & this.mask);
    return this.firstOf(key, this.buckets.first(slot));
  }

  /** The node behind `node` at the same key, or -1. */
  nextAt(node: number): number {
    return this.firstOf(this.keyOf(node), this.buckets.nextOf(node));
  }

  /** Highest key below `key` in the line's window, or EMPTY. (Keys in the far list are not seen.) */
  below(line: number, key: number): number {
    const low = line << this.shift;
    const base = this.base[line]!;
    const start = (key - base > this.span ? base + this.span : key) - 1;
    const slot = low + (start & this.mask);
    let found = this.buckets.highest(slot, low);
    if (found < 0 && slot < low + this.mask) found = this.buckets.highest(low + this.mask, slot + 1);
    if (found < 0) return NO_KEY;
    const below = start - ((slot - found) & this.mask);
    return below >= base ? below : NO_KEY;
  }

  /** Highest key below `key` anywhere in the line, or EMPTY. (Walks the far list when the window has none.) */
  nextBelow(line: number, key: number): number {
    let found = this.below(line, key);
    if (found !== NO_KEY) return found;
    const { buckets } = this;
    const far = buckets.first(this.farSlot(line));
    for (let node = far; node < buckets.nodes; node = buckets.nextOf(node)) {
      const its = this.keyOf(node);
      if (its < key && its > found) found = its;
    }
    return found;
  }

  /** First node of the line's far list, whose order is that of arrival there, not of keys; or a number >= nodes. */
  firstFar(line: number): number {
    return this.buckets.first(this.farSlot(line));
  }

  /** Calls `visit` for every node of a line: by falling key and in queue order in the window, then the far list. */
  forEach(line: number, visit: (node: number, key: number) => void): void {
    for (let key = this.best[line]!; key !== NO_KEY; key = this.below(line, key)) {
      for (let node = this.firstAt(line, key); node >= 0; node = this.nextAt(node)) visit(node, key);
    }
    for (let node = this.buckets.first(this.farSlot(line)); node < this.buckets.nodes;) {
      const next = this.buckets.nextOf(node);
      visit(node, this.keyOf(node));
      node = next;
    }
  }

  private farSlot(line: number): number {
    return (this.lines << this.shift) + line;
  }

  /** The first node with this key from `node` on in its list, or -1. Only far lists mix keys. */
  private firstOf(key: number, node: number): number {
    const { buckets } = this;
    while (node < buckets.nodes && this.keyOf(node) !== key) node = buckets.nextOf(node);
    return node < buckets.nodes ? node : -1;
  }

  /** Moves the window so that it holds `key`, unless the key belongs to the far list (then false). */
  private enclose(line: number, key: number): boolean {
    const base = this.base[line]!;
    if (this.best[line] === NO_KEY) {
      this.base[line] = key - (this.span - this.headroom);
      return true;
    }
    if (key < base) return false;
    this.slideUp(line, key - (this.span - this.headroom));
    return true;
  }

  /** Raises the window's base; nodes that it leaves behind go to the far list, in queue order. */
  private slideUp(line: number, newBase: number): void {
    const low = line << this.shift;
    const far = this.farSlot(line);
    for (let key = this.below(line, newBase); key !== NO_KEY; key = this.below(line, key)) {
      const slot = low + (key & this.mask);
      for (let node = this.buckets.first(slot); node < this.buckets.nodes; node = this.buckets.first(slot)) {
        this.buckets.remove(node);
        this.buckets.append(far, node);
      }
    }
    this.base[line] = newBase;
  }

  /** A slot has just become empty: find the new best key if it was the best. */
  private emptied(slot: number): void {
    this.buckets.vacate(slot);
    const line = slot >>> this.shift;
    if (line >= this.lines) return; // a far list
    if (slot === (line << this.shift) + (this.best[line]! & this.mask)) this.lowerBest(line, slot);
  }

  /** The slot of the line's best key is empty: finds the new best key. */
  private lowerBest(line: number, slot: number): void {
    const low = line << this.shift;
    let found = this.buckets.highest(slot, low);
    if (found < 0 && slot < low + this.mask) found = this.buckets.highest(low + this.mask, slot + 1);
    if (found < 0) this.slideDown(line);
    else this.best[line] = this.best[line]! - ((slot - found) & this.mask);
  }

  /** The window is empty: move it down to the highest key of the far list and fill it from there. */
  private slideDown(line: number): void {
    const { buckets } = this;
    const far = this.farSlot(line);
    let best = NO_KEY;
    for (let node = buckets.first(far); node < buckets.nodes; node = buckets.nextOf(node)) {
      best = Math.max(best, this.keyOf(node));
    }
    this.best[line] = best;
    if (best === NO_KEY) return;
    const base = best - (this.span - this.headroom);
    this.base[line] = base;
    for (let node = buckets.first(far); node < buckets.nodes;) {
      const next = buckets.nextOf(node);
      const key = this.keyOf(node);
      if (key >= base) {
        buckets.remove(node);
        buckets.append((line << this.shift) + (key & this.mask), node);
      }
      node = next;
    }
  }
}
