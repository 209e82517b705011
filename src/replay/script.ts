/** What is played: one run of an experiment under one policy and shock, as plain data that a page can be sent. */
import { CapacityError } from '../core/errors.ts';
import type { MarketExperiment } from '../models/market/file/compile.ts';
import { withLargerPool } from '../models/market/pools.ts';
import type { Fork } from './fork.ts';

export interface Script {
  readonly experiment: MarketExperiment;
  readonly policy: string;
  /** Number of the shock's variant. */
  readonly shock: number;
  /** Number of the run. */
  readonly run: number;
  /** Numbers of the venue and of its instrument that are looked at; the first if left out. */
  readonly venue?: number;
  readonly instrument?: number;
  /** Left out: the run itself. */
  readonly fork?: Fork;
}

/** The script with the pool that was too small enlarged. Throws the error where that is not what went wrong. */
export function withRoomFor(script: Script, error: unknown): Script {
  const setting = error instanceof CapacityError ? error.setting : undefined;
  const larger = setting === undefined ? undefined : withLargerPool(script.experiment, setting);
  if (larger === undefined) throw error;
  return { ...script, experiment: larger };
}
