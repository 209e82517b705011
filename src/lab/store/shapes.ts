/** Shapes of what documents of a results folder hold, as they are checked when they are read. */
import { z } from 'zod';

/** Nothing that a terminal would obey. */
const name = z.string().regex(/^[^\p{Cc}]{1,200}$/u);
export const count = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31);
const number = z
  .number()
  .or(z.nan())
  .or(z.literal([Infinity, -Infinity]));

export const partSchema = z.strictObject({
  table: name,
  /** A file of the folder itself: `runs-00003.parquet`, `points.parquet`. */
  file: z.string().regex(/^\w{1,100}(?:-\d{5,9})?\.parquet$/),
  rows: count,
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const columnSchema = z.strictObject({
  name,
  type: z.enum(['INT32', 'DOUBLE', 'STRING', 'BOOLEAN']),
  unit: z.string(),
  about: z.string(),
  nullable: z.boolean().optional(),
});

export const tableSchema = z.strictObject({ name, about: z.string(), columns: z.array(columnSchema).min(1) });

const labels = z.record(z.string(), z.string());

const lostSchema = z.strictObject({ cell: count, run: count, name: z.string(), message: z.string() });
export const failedRunSchema = lostSchema.extend({ labels, replay: z.string() });

/** A record of a run's journal. */
export const batchRecordSchema = z.strictObject({
  batch: count,
  seconds: number,
  parts: z.array(partSchema),
  lost: z.array(lostSchema),
});

/** A file that an experiment was read from. */
export const inputSchema = z.strictObject({
  file: z.string(),
  sha256: z.string(),
  read_as: z.string().optional(),
  is_series: z.boolean().optional(),
});

/** Code of a plug-in: how the experiment names it, and the hash of what ran. */
export const plugInSchema = z.strictObject({ name: z.string(), sha256: z.string() });

/** Where results come from: see Origin. */
export const originShape = {
  unwind: z.string(),
  code: z.string(),
  command: z.string(),
  experiment: z.string(),
  question: z.string(),
  seed: z.string(),
  sets: z.array(z.string()),
  inputs: z.array(inputSchema).min(1),
  plug_ins: z.array(plugInSchema).optional(),
} as const;

export const timingSchema = z.strictObject({ started: z.string(), seconds: number, workers: count });

/** Results of any model: what they are of is checked, not each metric. */
export const summarySchema = z.looseObject({
  cells: z.array(
    z.looseObject({
      labels,
      runs: count,
      lost: count.optional(),
      metrics: z.record(z.string(), z.unknown()),
    }),
  ),
  comparisons: z.array(
    z.looseObject({ labels, against: z.string(), metrics: z.record(z.string(), z.unknown()) }),
  ),
});
