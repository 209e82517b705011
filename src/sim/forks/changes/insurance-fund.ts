/** A larger (or smaller) insurance fund. */
import { z } from 'zod';
import { quantaOf } from '../../../core/whole.ts';
import { money } from '../../../core/settings.ts';
import { changeFund } from '../forking.ts';
import { defineChange } from './change.ts';

export const insuranceFund = defineChange({
  name: 'insurance_fund',
  about:
    'The insurance fund (of each venue) is as if it had begun the run with so much; what it has earned and paid so far stays.',
  settings: z.strictObject({
    insurance_fund: money().describe('In units of money.'),
  }),
  compile({ insurance_fund: money }, { quantaPerUnit, money: unit }) {
    const quanta = quantaOf(money, quantaPerUnit, 'insurance_fund');
    return {
      title: `insurance fund ${money.toLocaleString('en-US')} ${unit}`,
      apply(simulation) {
        for (const venue of simulation.venues) changeFund(venue, quanta - venue.spec.insuranceQuanta);
      },
    };
  },
});
