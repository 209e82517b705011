/** What the maker of runs tells of each of them, and asks about it. */
import { getHeapStatistics } from 'node:v8';
import type { Lost } from '../failed-run.ts';
import type { Board } from './board.ts';
import { settled } from './guard.ts';

/** Watches the runs of one job in a thread. */
export interface RunWatch {
  /** Why a run is not to be made: it ended the thread that made it before. */
  lostBefore(cell: number, run: number): Lost | undefined;
  begin(cell: number, run: number): void;
  /** After each run: promises that it left behind come to their end. Throws what came of them. */
  settle(): Promise<void>;
  /** No run is under way. */
  end(): void;
}

/** For worker number `worker`, with the runs of its job that are lost already. */
export function watchOn(board: Board, worker: number, lost: readonly Lost[]): RunWatch {
  return {
    lostBefore: (cell, run) => lost.find((one) => one.cell === cell && one.run === run),
    begin(cell, run) {
      const { total_heap_size, external_memory } = getHeapStatistics();
      board.begin(worker, cell, run, Math.round((total_heap_size + external_memory) / 1e6));
    },
    settle: settled,
    end: () => board.end(worker),
  };
}
