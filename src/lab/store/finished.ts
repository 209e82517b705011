/** The document that completes a results folder, as it is read back by whoever needs it: checked for damage and for its shape. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Manifest } from './manifest.ts';
import type { Timing } from './origin.ts';
import { hashOfParts } from './parts.ts';
import { MANIFEST, requireFinishedRun } from './holding.ts';
import { HEADER, startedIn } from './order.ts';
import { OutputError } from './output-error.ts';
import { readSealed } from './sealed.ts';
import {
  count,
  failedRunSchema,
  originShape,
  partSchema,
  summarySchema,
  tableSchema,
  timingSchema,
} from './shapes.ts';
import { shellCommand } from './shell-command.ts';

const manifestSchema = z.looseObject({
  ...originShape,
  runs: count,
  stop: z.strictObject({ rounds: count, because: z.enum(['runs', 'time', 'half_width']) }),
  results_hash: z.string(),
  timing: timingSchema,
  summary: summarySchema,
  failures: z.array(failedRunSchema),
  tables: z.array(tableSchema).min(1),
  parts: z.array(partSchema),
});

/** Of a folder; undefined where there is none yet. Throws OutputError where it is damaged. */
export function readManifest(folder: string): Manifest | undefined {
  const found = readFinished(folder, MANIFEST, manifestSchema);
  if (found === undefined) return undefined;
  const manifest = found as unknown as Manifest;
  if (hashOfParts(manifest.parts) !== manifest.results_hash) throw misshapen(folder, MANIFEST);
  return manifest;
}

/** Throws OutputError where the folder holds no finished run. */
export function requireManifest(folder: string): Manifest {
  requireFinishedRun(folder);
  return readManifest(folder)!;
}

/** The same of any document that completes a folder: it must be of the work that the folder's order began. */
export function readFinished<S extends z.ZodType<{ readonly timing: Timing }>>(
  folder: string,
  name: string,
  shape: S,
): z.output<S> | undefined {
  const document = readSealed(
    folder,
    name,
    `delete it to make it anew with ${shellCommand('resume', folder)}`,
  );
  if (document === undefined) return undefined;
  const parsed = shape.safeParse(document);
  if (!parsed.success) throw misshapen(folder, name);
  const { started } = parsed.data.timing;
  if ((startedIn(folder) ?? started) === started) return parsed.data;
  throw new OutputError(`${join(folder, name)} is not of the work that began ${join(folder, HEADER)}`);
}

function misshapen(folder: string, name: string): OutputError {
  return new OutputError(
    `${join(folder, name)} does not say what results are, or says it as another version of unwind does`,
  );
}
