/** Nobody pays: the loss is written off, and stands as a debt in the venue's books. */
import { z } from 'zod';
import { WRITTEN_OFF } from '../schema.ts';
import { defineLossLayer } from './layer.ts';

export const writeOff = defineLossLayer({
  name: 'write-off',
  code: 0,
  about: 'Nobody pays; the loss stays in the books as written off.',
  settings: z.strictObject({}),
  compile: () => ({
    pay(losses, owed) {
      losses.charge(WRITTEN_OFF, owed);
      return owed;
    },
  }),
});
