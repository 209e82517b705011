/** What wrappers with numbers of their own share: the rule inside is updated first, then the wrapper. */
import type { MarginRule } from './rule.ts';

interface OwnNumbers {
  /** Begins a run, after the rule inside has. */
  reset(instrument: number, mark: number): void;
  /** Takes in a mark; true if the wrapper's own part of the requirement has changed. */
  update(instrument: number, mark: number, elapsed_us: number): boolean;
}

/** `interval_us`: time between updates where the rule inside needs none; if not given, then the wrapper needs none. */
export function wrapping(
  inner: MarginRule,
  interval_us: number | undefined,
  own: OwnNumbers,
): Pick<MarginRule, 'reset' | 'update' | 'interval_us'> {
  const reset = (instrument: number, mark: number): void => {
    inner.reset?.(instrument, mark);
    own.reset(instrument, mark);
  };
  const interval = inner.interval_us ?? interval_us;
  if (interval === undefined) return { reset };
  return {
    reset,
    interval_us: interval,
    update(instrument, mark, elapsed_us = interval) {
      const changed = inner.update?.(instrument, mark, elapsed_us) ?? false;
      return own.update(instrument, mark, elapsed_us) || changed;
    },
  };
}
