/** `unwind verify DIR`: recomputes recorded runs from their rows alone. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { jsonFlag } from '../options.ts';
import { busy } from '../progress.ts';
import type { Verdict } from '../../audit/verify.ts';
import { verify } from '../../audit/verify.ts';
import { damagedFiles } from '../../lab/store/damages.ts';
import { requireManifest } from '../../lab/store/finished.ts';

const EPILOGUE = `Reads manifest and journal of the runs that were recorded (unwind run FILE --record 0), and recomputes with code of its
own, in whole numbers: every account's money, positions, equity and requirement; that every account that reached a level
of the ladder got its call at that moment, and no other; what each look at it decided: rung, demand, lots, worst price;
auctions, sales of collateral assets, the unwinding of what fund and vault took over; fees; and that losses and who bore them add up to the last quantum. Prints what was checked and OK, or the first row that
differs, with exit code 1. What cannot be recomputed is listed as skipped.`;

export const verifyCommand: CommandModule<object, { dir: string; json: boolean }> = {
  command: 'verify <dir>',
  describe: 'Audits recorded runs: recomputes balances, requirements, calls and liquidations from their rows',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('json', jsonFlag)
      .epilogue(
        closing(
          [
            [
              'npx unwind run experiments/lcst.yaml --record 0 --out out',
              'Records run 0 of each policy and shock',
            ],
            ['npx unwind verify out', 'Audits it'],
          ],
          EPILOGUE,
        ),
      ),
  async handler({ dir, json }) {
    // The auditor shares no code: it knows nothing of other folders, and of other files in it.
    const damaged = damagedFiles(dir, requireManifest(dir));
    const verdict = withDamages(await busy(`recomputing the runs of ${dir}`, () => verify(dir)), damaged);
    if (!verdict.ok) process.exitCode = 1;
    process.stdout.write(json ? `${JSON.stringify(verdict, null, 2)}\n` : describe(verdict));
  },
};

function withDamages(verdict: Verdict, damaged: readonly string[]): Verdict {
  const changed = [...new Set([...verdict.changed, ...damaged])];
  const { difference, ...rest } = verdict;
  // A row of a file that is as it was written may differ because of one that is not.
  const isOfTheFile = changed.length === 0 || (difference !== undefined && changed.includes(difference.file));
  const ok = verdict.ok && changed.length === 0;
  return { ...rest, ok, changed, ...(difference !== undefined && isOfTheFile ? { difference } : {}) };
}

function describe({ ok, runs, checked, skipped, changed, difference }: Verdict): string {
  const lines = Object.entries(checked).map(([what, n]) => `${n.toLocaleString('en').padStart(14)}  ${what}`);
  for (const why of skipped) lines.push(`not checked: ${why}`);
  for (const file of changed) lines.push(`changed since it was written: ${file}`);
  if (difference !== undefined) {
    const { policy, shock, venue, run, file, row, column, recorded, recomputed } = difference;
    const at = venue === undefined ? '' : ` at ${venue}`;
    lines.push(
      `run ${run} of ${policy}${at}, ${shock}: ${file} row ${row}: ${column}: recorded ${recorded}, recomputed ${recomputed}`,
    );
  }
  lines.push(ok ? `OK: ${runs} ${runs === 1 ? 'run' : 'runs'}` : 'NOT OK');
  return `${lines.join('\n')}\n`;
}
