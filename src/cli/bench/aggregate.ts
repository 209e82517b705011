/**
 * A process of its own that sums up parts as `unwind run` does at its end, and says how long it took and how large it
 * got: `aggregate.js EXPERIMENT FOLDER`, with `cells.json` in the folder, the parts of each cell.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lazyColumns } from '../../lab/store/columns.ts';
import { readExperiment } from '../../models/experiment.ts';
import { modelOf } from '../../models/index.ts';
import type { Part } from '../../lab/store/parts.ts';

export interface Aggregation {
  /** Of all cells. */
  readonly runs: number;
  readonly seconds: number;
  /** Of the whole process, at its largest. */
  readonly peak_rss_bytes: number;
}

function aggregate(file: string, folder: string): Aggregation {
  const experiment = readExperiment(file);
  const cells = JSON.parse(readFileSync(join(folder, 'cells.json'), 'utf8')) as Part[][];
  const begin = performance.now();
  const model = modelOf(experiment);
  const summary = model.summarise(experiment, lazyColumns(folder, model, cells));
  return {
    runs: summary.cells.reduce((sum, { runs }) => sum + runs, 0),
    seconds: (performance.now() - begin) / 1000,
    peak_rss_bytes: process.resourceUsage().maxRSS * 1024,
  };
}

const [, , file, folder] = process.argv as [string, string, string, string];
writeFileSync(join(folder, 'result.json'), JSON.stringify(aggregate(file, folder)));
