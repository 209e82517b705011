/** The cells of a results folder that is on the disk, as they are compared: what the manifest says, and the table `runs`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import type { Estimate } from '../../stats/estimate.ts';
import type { Manifest } from '../manifest.ts';
import { searchesOf } from '../models/market/absorption-results.ts';
import { readManifest } from '../store/folder.ts';
import { requireFinishedRun } from '../store/holding.ts';
import type { ComparedCell } from './metrics.ts';
import { CAPACITY } from './metrics.ts';

/** The folder has no results that can be compared. */
export class ResultsError extends Error {
  override readonly name = 'ResultsError';
}

export interface Results {
  readonly manifest: Manifest;
  readonly cells: readonly ComparedCell[];
}

/** Throws OutputError where the folder holds no finished run, ResultsError where it cannot be read or has no policies. */
export async function readResults(folder: string): Promise<Results> {
  requireFinishedRun(folder);
  const manifest = readManifest(folder)!;
  const wanted = manifest.summary.cells;
  if (!wanted.every(({ labels }) => 'policy' in labels && 'shock' in labels)) {
    throw new ResultsError(`${folder}: results of ${manifest.experiment}, which has no policies to compare`);
  }
  const rows = new Map<string, Record<string, number[]>>();
  const numeric = manifest.tables[0]!.columns.filter(({ type }) => type === 'INT32' || type === 'DOUBLE');
  for (const { table, file } of manifest.parts) {
    if (table !== 'runs') continue;
    for (const row of await readPart(join(folder, file))) {
      const key = keyOf(String(row['policy']), String(row['shock']));
      const columns = rows.get(key) ?? Object.fromEntries(numeric.map(({ name }) => [name, []]));
      rows.set(key, columns);
      for (const { name } of numeric) columns[name]!.push(Number(row[name]));
    }
  }
  const cells = wanted.map(({ labels, metrics }): ComparedCell => {
    const [policy, shock] = [labels['policy']!, labels['shock']!];
    const columns =
      rows.get(keyOf(policy, shock)) ?? Object.fromEntries(numeric.map(({ name }) => [name, []]));
    const runs = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]),
    );
    // Folders from before the probability stood in results have their capacities without pairs.
    const { probability } = (metrics[CAPACITY] ?? {}) as { readonly probability?: number };
    return {
      policy,
      shock,
      runs,
      searches: probability === undefined ? undefined : searchesOf(runs, probability),
      metrics: Object.fromEntries(
        Object.entries(metrics as Readonly<Record<string, JsonEstimate>>).map(([name, estimate]) => [
          name,
          fromJson(estimate),
        ]),
      ),
    };
  });
  return { manifest, cells };
}

async function readPart(path: string): Promise<Record<string, unknown>[]> {
  try {
    return await parquetReadObjects({ file: new Uint8Array(readFileSync(path)).buffer });
  } catch (error) {
    throw new ResultsError(`${path}: cannot be read: ${(error as Error).message}`);
  }
}

/** JSON has no NaN and writes null for it. */
type JsonEstimate = { readonly [K in keyof Estimate]: number | null };

function fromJson({ value, low, high }: JsonEstimate): Estimate {
  return { value: value ?? NaN, low: low ?? NaN, high: high ?? NaN };
}

function keyOf(policy: string, shock: string): string {
  return `${policy}\n${shock}`;
}
