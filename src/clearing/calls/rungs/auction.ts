/**
 * Auction of the position to registered liquidators. Dutch: one price for all, which falls until somebody takes it; sealed:
 * one round of bids. What nobody takes is the next rung's.
 * Source: Dutch, MakerDAO's Liquidations 2.0 (Clipper); sealed, default auctions of central counterparties (CPMI-IOSCO 2020).
 */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { count, duration, share } from '../../../core/settings.ts';
import { ratePpm } from '../../margin/rule.ts';
import { placeLimit } from './closing.ts';
import type { Decision } from './rung.ts';
import { CLOSE_SHARE, defineRung, DUTCH, SEALED } from './rung.ts';

/** What a kind's own settings are if left out. */
const OF_DUTCH = { start: 0, step: 0.005, every: 1_000_000, rounds: 10 };
const OF_SEALED = { time: 5_000_000, pricing: 'pay-as-bid' };

export const auction = defineRung({
  name: 'auction',
  about:
    'Offers the position to registered liquidators, who take what their own margin carries, or leave it.',
  settings: {
    kind: z
      .enum(['dutch', 'sealed'])
      .default('dutch')
      .describe('dutch: the price falls in steps until somebody takes it; sealed: one round of bids.'),
    start: share({ least: 0, most: 1 })
      .optional()
      .describe('dutch: first discount from the mark; 0 % if left out.'),
    step: share({ least: 0, most: 1 })
      .optional()
      .describe('dutch: what each step adds to the discount; 0.5 % if left out.'),
    every: duration({ positive: true })
      .optional()
      .describe('dutch: time between two steps; 1 s if left out.'),
    rounds: count({ least: 1, most: 1_000_000 })
      .optional()
      .describe('dutch: prices asked in all; 10 if left out.'),
    time: duration({ positive: true }).optional().describe('sealed: time for bids; 5 s if left out.'),
    pricing: z
      .enum(['pay-as-bid', 'uniform'])
      .optional()
      .describe('sealed: winners pay what they bid (if left out), or all the worst price that won.'),
    floor: z
      .union([z.literal('bankruptcy'), share({ above: 0, most: 1 })])
      .default('bankruptcy')
      .describe(
        'Worst price: bankruptcy, where equity is zero, or a discount from the mark, which may leave a debt.',
      ),
    reward: share({ least: 0, most: 1 })
      .prefault('0 %')
      .describe('Share of the value taken that the account pays to the winner, as its equity allows.'),
    penalty: share({ least: 0, most: 1 })
      .prefault('0 %')
      .describe('Share of it paid to the insurance fund, from the equity that is left then.'),
  },
  compile({ kind, floor, reward, penalty, ...own }) {
    const foreign = Object.keys(kind === 'dutch' ? OF_SEALED : OF_DUTCH).find(
      (name) => own[name as keyof typeof own] !== undefined,
    );
    if (foreign !== undefined) throw new ConfigError([foreign], `is not for an auction of kind ${kind}`);
    const {
      start = OF_DUTCH.start,
      step = OF_DUTCH.step,
      every = OF_DUTCH.every,
      rounds = OF_DUTCH.rounds,
    } = own;
    const { time = OF_SEALED.time, pricing = OF_SEALED.pricing } = own;
    const reward_ppm = ratePpm(reward);
    const penalty_ppm = ratePpm(penalty);

    const offer = (decision: Decision, auction: number): void => {
      decision.auction = auction;
      decision.close = CLOSE_SHARE;
      decision.close_ppm = 1_000_000;
      decision.uniform = pricing === 'uniform';
      decision.reward_ppm = reward_ppm;
      decision.penalty_ppm = penalty_ppm;
      placeLimit({ limit: floor, fill_or_kill: false }, decision);
    };

    return {
      visit({ visits }, decision) {
        if (kind === 'dutch') {
          offer(decision, DUTCH);
          decision.discount_ppm = Math.round(Math.min(1, start + step * visits) * 1_000_000);
          decision.wait_us = every;
          decision.next = visits + 1 >= rounds;
        } else if (visits % 2 === 0) {
          decision.cancel = true;
          decision.wait_us = time;
        } else {
          // The box is opened; where no rung follows, the next round opens at once.
          offer(decision, SEALED);
          decision.next = true;
        }
      },
    };
  },
});
