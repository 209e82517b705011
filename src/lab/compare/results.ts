/** The cells of a results folder that is on the disk, as they are compared: what the manifest says, and the table `runs`. */
import { join } from 'node:path';
import type { Estimate } from '../../stats/estimate.ts';
import { lazyColumns } from '../columns.ts';
import type { Manifest } from '../manifest.ts';
import { searchesOf } from '../models/market/absorption-results.ts';
import type { Part } from '../parts.ts';
import { damageOf, readTable } from '../parts.ts';
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

/** Throws OutputError where the folder holds no finished run, ResultsError where a part is damaged or there are no policies. */
export async function readResults(folder: string): Promise<Results> {
  requireFinishedRun(folder);
  const manifest = readManifest(folder)!;
  const wanted = manifest.summary.cells;
  if (!wanted.every(({ labels }) => 'policy' in labels && 'shock' in labels)) {
    throw new ResultsError(`${folder}: results of ${manifest.experiment}, which has no policies to compare`);
  }
  const parts = new Map(wanted.map(({ labels }) => [keyOf(labels), [] as Part[]]));
  for (const part of manifest.parts) {
    if (part.table !== manifest.tables[0]!.name || part.rows === 0) continue;
    const damage = damageOf(folder, part);
    if (damage !== undefined)
      throw new ResultsError(
        `${join(folder, part.file)} ${damage}; make it anew: npx unwind resume ${folder}`,
      );
    const [row] = await readTable(folder, part.file, { columns: ['policy', 'shock'], rowEnd: 1 });
    parts.get(keyOf(row!))!.push(part); // a part is of one cell
  }
  const columns = lazyColumns(folder, manifest, [...parts.values()]);
  const places = [...parts.keys()];
  const cells = wanted.map(({ labels, metrics, caveats }): ComparedCell => {
    const runs = columns[places.indexOf(keyOf(labels))]!;
    // Folders from before the probability stood in results have their capacities without pairs.
    const { probability } = (metrics[CAPACITY] ?? {}) as { readonly probability?: number };
    return {
      policy: labels['policy']!,
      caveats,
      shock: labels['shock']!,
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

/** JSON has no NaN and writes null for it. */
type JsonEstimate = { readonly [K in keyof Estimate]: number | null };

function fromJson({ value, low, high }: JsonEstimate): Estimate {
  return { value: value ?? NaN, low: low ?? NaN, high: high ?? NaN };
}

/** Of a cell's labels, or of a row. */
function keyOf({ policy, shock }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([policy, shock]);
}
