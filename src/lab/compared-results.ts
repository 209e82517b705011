/** The cells of a results folder that is on the disk, as they are compared: what the manifest says, and the table `runs`. */
import { columnsAt, policyAt } from '../models/market/venue-columns.ts';
import type { Estimate } from '../stats/estimate.ts';
import { lazyColumns } from './store/columns.ts';
import type { Manifest } from './store/manifest.ts';
import { searchesOf } from '../models/market/absorption-results.ts';
import type { Part } from './store/parts.ts';
import { readTable } from './store/parts.ts';
import { requireManifest } from './store/finished.ts';
import { OutputError } from './store/output-error.ts';
import type { ComparedCell } from '../models/compare/metrics.ts';
import { CAPACITY } from '../models/compare/metrics.ts';

/** The folder has no results that can be compared. */
class ResultsError extends Error {
  override readonly name = 'ResultsError';
}

export interface Results {
  readonly manifest: Manifest;
  readonly cells: readonly ComparedCell[];
}

/** Throws OutputError where the folder holds no finished run or is damaged, ResultsError where there are no policies. */
export async function readResults(folder: string): Promise<Results> {
  const manifest = requireManifest(folder);
  const wanted = manifest.summary.cells;
  if (!wanted.every(({ labels }) => 'policy' in labels && 'shock' in labels)) {
    throw new ResultsError(`${folder}: results of ${manifest.experiment}, which has no policies to compare`);
  }
  const parts = new Map(wanted.map(({ labels }) => [keyOf(labels), [] as Part[]]));
  for (const part of manifest.parts) {
    if (part.table !== manifest.tables[0]!.name || part.rows === 0) continue;
    const [row] = await readTable(folder, part, { columns: ['policy', 'shock'], rowEnd: 1 });
    const own = row && parts.get(keyOf(row)); // a part is of one cell
    if (own === undefined) throw new OutputError(`${folder}: ${part.file} has runs of no policy and shock`);
    own.push(part);
  }
  const columns = lazyColumns(folder, manifest, [...parts.values()]);
  const places = [...parts.keys()];
  const cells = wanted.map(({ labels, metrics, caveats }): ComparedCell => {
    const runs = columnsAt(columns[places.indexOf(keyOf(labels))]!, labels['venue']);
    // Folders from before the probability stood in results have their capacities without pairs.
    const { probability } = (metrics[CAPACITY] ?? {}) as { readonly probability?: number };
    return {
      policy: policyAt(labels),
      caveats,
      shock: labels['shock']!,
      runs,
      searches: probability === undefined ? undefined : searchesOf(runs, probability),
      metrics: Object.fromEntries(
        Object.entries(metrics as Readonly<Record<string, Partial<Estimate>>>).map(([name, estimate]) => {
          const { value = NaN, low = NaN, high = NaN } = estimate;
          return [name, { value, low, high }];
        }),
      ),
    };
  });
  return { manifest, cells };
}

/** Of a cell's labels, or of a row. */
function keyOf({ policy, shock }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([policy, shock]);
}
