/** What can become of a mutated file, and which of it must not. */
import type { Outcome } from './run-file.ts';

export const CLASSES = {
  ran: 'ran',
  'some runs ended at a limit': 'ran, some runs ended at a limit',
  'all runs ended at a limit': 'all runs ended at a limit, told of by name',
  refused: 'refused, with its place',
  placeless: 'refused, without a place',
  invariant: 'InvariantError',
  stack: 'another error, with a stack',
  hang: 'not done in time',
  dead: 'the process died',
} as const;

export type Class = keyof typeof CLASSES;

export const BAD: readonly Class[] = ['placeless', 'invariant', 'stack', 'hang', 'dead'];

/** `experiments/a.yaml:17:38  …`, `--set a=b  …`, `preset binance  …` */
const PLACE = /^(\S+:\d+:\d+|--set .*|preset \S+) {2}/s;
/** Errors of runs that are the user's to mend. */
const LIMITS = ['CapacityError', 'ConfigError'];

export function classOf({ runs, failures, error }: Outcome): Class {
  const all = [...failures, ...(error === undefined ? [] : [error])];
  if (all.some(({ name }) => name === 'InvariantError')) return 'invariant';
  if (failures.some(({ name }) => !LIMITS.includes(name))) return 'stack';
  if (error !== undefined) {
    if (error.name !== 'ConfigError' || error.message.includes('\n    at ')) return 'stack';
    return PLACE.test(error.message) ? 'refused' : 'placeless';
  }
  if (failures.length === 0) return 'ran';
  return runs > 0 ? 'some runs ended at a limit' : 'all runs ended at a limit';
}
