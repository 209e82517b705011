/** Paced liquidation: the position is closed in slices over time, or in step with the volume that others trade. */
import { count, duration, share } from '../../../core/settings.ts';
import { orderSettings, placeLimit } from './closing.ts';
import { CLOSE_SHARE, defineRung } from './rung.ts';

export const paced = defineRung({
  name: 'paced',
  about: 'Closes the position in slices at fixed intervals, at most a share of the volume traded meanwhile.',
  settings: {
    slices: count({ least: 1, most: 1_000_000 })
      .default(10)
      .describe('Equal slices; the next rung takes over after them.'),
    every: duration({ positive: true }).prefault('1 s').describe('Time between two slices.'),
    share_of_volume: share({ above: 0, most: 1 })
      .optional()
      .describe('A slice is at most this share of the lots traded since the last one.'),
    ...orderSettings,
  },
  compile({ slices, every, share_of_volume = 0, ...order }) {
    const participation = Math.round(share_of_volume * 1_000_000);
    return {
      visit(distress, decision) {
        const left = slices - distress.visits;
        decision.close = CLOSE_SHARE;
        // A slice of what is left, so that the slices are equal if nothing else changes the position.
        decision.close_ppm = Math.floor(1_000_000 / Math.max(1, left));
        decision.participation_ppm = participation;
        decision.wait_us = every;
        decision.next = left <= 1;
        placeLimit(order, decision);
      },
    };
  },
});
