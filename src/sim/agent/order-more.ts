/** What an order says beside its numbers, and what of it is a slip. */
import { DAY } from '../../core/units.ts';
import { BY_MARK, FILL_OR_KILL, IMMEDIATE_OR_CANCEL, POST_ONLY, REDUCE_ONLY } from '../../market/reports.ts';

/** Most lots in one order. */
export const MAX_LOTS = 0x7fffffff;
/** Last time (µs) at which an order may end: a year, which fits an event. */
export const LATEST = 365 * DAY;

/** What a stop may say beside its numbers; what is left out is 0. */
export interface StopMore {
  /** Time at which it ends, µs, 0 for never. */
  readonly until?: number;
  /** The agent's own number for it. */
  readonly tag?: number;
}

/** … and any other order. */
export interface OrderMore extends StopMore {
  /** Lots that it shows at a time, 0 for all (an iceberg). */
  readonly display?: number;
}

export const NOTHING_MORE: StopMore = Object.freeze({});

/** What may be said of a kind of order: flags of `how`, and fields of `more`. */
export interface OrderKind {
  readonly flags: number;
  readonly fields: ReadonlySet<string>;
}

export const STOP: OrderKind = { flags: BY_MARK | REDUCE_ONLY, fields: new Set(['until', 'tag']) };
export const ORDER: OrderKind = {
  flags: IMMEDIATE_OR_CANCEL | FILL_OR_KILL | POST_ONLY | REDUCE_ONLY,
  fields: new Set(['display', 'until', 'tag']),
};

export interface Fault {
  readonly field: string;
  readonly value: unknown;
  readonly needed: string;
}

/**
 * What is wrong; undefined: nothing. Traders are read without a check of their types: a number in the place of the record
 * would be dropped in silence, and so would a slip in a field's name.
 */
export function faultIn(how: number, { flags, fields }: OrderKind, more: OrderMore): Fault | undefined {
  if ((how | 0) !== how || (how & ~flags) !== 0)
    return { field: 'how', value: how, needed: 'flags of this kind of order' };
  if (more === NOTHING_MORE) return undefined;
  if (typeof more !== 'object' || (more as unknown) === null)
    return { field: 'the last argument', value: more, needed: 'a record, as { until, tag }' };
  for (const field in more) {
    if (!fields.has(field))
      return { field: 'field', value: field, needed: `one of ${[...fields].join(', ')}` };
  }
  const { display = 0, until = 0 } = more;
  if (!(Number.isInteger(display) && display >= 0 && display <= MAX_LOTS))
    return { field: 'display', value: display, needed: `a whole number of lots up to ${MAX_LOTS}` };
  if (!(Number.isInteger(until) && until >= 0 && until <= LATEST))
    return { field: 'until', value: until, needed: 'a whole number of µs within a year' };
  return undefined;
}
