/** All rungs, and the ladders that have a name. A new rung is one file and one line here. */
import { call } from './call.ts';
import { full } from './full.ts';
import { partial } from './partial.ts';
import type { RungDefinition } from './rung.ts';

export const rungs: readonly RungDefinition[] = [call, partial, full];

/** Ladders that an experiment can name instead of listing rungs, each a list of (rung, settings). */
export const namedLadders: Readonly<Record<string, readonly { readonly rung: string }[]>> = {
  immediate: [{ rung: 'full' }],
  'partial-then-full': [{ rung: 'partial' }, { rung: 'full' }],
  'call-then-full': [{ rung: 'call' }, { rung: 'full' }],
  'call-then-partial': [{ rung: 'call' }, { rung: 'partial' }, { rung: 'full' }],
};
