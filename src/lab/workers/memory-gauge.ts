/**
 * How much memory runs have taken that nobody accounts for: what the process holds beyond what it held before, beside what
 * the main thread and the workers' earlier runs have. The system's figure, as V8's limits do not count typed arrays.
 */
import type { Board } from './board.ts';

export class MemoryGauge {
  readonly #board: Board;
  #before_mb = 0;

  constructor(board: Board) {
    this.#board = board;
    this.reset();
  }

  /** No run is under way: from here on it counts. */
  reset(): void {
    this.#before_mb = this.#unknown_mb;
  }

  isOver(limit_mb: number): boolean {
    return this.#unknown_mb - this.#before_mb > limit_mb;
  }

  get #unknown_mb(): number {
    const { rss, heapTotal, external } = process.memoryUsage();
    return (rss - heapTotal - external) / 1e6 - this.#board.memory_mb;
  }
}
