/** The liquidation map just before the shock: positions that break, against the orders that would take them. */
import { liquidationMap } from '../../../sim/observe/liquidation-map.ts';
import type { DetailTable } from '../table.ts';

export const map: DetailTable = {
  info: {
    name: 'map',
    about: 'The liquidation map just before the shock.',
    columns: [
      { name: 'instrument', type: 'STRING', unit: '', about: 'Name of the instrument.' },
      { name: 'side', type: 'STRING', unit: '', about: 'below or above the mark.' },
      { name: 'percent', type: 'INT32', unit: '%', about: 'Far edge of a step of 1 % of the mark.' },
      {
        name: 'breaking',
        type: 'DOUBLE',
        unit: 'money',
        about: 'Positions whose trigger lies in the step, at the mark.',
      },
      { name: 'depth', type: 'DOUBLE', unit: 'money', about: 'Orders resting in the step.' },
      {
        name: 'branching',
        type: 'DOUBLE',
        unit: '',
        about: 'breaking / depth: the local branching ratio.',
      },
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
