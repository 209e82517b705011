/** A small market as plain data, in which many are liquidated. */
import type { ExperimentSettings } from '../../src/library/settings.ts';

export const small = {
  question: 'What does the library see?',
  seed: 'library',
  until: '30 s',
  runs: 4,
  market: {
    instruments: [
      {
        name: 'BTC',
        tick: '10 USDT',
        lot: '0.001 BTC',
        price: '50000 USDT',
        book: { flat: { lots_per_tick: 2000, ticks: 2000 } },
        mark: { rule: 'last' },
      },
    ],
    latency: { order: '2 ms', mark: '50 ms', liquidation: '20 ms', notice: '1 s' },
  },
  population: [
    { kind: 'noise', count: 10 },
    {
      kind: 'leveraged-holder',
      name: 'longs',
      count: 100,
      open_interest: '200 BTC',
      params: { leverage: { lognormal: [2.5, 0.4], max: 20 }, answers: 0, reduces: 0 },
    },
  ],
  shock: { kind: 'sale', at: '10 s', lots: { grid: [100000, 600000] } },
  policies: {
    easy: { margin: { rule: 'flat', leverage: 25 }, ladder: 'immediate' },
    strict: { margin: { rule: 'flat', leverage: 20 }, ladder: 'immediate' },
  },
} as const satisfies ExperimentSettings;
