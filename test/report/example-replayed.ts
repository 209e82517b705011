/** One run as its figures read it, made up: a fall that its twin has not, and margins that rise in it. */
import type { MapPoint, PathMoment } from '../../src/replay/portrait.ts';
import type { Replayed } from '../../src/report/results.ts';

const path = (fall: number): PathMoment[] =>
  Array.from({ length: 48 }, (_, i): PathMoment => {
    const second = i * 5 - 20;
    const deep = Math.max(0, 1 - Math.abs(second - 60) / 60);
    return {
      second,
      price: 50_000 * (1 - fall * deep),
      depth: 2e7 * (1 - 0.6 * deep * (fall > 0.05 ? 1 : 0.4)),
      forced: fall > 0.05 && second > 20 && second < 90 ? 1e6 * deep : 0,
      initial: 0.05 + 0.04 * deep * fall * 8,
      maintenance: 0.02 + 0.02 * deep * fall * 8,
    };
  });

const map = (waiting: number): MapPoint[] =>
  (['below', 'above'] as const).flatMap((side) =>
    Array.from({ length: 10 }, (_, i): MapPoint => ({
      side,
      percent: i + 1,
      breaking: side === 'below' ? waiting * (10 - i) * 1e6 : 5e5,
      depth: 1e7 / (1 + i),
    })),
  );

export const replayed: Replayed = {
  kind: 'replayed',
  folder: 'out',
  run: 17,
  policy: 'flat',
  shock: 'value changes by -3 %',
  book: 'BTCUSDT',
  seed: 'example',
  money: 'USDT',
  portrait: {
    hash: '0'.repeat(32),
    run: path(0.12),
    twin: path(0.03),
    before: map(2),
    after: map(0.2),
    length_s: 220,
  },
};
