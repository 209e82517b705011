/** What the maker of runs tells of each of them, and asks about it. */
import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { Lost } from '../store/failed-run.ts';
import type { Assignment } from './protocol.ts';
import type { Board } from './board.ts';
import { settled, shared } from './guard.ts';

/** Watches the runs of one job in a thread. */
export interface RunWatch {
  /** True: the first run of the job is made again after the others, to see whether it comes out the same. */
  readonly isRepeated: boolean;
  /** Why a run is not to be made: it ended the thread that made it before. */
  lostBefore(cell: number, run: number): Lost | undefined;
  begin(cell: number, run: number): void;
  /** After each run: promises that it left behind come to their end. Throws what came of them. */
  settle(): Promise<void>;
  /** After each run of traders. One that changed the language itself never comes back: its thread is given up. */
  unchanged(): Promise<void>;
  /** No run is under way. */
  end(): void;
}

/** A worker's run changed something that its followers would meet. */
export interface Meddling {
  readonly worker: number;
  readonly what: string;
}

const port = parentPort!;
const NEVER = new Promise<void>(() => undefined);

/** For the runs of one job. */
export function watchOn(board: Board, { worker, lost, isRepeated }: Assignment): RunWatch {
  return {
    isRepeated,
    lostBefore: (cell, run) => lost.find((one) => one.cell === cell && one.run === run),
    begin(cell, run) {
      const { total_heap_size, external_memory } = getHeapStatistics();
      board.begin(worker, cell, run, Math.round((total_heap_size + external_memory) / 1e6));
    },
    settle: settled,
    async unchanged() {
      const what = shared.changed;
      if (what === undefined) return;
      port.postMessage({ worker, what } satisfies Meddling);
      await NEVER;
    },
    end: () => board.end(worker),
  };
}
