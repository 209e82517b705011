/** The report that a run leaves in its folder. It is made of results that are there already: if it fails, they stand. */
import { join } from 'node:path';
import type { RunOutcome } from '../../lab/run.ts';
import { writeWhole } from '../../lab/store/durable.ts';
import { REPORT } from '../../lab/store/holding.ts';
import { tell } from '../tell.ts';
import { runResults } from './folder-results.ts';
import { reportOf } from './write-report.ts';

/** Nobody waits long for it: figures of longer tables are left to `unwind report`. */
const MOST_ROWS = 3_000_000;

export async function leaveReport({ folder, experiment }: RunOutcome, json: boolean): Promise<void> {
  const path = join(folder, REPORT);
  try {
    writeWhole(path, await reportOf(runResults(folder, experiment), MOST_ROWS));
  } catch (error) {
    tell(`no report: ${(error as Error).message}`);
    return;
  }
  if (!json) process.stdout.write(`report, for any browser: ${path}\n`);
}
