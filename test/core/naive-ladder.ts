/** A price ladder of lines, each a Map from key to the nodes that rest there, first in first out. No tricks. */
export class NaiveLadder {
  readonly #lines: Map<number, number[]>[];
  readonly #place = new Map<number, { line: number; key: number }>();

  constructor(lines: number) {
    this.#lines = Array.from({ length: lines }, () => new Map<number, number[]>());
  }

  insert(line: number, key: number, node: number): void {
    const queue = this.#lines[line]!.get(key);
    if (queue === undefined) this.#lines[line]!.set(key, [node]);
    else queue.push(node);
    this.#place.set(node, { line, key });
  }

  remove(node: number): void {
    const { line, key } = this.#place.get(node)!;
    const queue = this.at(line, key);
    this.#place.delete(node);
    if (queue.length === 1) this.#lines[line]!.delete(key);
    else queue.splice(queue.indexOf(node), 1);
  }

  /** Highest key of a line. */
  best(line: number): number | undefined {
    return this.below(line, Infinity);
  }

  /** Highest key under another. */
  below(line: number, limit: number): number | undefined {
    let best: number | undefined;
    for (const key of this.#lines[line]!.keys())
      if (key < limit && (best === undefined || key > best)) best = key;
    return best;
  }

  /** The queue at a key, first to last. */
  at(line: number, key: number): number[] {
    return this.#lines[line]!.get(key) ?? [];
  }

  /** The keys of a line, falling. */
  keys(line: number): number[] {
    return [...this.#lines[line]!.keys()].sort((a, b) => b - a);
  }
}
