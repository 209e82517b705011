/** Who bore which loss. */
import { layerName } from '../../../clearing/waterfall/index.ts';
import type { DetailTable } from '../table.ts';
import { int, real, text } from '../../columns.ts';

export const losses: DetailTable = {
  info: {
    name: 'losses',
    about: 'One payer of one loss a row.',
    columns: [
      int('liquidation', '', 'Row of the forced order that it belongs to.'),
      real('time_s', 's', 'When it was borne.'),
      text('layer', 'Layer of the waterfall.'),
      int('account', '', 'Who bore it.'),
      real('borne', 'money', 'Loss borne; negative: gained by a takeover.'),
      int('lots', 'lots', 'Signed, taken over; 0: money alone.'),
      real('price', 'ticks', 'Of the lots taken over; 0 without lots.'),
    ],
  },
  atEnd(run, add) {
    const { log, count } = run.venue.house.losses;
    for (let row = 0; row < count; row++) {
      add([
        log.liquidation[row]!,
        log.time_us[row]! / 1e6,
        layerName(log.layer[row]!),
        log.account[row]!,
        run.money(log.quanta[row]!),
        log.lots[row]!,
        log.price[row]!,
      ]);
    }
  },
};
