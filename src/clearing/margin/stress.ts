/**
 * Stress scenarios: MM = N · (the largest of a list of price moves), IM = factor · MM. Moves count for both sides, as the
 * requirement does not know which one a position is on: it is the worse side's. Assumes that nothing worse than the list
 * happens while a position is closed.
 */
import { z } from 'zod';
import { change, factor } from '../../core/settings.ts';
import { ConfigError } from '../../core/errors.ts';
import { cappedPpm, defineMarginRule, notionalOf, ratePpm, shareOf } from './rule.ts';

export const stress = defineMarginRule({
  name: 'stress',
  about: 'The worst loss of a list of price moves, on whichever side of the market it is worse.',
  settings: z.strictObject({
    moves: z.array(change()).min(1).describe('Price moves, up or down: [-20 %, 15 %].'),
    initial_factor: factor({ least: 1 }).default(1.5).describe('Initial margin over maintenance margin.'),
  }),
  compile({ moves, initial_factor }, { instruments }) {
    const worst = moves.reduce((most, move) => (Math.abs(move) > most ? Math.abs(move) : most), 0);
    if (worst === 0) throw new ConfigError(['moves'], 'needs a move that is not 0');
    const ppm = cappedPpm(worst);
    const initialPpm = ratePpm(initial_factor);
    const notional = notionalOf(instruments);
    const maintenance = (instrument: number, lots: number, mark: number): number =>
      shareOf(notional(instrument, lots, mark), ppm);
    return {
      maintenance,
      initial: (instrument, lots, mark) => shareOf(maintenance(instrument, lots, mark), initialPpm),
      rate: () => ppm,
    };
  },
});
