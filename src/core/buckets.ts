/**
 * First-in-first-out lists of nodes in numbered slots, with a two-level bitmap of the slots that hold any.
 * The one structure under the order book, the accounts' triggers and the event queue.
 *
 * A slot's list is circular through a sentinel (link index `nodes + slot`), so that linking and unlinking
 * have no special cases. Links and bits are columns of the world; `reset` must run once on a zeroed world.
 *
 * Fields here and in the other classes of the inner loop are `private`, not `#`: V8 remembers what kind of array a
 * plain field holds, and checks it anew at each use of a `#` field.
 */
import type { Columns, TableSchema } from './world.ts';

/** Not exported: V8 compiles a module's own constant in, but reads an exported or imported one anew at each use. */
const NO_LIST = -1;
/** Link of a node that is in no list. */
export const UNLINKED = NO_LIST;

export const bucketsSchema = (nodes: number, slots: number) =>
  ({
    /** Of node n: at 2n the one behind it, at 2n + 1 the one in front, so that both are there when one is. */
    links: { rows: 2 * (nodes + slots), columns: { node: 'i32' } },
    words: { rows: Math.ceil(slots / 32), columns: { bits: 'i32' } },
    summary: { rows: Math.ceil(slots / 1024), columns: { bits: 'i32' } },
  }) as const satisfies Record<string, TableSchema>;

type BucketsTables = ReturnType<typeof bucketsSchema>;

export class Buckets {
  readonly nodes: number;
  readonly links: Int32Array;
  readonly words: Int32Array;
  readonly summary: Int32Array;

  constructor(
    nodes: number,
    links: Columns<BucketsTables['links']>,
    words: Columns<BucketsTables['words']>,
    summary: Columns<BucketsTables['summary']>,
  ) {
    this.nodes = nodes;
    this.links = links.node;
    this.words = words.bits;
    this.summary = summary.bits;
  }

  /** Empties every slot and unlinks every node. */
  reset(): void {
    const { links } = this;
    for (let i = 0; i < 2 * this.nodes; i += 2) links[i] = NO_LIST;
    for (let i = 2 * this.nodes; i < links.length; i++) links[i] = i >> 1;
    this.words.fill(0);
    this.summary.fill(0);
  }

  isLinked(node: number): boolean {
    return this.links[node << 1] !== NO_LIST;
  }

  /** First node of the slot, or a number >= `nodes` when it is empty. */
  first(slot: number): number {
    return this.nextOf((this.nodes + slot) | 0);
  }

  /** Last node of the slot, or a number >= `nodes` when it is empty. */
  last(slot: number): number {
    return this.prevOf((this.nodes + slot) | 0);
  }

  /** The node behind a linked one: of the last, its slot's sentinel. (Of a sentinel: the first.) */
  nextOf(node: number): number {
    return this.links[node << 1]!;
  }

  /** The node in front of a linked one: of the first, its slot's sentinel. (Of a sentinel: the last.) */
  prevOf(node: number): number {
    return this.links[(node << 1) | 1]!;
  }

  /** Puts an unlinked node at the back of the slot. */
  append(slot: number, node: number): void {
    const sentinel = (this.nodes + slot) | 0;
    if (linkLast(this.links, sentinel, this.prevOf(sentinel), node)) this.occupy(slot);
  }

  /** Puts an unlinked node behind another one of the slot, or in front of all: behind its sentinel (`nodes + slot`). */
  insertBehind(slot: number, before: number, node: number): void {
    const { links } = this;
    const after = links[before << 1]!;
    links[before << 1] = node;
    links[(node << 1) | 1] = before;
    links[node << 1] = after;
    links[(after << 1) | 1] = node;
    if (after === before) this.occupy(slot); // both are the sentinel: the slot was empty
  }

  /** Unlinks a linked node. Returns the slot if that emptied it, else -1. */
  remove(node: number): number {
    const emptied = unlink(this.links, node);
    if (emptied < 0) return -1;
    const slot = emptied - this.nodes;
    this.vacate(slot);
    return slot;
  }

  /**
   * Unlinks the first node of a slot; `behind` is what comes after it, as `nextOf` says. True if that emptied the slot.
   * The caller reads `behind` early: in a large world it waits for memory, and all else can be done meanwhile.
   */
  removeFirst(slot: number, node: number, behind: number): boolean {
    const { links } = this;
    const sentinel = (this.nodes + slot) | 0;
    links[sentinel << 1] = behind;
    links[(behind << 1) | 1] = sentinel;
    links[node << 1] = NO_LIST;
    if (behind !== sentinel) return false;
    this.vacate(slot);
    return true;
  }

  /**
   * Makes `first` (a node of the slot, or its sentinel) the front of the slot. The caller has unlinked the nodes before
   * it, and put the sentinel in front of it. True if that emptied the slot.
   */
  setFront(slot: number, first: number): boolean {
    const sentinel = (this.nodes + slot) | 0;
    this.links[sentinel << 1] = first;
    if (first !== sentinel) return false;
    this.vacate(slot);
    return true;
  }

  /** Highest occupied slot in [floor, slot], or -1. */
  highest(slot: number, floor: number): number {
    let word = slot >>> 5;
    let bits = this.words[word]! & (-1 >>> (31 - (slot & 31)));
    if (bits === 0) {
      let group = word >>> 5;
      const lastGroup = floor >>> 10;
      let groupBits = this.summary[group]! & ((1 << (word & 31)) - 1);
      while (groupBits === 0) {
        if (--group < lastGroup) return -1;
        groupBits = this.summary[group]!;
      }
      word = (group << 5) + 31 - Math.clz32(groupBits);
      bits = this.words[word]!;
    }
    const found = (word << 5) + 31 - Math.clz32(bits);
    return found >= floor ? found : -1;
  }

  /** Lowest occupied slot in [slot, ceiling], or -1. */
  lowest(slot: number, ceiling: number): number {
    let word = slot >>> 5;
    let bits = this.words[word]! & (-1 << (slot & 31));
    if (bits === 0) {
      let group = word >>> 5;
      const lastGroup = ceiling >>> 10;
      // Two shifts: a single shift by 32 would be a shift by 0.
      let groupBits = this.summary[group]! & ((-1 << (word & 31)) << 1);
      while (groupBits === 0) {
        if (++group > lastGroup) return -1;
        groupBits = this.summary[group]!;
      }
      word = (group << 5) + 31 - Math.clz32(groupBits & -groupBits);
      bits = this.words[word]!;
    }
    const found = (word << 5) + 31 - Math.clz32(bits & -bits);
    return found <= ceiling ? found : -1;
  }

  /** Sets the bit of a slot that has got its first node. */
  occupy(slot: number): void {
    const word = slot >>> 5;
    this.words[word] = this.words[word]! | (1 << (slot & 31));
    const group = word >>> 5;
    this.summary[group] = this.summary[group]! | (1 << (word & 31));
  }

  /** Clears the bit of a slot that has lost its last node. */
  vacate(slot: number): void {
    const word = slot >>> 5;
    const bits = this.words[word]! & ~(1 << (slot & 31));
    this.words[word] = bits;
    if (bits === 0) {
      const group = word >>> 5;
      this.summary[group] = this.summary[group]! & ~(1 << (word & 31));
    }
  }
}

/** Puts an unlinked node at the back of a sentinel's list, behind what is last there. True if it is the first there. */
export function linkLast(links: Int32Array, sentinel: number, last: number, node: number): boolean {
  links[last << 1] = node;
  links[(node << 1) | 1] = last;
  links[node << 1] = sentinel;
  links[(sentinel << 1) | 1] = node;
  return last === sentinel;
}

/** Unlinks a linked node. Returns the list's sentinel if that emptied it, else -1. */
export function unlink(links: Int32Array, node: number): number {
  const after = links[node << 1]!;
  const before = links[(node << 1) | 1]!;
  links[before << 1] = after;
  links[(after << 1) | 1] = before;
  links[node << 1] = NO_LIST;
  return after === before ? after : -1; // equal only when both are the sentinel: the node was alone
}
