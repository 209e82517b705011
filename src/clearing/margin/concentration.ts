/**
 * Concentration on any rule: M · max(1, position / (k · depth)), depth the lots resting within a distance of the mark on the
 * thinner side, at the last update; at most the whole position. Assumes that what exceeds the depth at hand can only be
 * closed later, over as many times the horizon. In the spirit of the
 * concentration add-ons that EU regulation 648/2012 (EMIR), Art. 41, and RTS 153/2013 ask of central counterparties.
 */
import { z } from 'zod';
import { duration, factor, share } from '../../core/settings.ts';
import { defineMarginWrapper, MOST_SCALE_PPM, notionalOf, PPM, ratePpm, scaled } from './rule.ts';
import { wrapping } from './wrapping.ts';

export const concentration = defineMarginWrapper({
  name: 'concentration',
  about: 'Positions larger than a multiple of the book’s depth near the mark need more, in proportion.',
  settings: z.strictObject({
    multiple: factor({ above: 0 }).default(1).describe('Depths that a position may have without extra (k).'),
    within: share({ above: 0 }).prefault('2 %').describe('Distance from the mark within which depth counts.'),
    interval: duration({ positive: true })
      .prefault('1 min')
      .describe('Simulated time between updates, where the rule has none of its own.'),
  }),
  terms: 1,
  compile({ multiple, within, interval }, { instruments, market, computed, inForce }, inner) {
    const notional = notionalOf(instruments);
    const observe = (instrument: number): boolean => {
      const before = computed[instrument];
      computed[instrument] = multiple * market.depth(instrument, within);
      return computed[instrument] !== before;
    };
    const scalePpm = (instrument: number, lots: number): number => {
      const free = inForce[instrument]!;
      if (lots <= free) return PPM;
      const ppm = ratePpm(lots / free);
      return ppm < MOST_SCALE_PPM ? ppm : MOST_SCALE_PPM;
    };
    return {
      ...inner,
      ...wrapping(inner, interval, { reset: (instrument) => void observe(instrument), update: observe }),
      maintenance: (instrument, lots, mark) =>
        scaled(
          inner.maintenance(instrument, lots, mark),
          scalePpm(instrument, lots),
          notional(instrument, lots, mark),
        ),
      initial: (instrument, lots, mark) =>
        scaled(
          inner.initial(instrument, lots, mark),
          scalePpm(instrument, lots),
          notional(instrument, lots, mark),
        ),
    };
  },
});
