/** Delays of a market, as an experiment file writes them, and changes to them by key. */
import { z } from 'zod';
import { duration } from '../../../core/settings.ts';
import type { Latency } from '../../../sim/scenario/scenario.ts';

const delay = (about: string) => duration().prefault('0 s').describe(about);

export const latencySchema = z
  .strictObject({
    order: delay('From a decision to the book.'),
    mark: delay('From the sample of the mark to its publication.'),
    liquidation: delay('From a breach to the first look at the account.'),
    notice: delay('From a margin call to its trader.'),
  })
  .prefault({});

export const latencyChangesSchema = z
  .strictObject({
    order: duration().optional(),
    mark: duration().optional(),
    liquidation: duration().optional(),
    notice: duration().optional(),
  })
  .optional();

type Changes = z.output<typeof latencyChangesSchema>;

export function readLatency(written: z.output<typeof latencySchema>): Latency {
  return {
    order_us: written.order,
    mark_us: written.mark,
    liquidation_us: written.liquidation,
    notice_us: written.notice,
  };
}

const KEYS = ['order', 'mark', 'liquidation', 'notice'] as const;

/** Each of the changes in force, the last one of a key. */
export function latencyUnder(latency: Latency, ...all: readonly Changes[]): Latency {
  const changed = all.flatMap((changes = {}) =>
    KEYS.flatMap((key) => (changes[key] === undefined ? [] : [[`${key}_us`, changes[key]] as const])),
  );
  return { ...latency, ...(Object.fromEntries(changed) as Partial<Latency>) };
}
