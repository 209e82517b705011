/** One run in a worker, whatever it is made for: within its limits, and without a trace in the runs after it. */
import { ConfigError } from '../../core/errors.ts';
import type { Lost } from '../store/failed-run.ts';
import { readThrown } from './thrown.ts';
import type { RunWatch } from './watch.ts';

/** Throws what the run throws, when all that it has left behind is done. `hasTraders`: of the user's may take part. */
export async function watched<T>(
  watch: RunWatch,
  { cell, run }: Pick<Lost, 'cell' | 'run'>,
  hasTraders: boolean,
  make: () => T,
): Promise<T> {
  watch.begin(cell, run);
  try {
    const made = make();
    await watch.settle();
    return made;
  } catch (error) {
    try {
      await watch.settle(); // what else it left behind is not the next run's
    } catch {
      // The first error is the one that is told of.
    }
    throw error;
  } finally {
    if (hasTraders) await watch.unchanged();
  }
}

/** A run that a command cannot do without came to no end. */
class LostRun extends Error {
  override readonly name = 'LostRun';

  constructor(run: number, { name, message }: Pick<Lost, 'name' | 'message'>) {
    super(`run ${run}: ${name}: ${message}`);
  }
}

/** The same of a run of traders that is needed: throws LostRun, with the stack of what it threw, and ConfigError. */
export async function neededRun<T>(watch: RunWatch, run: number, make: () => T): Promise<T> {
  const place = { cell: 0, run };
  const lost = watch.lostBefore(place.cell, run);
  if (lost !== undefined) throw Object.assign(new LostRun(run, lost), { stack: '' });
  try {
    return await watched(watch, place, true, make);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const thrown = readThrown(error);
    throw Object.assign(new LostRun(run, thrown), { stack: thrown.stack });
  } finally {
    watch.end();
  }
}
