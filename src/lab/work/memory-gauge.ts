/**
 * How much memory runs have taken that nobody accounts for: what the process holds beyond what it held before, beside what
 * the main thread and the workers' earlier runs have. The system's figures, as V8's limits do not count typed arrays.
 */
import { readFileSync } from 'node:fs';
import type { Board } from './board.ts';

/** So many times the limit may be reserved that is never written to: a world's pools are larger than what is used of them. */
const RESERVED_FACTOR = 32;

export class MemoryGauge {
  readonly #board: Board;
  #before_mb = 0;
  #reserved_before_mb = 0;

  constructor(board: Board) {
    this.#board = board;
    this.reset();
  }

  /** No run is under way: from here on it counts. */
  reset(): void {
    this.#before_mb = this.#unknown_mb;
    this.#reserved_before_mb = reserved_mb();
  }

  isOver(limit_mb: number): boolean {
    if (this.#unknown_mb - this.#before_mb > limit_mb) return true;
    return reserved_mb() - this.#reserved_before_mb > RESERVED_FACTOR * limit_mb;
  }

  get #unknown_mb(): number {
    const { rss, heapTotal, external } = process.memoryUsage();
    return (rss - heapTotal - external) / 1e6 - this.#board.memory_mb;
  }
}

/** Address space of the process, MB, where the system tells: arrays that are not filled take no other memory. */
function reserved_mb(): number {
  try {
    const [pages] = readFileSync('/proc/self/statm', 'utf8').split(' ');
    return (Number(pages) * PAGE_BYTES) / 1e6;
  } catch {
    return 0; // not Linux
  }
}

/** The least that systems have: where pages are larger, more may be reserved. */
const PAGE_BYTES = 4096;
