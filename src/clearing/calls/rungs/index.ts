/** All rungs, and the ladders that have a name. A new rung is one file and one line here. */
import { Registry } from '../../../core/registry.ts';
import { auction } from './auction.ts';
import { call } from './call.ts';
import { cancelOrders } from './cancel-orders.ts';
import { enough } from './enough.ts';
import { full } from './full.ts';
import { paced } from './paced.ts';
import { partial } from './partial.ts';
import { restrict } from './restrict.ts';
import type { RungDefinition } from './rung.ts';
import { search } from './search.ts';
import { stepDown } from './step-down.ts';
import { takeover } from './takeover.ts';
import { warn } from './warn.ts';

export const rungs = new Registry<RungDefinition>('rung', ({ name }) => name, [
  warn,
  search,
  call,
  restrict,
  cancelOrders,
  partial,
  stepDown,
  enough,
  paced,
  full,
  auction,
  takeover,
]);

/** Ladders that an experiment can name instead of listing rungs, each a list of (rung, settings). */
export const namedLadders: Readonly<Record<string, readonly { readonly rung: string }[]>> = {
  immediate: [{ rung: 'full' }],
  'partial-then-full': [{ rung: 'partial' }, { rung: 'full' }],
  'call-then-full': [{ rung: 'call' }, { rung: 'full' }],
  'call-then-partial': [{ rung: 'call' }, { rung: 'partial' }, { rung: 'full' }],
};
