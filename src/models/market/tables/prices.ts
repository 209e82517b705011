/** Prices and the book from just before the shock on. */
import type { DetailTable } from '../table.ts';
import { int, real } from '../../columns.ts';

export const prices: DetailTable = {
  info: {
    name: 'prices',
    about: 'One sample of one instrument a row, every second from just before the shock on.',
    columns: [
      int('instrument', '', 'Number of the instrument.'),
      real('time_s', 's', 'When.'),
      real('middle', 'ticks', 'Between best bid and ask; the mark without both.'),
      real('spread', 'ticks', 'Best ask less best bid; NaN without both.'),
      real('bid_depth', 'money', 'Bids within 1 % of the middle.'),
      real('ask_depth', 'money', 'Asks within 1 % of the middle.'),
    ],
  },
  atEnd(run, add) {
    run.path.instruments.forEach((path, instrument) => {
      path.time_us.forEach((time_us, i) => {
        add([
          instrument,
          time_us / 1e6,
          path.middle[i]!,
          path.spread[i]!,
          run.money(path.bid_depth[i]!),
          run.money(path.ask_depth[i]!),
        ]);
      });
    });
  },
};
