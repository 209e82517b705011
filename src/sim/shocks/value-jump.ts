/** News: the price on other venues, which value traders believe in, jumps, or moves as far within a time. */
import { z } from 'zod';
import { exp, log } from '../../core/maths.ts';
import { change, duration } from '../../core/settings.ts';
import type { Shock } from './shock.ts';
import { defineShock } from './shock.ts';

export const valueJump = defineShock({
  name: 'value-jump',
  about: 'The price on other venues changes by a share, at once or evenly over a time, and stays there.',
  settings: z.strictObject({
    at: duration().describe('When.'),
    change: change().describe('Relative change; negative: a fall.'),
    over: duration().prefault('0 s').describe('Time that it takes, in equal relative steps; 0: a jump.'),
    every: duration({ positive: true }).prefault('100 ms').describe('Time between steps.'),
    instrument: z.string().optional().describe('Which instrument; the first if left out.'),
  }),
  compile({ at, change, over, every, instrument }, context) {
    const target = context.instrument(instrument);
    return valueMove({
      at_us: at,
      steps: Math.max(1, Math.ceil(over / every)),
      every_us: every,
      change,
      instrument: target,
    });
  },
});

export interface ValueMove {
  readonly at_us: number;
  readonly steps: number;
  /** Time between steps, µs. */
  readonly every_us: number;
  /** Of all steps together. */
  readonly change: number;
  readonly instrument: number;
}

/** The price on other venues changes by a share in equal relative steps. */
export function valueMove({ at_us, steps, every_us, change: whole, instrument }: ValueMove): Shock {
  const each = steps === 1 ? whole : exp(log(1 + whole) / steps) - 1;
  return {
    at_us,
    step(step, actions) {
      actions.jump(instrument, each);
      return step + 1 < steps ? every_us : -1;
    },
  };
}
