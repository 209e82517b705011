/** The liquidation map just before the shock: positions that break, against the orders that would take them. */
import { liquidationMap } from '../../../sim/observe/liquidation-map.ts';
import type { DetailTable } from '../table.ts';
import { int, real, text } from '../../columns.ts';

export const map: DetailTable = {
  info: {
    name: 'map',
    about: 'The liquidation map just before the shock.',
    columns: [
      text('instrument', 'Name of the instrument.'),
      text('side', 'below or above the mark.'),
      int('percent', '%', 'Far edge of a step of 1 % of the mark.'),
      real('breaking', 'money', 'Positions whose trigger lies in the step, at the mark.'),
      real('depth', 'money', 'Orders resting in the step.'),
      real('branching', '', 'breaking / depth: the local branching ratio.'),
    ],
  },
  atShock(run, add) {
    for (const step of liquidationMap(run.venue)) {
      add([
        run.venue.spec.instruments[step.instrument]!.name,
        step.side,
        step.percent,
        run.money(step.breaking),
        run.money(step.depth),
        step.depth > 0 ? step.breaking / step.depth : NaN,
      ]);
    }
  },
};
