/** The insurance fund pays while it has money. */
import { z } from 'zod';
import { INSURANCE } from '../schema.ts';
import { defineLossLayer } from './layer.ts';

export const insurance = defineLossLayer({
  name: 'insurance',
  about: 'The insurance fund pays the whole loss while it has money.',
  settings: z.strictObject({}),
  compile: () => ({
    account: INSURANCE,
    pays: (loss, holds) => (holds <= 0 ? 0 : loss < holds ? loss : holds),
  }),
});
