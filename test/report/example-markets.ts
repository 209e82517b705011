/** A calibration and a comparison on plausible markets, made up. */
import type { CalibrateResults, MarketsResults } from '../../src/report/results.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { example } from './example.ts';

const estimate = (value: number, half: number): Estimate => ({
  value,
  low: Math.max(0, value - half),
  high: Math.min(1, value + half),
});

const parameter = (path: string, scale: string, median: number, half: number, verdict: string) => ({
  path,
  scale,
  whole: false,
  unit: 's',
  low: 1,
  high: 16,
  median,
  interval: { low: median - half, high: median + half },
  below: median - half / 2,
  above: median + half / 2,
  width: half / 4,
  recovered: { width: half / 3.5, coverage: estimate(0.9, 0.05) },
  verdict,
});

const checked = (off: number, distance: number) => ({
  distance: { fitted: distance, held_out: distance * 1.5 },
  coverage: { fitted: 0.5, held_out: 0.5 },
  moments: [
    { moment: 'trade_rate', value: Math.log(2.5) + off / 10, low: 0.7, high: 1.3, holds_target: off < 2 },
    { moment: 'tail', value: 3.5 + off, low: 3 + off, high: 4 + off, holds_target: off < 1 },
  ],
});

export const calibrated: CalibrateResults = {
  ...example(),
  kind: 'calibrate',
  result: {
    aims: [
      { moment: 'trade_rate', value: 2.5, error: 0.1, held_out: false, scale: 'log', about: '' },
      { moment: 'tail', value: 3.5, error: 0.75, held_out: true, scale: 'linear', about: '' },
    ],
    runs: 1,
    reference_runs: 12,
    fresh_runs: 10,
    checked_draws: 24,
    usable: 58,
    keep: 20,
    parameters: [
      parameter('population.taker.params.gap', 'log', 4, 1, 'identified'),
      parameter('market.latency.notice', 'linear', 8, 6, 'not identified'),
    ],
    draws: [{ weight: 1, point: {} }],
    drawn: { fitted: 9, held_out: 8 },
    as_it_stands: checked(4, 6.1),
    best: { ...checked(0.5, 1.2), sets: ['population.taker.params.gap=4 s'] },
    posterior: checked(0.2, 1.7),
    points: Array.from({ length: 60 }, () => ({})),
    means: [],
  } as unknown as CalibrateResults['result'],
};

const pair = (share: number, verdict: string) => ({
  policy: 'ladder',
  against: 'flat',
  verdict,
  in_worlds: estimate(share, 0.1),
  better: estimate(share, 0.08),
  tied: 0,
  luck: 0.3,
});

const metric = (name: string, title: string, unit: string) => ({
  name,
  title,
  unit,
  role: 'safety',
  better: 'less',
});

export const onMarkets: MarketsResults = {
  ...example(),
  kind: 'markets',
  result: {
    posterior: 'draws.yaml',
    money: 'USDT',
    policies: ['flat', 'ladder'],
    runs: 2,
    markets: 40,
    usable: 39,
    with_losses: 0,
    metrics: [
      {
        metric: metric('bad_debt', 'bad debt', 'money'),
        ranking: [
          { policy: 'ladder', mean: 1.2e6, tied: false },
          { policy: 'flat', mean: 3.4e6, tied: false },
        ],
        same: estimate(0.9, 0.08),
        robust: true,
        pairs: [pair(0.9, 'robust')],
      },
      {
        metric: metric('p_systemic', 'P(cascade)', 'probability'),
        ranking: [
          { policy: 'ladder', mean: 0.4, tied: false },
          { policy: 'flat', mean: 0.5, tied: false },
        ],
        same: estimate(0.6, 0.15),
        robust: false,
        pairs: [pair(0.6, 'depends on the market')],
      },
    ],
    tornadoes: [
      {
        metric: 'bad_debt',
        policies: ['ladder', 'flat'],
        difference: -2.2e6,
        bars: [
          { path: 'population.taker.params.gap', low: '3 s', high: '5 s', at_low: -3e6, at_high: -1e6, swing: 2e6, error: 4e5 }, // prettier-ignore
          { path: 'index.volatility', low: '0.3', high: '0.5', at_low: -2e6, at_high: -2.5e6, swing: -5e5, error: NaN }, // prettier-ignore
        ],
      },
      { metric: 'p_systemic', policies: ['ladder', 'flat'], difference: 0, bars: [] },
    ],
    changes: [],
    means: [],
  } as unknown as MarketsResults['result'],
};
