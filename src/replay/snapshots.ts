/**
 * Worlds saved one after the other, of which most stays the same: a page of memory that has not changed is kept once. So
 * they take a part of the memory, and of the time, that as many whole ones would.
 */

/** Bytes of a page. */
const PAGE = 4096;

export class Snapshots {
  /** Pages of each saved world, by their place in it. */
  readonly #saved: (readonly Uint8Array[])[] = [];
  readonly #bytes: number;
  /** Room for a world that is saved or asked for, and the world as it was when it was saved last. */
  #now: Int32Array;
  #last: Int32Array;

  /** Of worlds of so many bytes. */
  constructor(bytes: number) {
    this.#bytes = bytes;
    const words = Math.ceil(bytes / 4);
    this.#now = new Int32Array(words);
    this.#last = new Int32Array(words);
  }

  /** Saves what `save` writes into the bytes that it is given; returns its number. */
  add(save: (target: Uint8Array) => void): number {
    const now = this.#target();
    save(now);
    const before = this.#saved.at(-1);
    const pages: Uint8Array[] = [];
    for (let page = 0; page * PAGE < this.#bytes; page++) {
      const same = before !== undefined && !this.#hasChanged(page);
      pages.push(same ? before[page]! : now.slice(page * PAGE, (page + 1) * PAGE));
    }
    [this.#now, this.#last] = [this.#last, this.#now];
    return this.#saved.push(pages) - 1;
  }

  /** The bytes of a saved world: good until the next call. */
  get(number: number): Uint8Array {
    const target = this.#target();
    this.#saved[number]!.forEach((bytes, page) => {
      target.set(bytes, page * PAGE);
    });
    return target;
  }

  #target(): Uint8Array {
    return new Uint8Array(this.#now.buffer, 0, this.#bytes);
  }

  #hasChanged(page: number): boolean {
    const [now, last] = [this.#now, this.#last];
    const end = Math.min(now.length, ((page + 1) * PAGE) / 4);
    for (let word = (page * PAGE) / 4; word < end; word++) if (now[word] !== last[word]) return true;
    return false;
  }
}
