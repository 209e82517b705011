/**
 * Mark price rules: what price positions are valued and margined at. Each says its assumption. Values are in ticks, as
 * reals; the engine rounds to a tick when it publishes.
 */
import { Registry } from '../core/registry.ts';
import { z } from 'zod';
import { exp, log } from '../core/maths.ts';
import { duration } from '../core/settings.ts';

export interface MarkInputs {
  /** Last traded price, or 0 before the first trade. */
  last: number;
  /** Best prices, or 0 for an empty side. */
  bid: number;
  ask: number;
  /** Price on other venues, real. */
  index: number;
  /** Time since the last sample, µs. */
  elapsed_us: number;
  /** The rule's last value. */
  previous: number;
}

export interface MarkRule {
  sample(inputs: Readonly<MarkInputs>): number;
}

export interface MarkRuleDefinition {
  readonly name: string;
  readonly about: string;
  readonly settings: z.ZodType;
  readonly compile: (settings: never) => MarkRule;
}

/** Declares a mark rule. */
export function defineMark<S extends z.ZodType>(definition: {
  readonly name: string;
  readonly about: string;
  readonly settings: S;
  readonly compile: (settings: z.output<S>) => MarkRule;
}): MarkRuleDefinition {
  return definition;
}

function middle(inputs: Readonly<MarkInputs>): number {
  return inputs.bid > 0 && inputs.ask > 0 ? (inputs.bid + inputs.ask) / 2 : inputs.previous;
}

const last: MarkRuleDefinition = {
  name: 'last',
  about: 'The last traded price: no delay, no protection against a single print.',
  settings: z.strictObject({}),
  compile: () => ({ sample: (inputs) => (inputs.last > 0 ? inputs.last : inputs.previous) }),
};

const mid: MarkRuleDefinition = {
  name: 'mid',
  about: 'The middle of the best bid and ask; stands still while a side is empty.',
  settings: z.strictObject({}),
  compile: () => ({ sample: middle }),
};

/** m ← m + (1 − 2^(−Δt / half_life)) · (mid − m) */
const smoothed: MarkRuleDefinition = {
  name: 'smoothed',
  about: 'An exponential average of the middle: a short spike moves it little, a lasting move with a lag.',
  settings: z.strictObject({
    half_life: duration({ positive: true })
      .prefault('5 s')
      .describe('Time in which half of a lasting move has arrived in the mark.'),
  }),
  compile({ half_life }: { half_life: number }) {
    const rate = -log(2) / half_life;
    // The weight of the last elapsed time: samples mostly come at one interval.
    const known = new Float64Array([0, 0]);
    return {
      sample(inputs) {
        if (known[0] !== inputs.elapsed_us) {
          known[0] = inputs.elapsed_us;
          known[1] = 1 - exp(rate * inputs.elapsed_us);
        }
        return inputs.previous + known[1]! * (middle(inputs) - inputs.previous);
      },
    };
  },
};

const index: MarkRuleDefinition = {
  name: 'index',
  about: 'The price on other venues: what happens in this book does not move it.',
  settings: z.strictObject({}),
  compile: () => ({ sample: (inputs) => inputs.index }),
};

/** All mark rules, by name. */
export const markRules = new Registry<MarkRuleDefinition>('mark rule', ({ name }) => name, [
  last,
  mid,
  smoothed,
  index,
]);
