/**
 * Algorithmic margin adjustment by liquidity: M · clamp(reference / depth_t, least, most), depth the money resting within a
 * distance of the mark on the thinner side. Assumes that a position costs as much more to close as the book is thinner.
 */
import { z } from 'zod';
import { money, share } from '../../core/settings.ts';
import { multiplierSettings, scaledRule } from './multiplier.ts';
import { defineMarginWrapper, notionalOf } from './rule.ts';
import { wrapping } from './wrapping.ts';

export const adaptiveDepth = defineMarginWrapper({
  name: 'adaptive-depth',
  about: 'The requirement is multiplied by reference over present depth of the book, between two bounds.',
  settings: z.strictObject({
    reference: money({ above: 0 }).describe('Depth (money) at which the multiplier is 1.'),
    within: share({ above: 0 }).prefault('2 %').describe('Distance from the mark within which depth counts.'),
    ...multiplierSettings,
  }),
  terms: 1,
  compile({ reference, within, least, most, interval }, context, inner) {
    const notional = notionalOf(context.instruments);
    const multiplier = scaledRule(context, inner, { least, most });
    const observe = (instrument: number, mark: number): boolean => {
      const depth = notional(instrument, context.market.depth(instrument, within), mark);
      return multiplier.set(instrument, (reference * context.quantaPerUnit) / depth);
    };
    return {
      ...multiplier.rule,
      ...wrapping(inner, interval, {
        reset: observe,
        update: observe,
      }),
    };
  },
});
