/** Prices and the book from just before the shock on. */
import type { DetailTable } from '../table.ts';

export const prices: DetailTable = {
  info: {
    name: 'prices',
    about: 'One sample of one instrument a row, every second from just before the shock on.',
    columns: [
      { name: 'instrument', type: 'INT32', unit: '', about: 'Number of the instrument.' },
      { name: 'time_s', type: 'DOUBLE', unit: 's', about: 'When.' },
      {
        name: 'middle',
        type: 'DOUBLE',
        unit: 'ticks',
        about: 'Between best bid and ask; the mark without both.',
      },
      { name: 'spread', type: 'DOUBLE', unit: 'ticks', about: 'Best ask less best bid; NaN without both.' },
      { name: 'bid_depth', type: 'DOUBLE', unit: 'money', about: 'Bids within 1 % of the middle.' },
      { name: 'ask_depth', type: 'DOUBLE', unit: 'money', about: 'Asks within 1 % of the middle.' },
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
