/**
 * One account is not there any more. What it holds goes to the rest of the world at the marks, with the account's money, so
 * that money and lots stay what they are in all, no order is given, and no price moves by it.
 */
import { z } from 'zod';
import { count } from '../../../core/settings.ts';
import { CALL_TAKEN_OVER, FIRST_TRADER, OUTSIDE } from '../../../clearing/schema.ts';
import { ConfigError } from '../../../core/errors.ts';
import { sendAway } from '../forking.ts';
import type { Simulation } from '../../simulation.ts';
import type { Venue } from '../../venue/venue.ts';
import { defineChange } from './change.ts';

export const remove = defineChange({
  name: 'remove',
  about:
    'One account leaves: the rest of the world takes over its positions at the marks and its money, orders are cancelled.',
  settings: z.strictObject({
    remove: z
      .union([z.enum(['largest', 'most-leveraged']), count()])
      .describe(
        'largest: the margined account with the largest positions at the fork; most-leveraged: with the largest positions ' +
          'over equity; or the number of an account.',
      ),
  }),
  compile({ remove: which }, { accounts }) {
    if (typeof which === 'number' && (which < FIRST_TRADER || which >= FIRST_TRADER + accounts)) {
      const last = FIRST_TRADER + accounts - 1;
      throw new ConfigError(['remove'], `needs the number of a trader’s account, ${FIRST_TRADER} to ${last}`);
    }
    return {
      title: typeof which === 'number' ? `without account ${which}` : `without the ${which} account`,
      apply(simulation) {
        const found = typeof which === 'number' ? placeOf(simulation, which) : find(simulation, which);
        if (found !== undefined) removeTrader(simulation, found);
      },
    };
  },
});

/** An account, and the number of a venue at which it is. */
interface Found {
  readonly venue: number;
  readonly account: number;
}

/** The first venue that has the account. */
function placeOf({ crowd, venues }: Simulation, account: number): Found | undefined {
  const at = venues.find(({ number }) => crowd.agentAt(number, account) >= 0);
  return at && { venue: at.number, account };
}

/** The trader leaves all venues at which it is registered. */
function removeTrader(simulation: Simulation, { venue, account }: Found): void {
  const { crowd, venues } = simulation;
  const agent = crowd.agentAt(venue, account);
  sendAway(simulation, (other) => other === agent);
  for (const one of venues) if (crowd.agentAt(one.number, account) === agent) removeAccount(one, account);
}

function removeAccount({ ledger, house, queue }: Venue, account: number): void {
  house.triggers.lift(account);
  for (let i = 0; i < ledger.instruments; i++) {
    const lots = ledger.position(account, i);
    if (lots > 0) ledger.settle(OUTSIDE, account, i, lots, ledger.marks[i]!);
    if (lots < 0) ledger.settle(account, OUTSIDE, i, -lots, ledger.marks[i]!);
  }
  if (house.inDistress(account)) house.closeCall(queue.now, account, CALL_TAKEN_OVER);
  ledger.accounts.margined[account] = 0;
  ledger.convert(account);
  ledger.transfer(account, OUTSIDE, ledger.accounts.quote[account]!);
}

/** undefined: nobody holds a position. The first of several. */
function find({ venues }: Simulation, which: 'largest' | 'most-leveraged'): Found | undefined {
  let found: Found | undefined;
  let most = 0;
  for (const { ledger, number: venue } of venues) {
    const { margined } = ledger.accounts;
    for (let account = FIRST_TRADER; account < margined.length; account++) {
      if (margined[account] === 0) continue;
      let value = 0;
      for (let i = 0; i < ledger.instruments; i++) {
        value += ledger.notional(account, i);
      }
      // An account without equity is beyond all leverage.
      const equity = Math.max(1, ledger.equity(account));
      const size = which === 'largest' ? value : value / equity;
      if (size <= most) continue;
      most = size;
      found = { venue, account };
    }
  }
  return found;
}
