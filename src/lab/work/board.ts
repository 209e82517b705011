/**
 * What threads tell the main one without being asked: which run is under way. A row a worker in shared memory, as a thread
 * in an endless loop answers nothing.
 */
const COUNT = 0;
const CELL = 1;
const RUN = 2;
const MEMORY = 3;
const FIELDS = 4;

/** No run is under way: the thread starts, or writes what it has made. */
export const NO_RUN = -1;

export interface UnderWay {
  /** Grows with each run that begins or ends. */
  readonly count: number;
  readonly cell: number;
  /** Its number, or NO_RUN. */
  readonly run: number;
}

export class Board {
  readonly buffer: SharedArrayBuffer;
  readonly #rows: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#rows = new Int32Array(buffer);
  }

  static of(workers: number): Board {
    const board = new Board(new SharedArrayBuffer(workers * FIELDS * Int32Array.BYTES_PER_ELEMENT));
    for (let worker = 0; worker < workers; worker++) board.clear(worker);
    return board;
  }

  /** A run begins, in a thread that holds so much memory, MB. */
  begin(worker: number, cell: number, run: number, memory_mb: number): void {
    const row = worker * FIELDS;
    this.#rows[row + CELL] = cell;
    this.#rows[row + RUN] = run;
    this.#rows[row + MEMORY] = memory_mb;
    Atomics.add(this.#rows, row + COUNT, 1);
  }

  end(worker: number): void {
    const row = worker * FIELDS;
    this.#rows[row + RUN] = NO_RUN;
    Atomics.add(this.#rows, row + COUNT, 1);
  }

  /** The thread is gone, or a new job begins. */
  clear(worker: number): void {
    this.#rows[worker * FIELDS + MEMORY] = 0;
    this.end(worker);
  }

  underWay(worker: number): UnderWay {
    const row = worker * FIELDS;
    const count = Atomics.load(this.#rows, row + COUNT);
    return { count, cell: this.#rows[row + CELL]!, run: this.#rows[row + RUN]! };
  }

  /** What all threads held when their last runs began, MB. */
  get memory_mb(): number {
    let sum = 0;
    for (let i = MEMORY; i < this.#rows.length; i += FIELDS) sum += this.#rows[i]!;
    return sum;
  }
}
