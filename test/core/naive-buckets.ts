/** Numbered slots with first-in-first-out lists of nodes, as an array of arrays. Slow and plain. */
export class NaiveBuckets {
  readonly slots: number[][];

  constructor(slots: number) {
    this.slots = Array.from({ length: slots }, () => []);
  }

  append(slot: number, node: number): void {
    this.slots[slot]!.push(node);
  }

  slotOf(node: number): number {
    return this.slots.findIndex((list) => list.includes(node));
  }

  /** The slot if that emptied it, else -1. */
  remove(node: number): number {
    const slot = this.slotOf(node);
    const list = this.slots[slot]!;
    list.splice(list.indexOf(node), 1);
    return list.length === 0 ? slot : -1;
  }

  /** Highest occupied slot in [floor, slot], or -1. */
  highest(slot: number, floor: number): number {
    for (let each = slot; each >= floor; each--) if (this.slots[each]!.length > 0) return each;
    return -1;
  }

  /** Lowest occupied slot in [slot, ceiling], or -1. */
  lowest(slot: number, ceiling: number): number {
    for (let each = slot; each <= ceiling; each++) if (this.slots[each]!.length > 0) return each;
    return -1;
  }
}
