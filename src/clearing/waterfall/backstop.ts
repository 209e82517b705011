/** A vault with a small capital of its own stands behind the book: it takes over positions, and pays debts. */
import { z } from 'zod';
import { quantaOf } from '../../core/whole.ts';
import { money } from '../../core/settings.ts';
import { VAULT } from '../schema.ts';
import type { LossCase } from './layer.ts';
import { defineLossLayer } from './layer.ts';

export const backstop = defineLossLayer({
  name: 'backstop',
  code: 2,
  about:
    'A backstop vault takes over what its own capital carries as initial margin, at the bankruptcy price.',
  settings: z.strictObject({
    capital: money().describe("The vault's own money at the start, in units of money."),
    pays: z.boolean().default(true).describe('Also pays debts that are left when everything is closed.'),
  }),
  compile({ capital, pays }, { quantaPerUnit }) {
    const quanta = quantaOf(capital, quantaPerUnit, 'capital');
    return {
      open(losses) {
        losses.ledger.mint(VAULT, quanta);
      },
      takeOver(losses, lots) {
        // Requirements rise with the position, so halving finds the most that it can carry.
        let taken = 0;
        for (let step = lots; step > 0; step = step === 1 ? 0 : Math.ceil(step / 2)) {
          const tried = taken + step < lots ? taken + step : lots;
          if (tried > taken && carries(losses, tried)) taken = tried;
        }
        if (taken > 0) losses.assume(VAULT, taken, losses.shortfall(taken));
        return taken;
      },
      ...(pays && {
        pay(losses: LossCase, owed: number): number {
          const free = losses.ledger.equity(VAULT) - losses.requirement.initial(VAULT);
          const paid = owed < free ? owed : Math.max(0, free);
          if (paid > 0) losses.charge(VAULT, paid);
          return paid;
        },
      }),
    };
  },
});

/** True when the vault still meets its initial margin after it took over `lots` of the position at hand. */
function carries(losses: LossCase, lots: number): boolean {
  const { ledger, requirement, account, instrument } = losses;
  const held = ledger.position(VAULT, instrument);
  const after = held + (ledger.position(account, instrument) > 0 ? lots : -lots);
  const needed = requirement.initialWith(VAULT, instrument, after);
  return ledger.equity(VAULT) - losses.shortfall(lots) >= needed;
}
