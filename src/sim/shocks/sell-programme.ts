/** A forced sale: so much notional, in equal slices at market over a given time, whatever the price. */
import { z } from 'zod';
import { duration, money } from '../../core/settings.ts';
import { MOST, quantaOf } from '../../core/whole.ts';
import type { Shock } from './shock.ts';
import { defineShock } from './shock.ts';

export const sellProgramme = defineShock({
  name: 'sell-programme',
  about: 'A trader sells a fixed notional in equal market orders over a fixed time, whatever the price.',
  settings: z.strictObject({
    at: duration().describe('When it starts.'),
    over: duration().prefault('0 s').describe('How long it takes; 0: one order.'),
    every: duration({ positive: true }).prefault('1 s').describe('Time between slices.'),
    notional: money({ above: 0 }).describe(
      'How much is sold, in units of money at the price when it starts.',
    ),
    instrument: z.string().optional().describe('Which instrument; the first if left out.'),
  }),
  compile({ at, over, every, notional, instrument }, context) {
    const target = context.instrument(instrument);
    const slices = Math.max(1, Math.ceil(over / every));
    quantaOf(notional, context.quantaPerUnit, 'notional'); // refuses what is not exact
    const quanta = notional * context.quantaPerUnit;
    return tradeProgramme({ at_us: at, slices, every_us: every, quanta: -quanta, instrument: target });
  },
});

export interface TradeProgramme {
  readonly at_us: number;
  readonly slices: number;
  /** Time between slices, µs. */
  readonly every_us: number;
  /** Value at the price when it starts; negative: to sell. */
  readonly quanta: number;
  readonly instrument: number;
}

/** So much, in equal market orders at equal times, whatever the price. */
export function tradeProgramme({ at_us, slices, every_us, quanta, instrument }: TradeProgramme): Shock {
  const side = quanta < 0 ? -1 : 1;
  return {
    at_us,
    step(step, actions) {
      const value = actions.lotValue(instrument, actions.reference(instrument));
      const lots = Math.round(Math.abs(quanta) / value);
      const done = Math.round((lots * step) / slices);
      const due = Math.round((lots * (step + 1)) / slices);
      // One order is no more than all that a book can hold.
      if (due > done) actions.trade(instrument, side * Math.min(MOST.lots, due - done));
      return step + 1 < slices ? every_us : -1;
    },
  };
}
