/** The comparison of a run's policies as it is kept beside the run, and what it is made from. */
import { join } from 'node:path';
import { writeWhole } from './store/durable.ts';
import { COMPARISON } from './store/holding.ts';
import { sealed } from './store/sealed.ts';
import type { Comparison } from '../models/compare/index.ts';
import { comparePolicies } from '../models/compare/index.ts';
import { readResults } from './compared-results.ts';

export interface FolderComparison {
  readonly question: string;
  readonly comparison: Comparison;
}

/** Of a finished run. Throws as readResults does. */
export async function compareFolder(folder: string): Promise<FolderComparison> {
  const { manifest, cells } = await readResults(folder);
  const { question, seed, summary } = manifest;
  return { question, comparison: comparePolicies(cells, summary.frontier?.money ?? 'money', seed) };
}

/** Writes it into the folder. */
export function keepComparison(folder: string, comparison: Comparison): void {
  writeWhole(join(folder, COMPARISON), sealed(COMPARISON, comparison));
}
