/** The branching ratio over time: accounts infected per account, by when the infecting one was liquidated. */
import { SECOND } from '../../../core/units.ts';
import { firstShock } from '../../../sim/scenario/scenario.ts';
import { branchingByTime } from '../../../stats/cascade/branching.ts';
import { ratioInterval } from '../../../stats/intervals/ratio.ts';
import type { Measure } from '../measure.ts';
import { int } from '../../columns.ts';

/** Bins begin so long after the first shock, s; the last one has no end. */
const BINS_S = [0, 10, 30, 60, 120] as const;

const titleOf = (bin: number): string =>
  bin + 1 < BINS_S.length ? `${BINS_S[bin]!} to ${BINS_S[bin + 1]!} s` : `more than ${BINS_S[bin]!} s`;

export const branching: Measure = {
  columns: BINS_S.flatMap((from, bin) => [
    int(`parents_${from}s`, 'accounts', `Accounts first liquidated ${titleOf(bin)} after the shock.`),
    int(`offspring_${from}s`, 'accounts', 'Accounts that these triggered, whenever.'),
  ]),
  atEnd(run) {
    const shock_us = firstShock(run.scenario) ?? 0;
    const { parents, offspring } = branchingByTime(
      run.liquidations,
      BINS_S.map((from) => shock_us + from * SECOND),
    );
    BINS_S.forEach((from, bin) => {
      run.set(`parents_${from}s`, parents[bin]!);
      run.set(`offspring_${from}s`, offspring[bin]!);
    });
  },
  metrics: (runs) =>
    Object.fromEntries(
      BINS_S.map((from) => [
        `branching_${from}s`,
        ratioInterval(runs[`offspring_${from}s`]!, runs[`parents_${from}s`]!, { min: 0 }),
      ]),
    ),
};
