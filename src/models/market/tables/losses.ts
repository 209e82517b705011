/** Who bore which loss. */
import { layerNames } from '../../../clearing/waterfall/index.ts';
import type { DetailTable } from '../table.ts';

export const losses: DetailTable = {
  info: {
    name: 'losses',
    about: 'One payer of one loss a row.',
    columns: [
      { name: 'liquidation', type: 'INT32', unit: '', about: 'Row of the forced order that it belongs to.' },
      { name: 'time_s', type: 'DOUBLE', unit: 's', about: 'When it was borne.' },
      { name: 'layer', type: 'STRING', unit: '', about: 'Layer of the waterfall.' },
      { name: 'account', type: 'INT32', unit: '', about: 'Who bore it.' },
      { name: 'borne', type: 'DOUBLE', unit: 'money', about: 'Loss borne; negative: gained by a takeover.' },
      { name: 'lots', type: 'INT32', unit: 'lots', about: 'Signed, taken over; 0: money alone.' },
      { name: 'price', type: 'DOUBLE', unit: 'ticks', about: 'Of the lots taken over; 0 without lots.' },
    ],
  },
  atEnd(run, add) {
    const { log, count } = run.venue.house.losses;
    for (let row = 0; row < count; row++) {
      add([
        log.liquidation[row]!,
        log.time_us[row]! / 1e6,
        layerNames[log.layer[row]!]!,
        log.account[row]!,
        run.money(log.quanta[row]!),
        log.lots[row]!,
        log.price[row]!,
      ]);
    }
  },
};
