/** Winners give up a part of their gains: socialised loss, or the variation margin gains haircut of a central counterparty. */
import { z } from 'zod';
import { quotientOf } from '../../core/exact.ts';
import { share } from '../../core/settings.ts';
import { ratePpm } from '../margin/rule.ts';
import { FIRST_TRADER } from '../schema.ts';
import { cappedProRata } from './allocation.ts';
import { defineLossLayer } from './layer.ts';
import { solventEquity } from './winners.ts';

const PPM = 1_000_000;

export const haircut = defineLossLayer({
  name: 'haircut',
  code: 4,
  shares: true,
  about: 'Everybody with an unrealised profit pays in proportion to it, and keeps the positions.',
  settings: z.strictObject({
    most: share().prefault('100 %').describe('Share of a gain that is taken at most, each time.'),
  }),
  compile({ most }) {
    const mostPpm = ratePpm(most);
    return {
      pay(losses, owed) {
        const { claims, ledger } = losses;
        claims.clear();
        for (let account = FIRST_TRADER; account < ledger.accounts.margined.length; account++) {
          const equity = solventEquity(losses, account);
          if (equity === 0) continue;
          const gain = ledger.unrealised(account);
          if (gain > 0) claims.add(account, gain, Math.min(equity, quotientOf(gain, mostPpm, PPM)));
        }
        const paid = cappedProRata(claims, owed);
        for (let i = 0; i < claims.count; i++) {
          if (claims.part[i]! > 0) losses.charge(claims.account[i]!, claims.part[i]!);
        }
        return paid;
      },
    };
  },
});
