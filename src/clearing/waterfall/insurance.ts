/** The insurance fund pays while it has money; if asked to, it also takes over positions at the bankruptcy price. */
import { z } from 'zod';
import { quotientOf } from '../../core/exact.ts';
import { duration, money, share } from '../../core/settings.ts';
import { HOUR } from '../../core/units.ts';
import { ratePpm, shareOf } from '../margin/rule.ts';
import { INSURANCE } from '../schema.ts';
import type { LossCase } from './layer.ts';
import { defineLossLayer } from './layer.ts';

export const insurance = defineLossLayer({
  name: 'insurance',
  code: 1,
  about: 'The insurance fund pays the whole loss while it has money.',
  settings: z.strictObject({
    cap: money().optional().describe('Most that it pays at once, in units of money.'),
    drawdown: share()
      .optional()
      .describe(
        'It stops paying this share below its peak of the window (OKX: 30 %), which leaves the next layers.',
      ),
    window: duration({ positive: true })
      .default(8 * HOUR)
      .describe('Time that the peak is taken over.'),
    take_over: z
      .boolean()
      .default(false)
      .describe('Also takes positions that the book cannot take, at the bankruptcy price, and keeps them.'),
  }),
  compile: ({ cap, drawdown, window, take_over }, { quantaPerUnit }) => {
    const most = cap === undefined ? Infinity : Math.floor(cap * quantaPerUnit);
    const keptPpm = drawdown === undefined ? 0 : 1_000_000 - ratePpm(drawdown);

    /** What the fund may pay now, quanta. */
    const budget = (losses: LossCase): number => {
      const holds = losses.ledger.equity(INSURANCE);
      const floor = keptPpm === 0 ? 0 : shareOf(losses.fundPeak.observe(losses.time, holds, window), keptPpm);
      const free = Math.max(0, holds - floor);
      return free < most ? free : most;
    };

    return {
      pay(losses, owed) {
        const free = budget(losses);
        const paid = owed < free ? owed : free;
        if (paid > 0) losses.charge(INSURANCE, paid);
        return paid;
      },
      ...(take_over && {
        takeOver(losses: LossCase, lots: number): number {
          const loss = losses.shortfall(lots);
          const free = budget(losses);
          const taken = loss <= free ? lots : quotientOf(lots, free, loss);
          if (taken > 0) losses.assume(INSURANCE, taken, losses.shortfall(taken));
          return taken;
        },
      }),
    };
  },
});
