// Each published rank on numbers worked out by hand.
import { describe, expect, test } from 'vitest';
import type { RankedPosition } from '../../../src/clearing/waterfall/ranks.ts';
import {
  binance,
  bitmex,
  hyperliquid,
  leverage,
  profit,
  ranks,
} from '../../../src/clearing/waterfall/ranks.ts';

/** Long 10 at 100, mark 120; 300 put in, 5 % maintenance: equity 500, notional 1,200. */
const long: RankedPosition = {
  profit: 200,
  collateral: 300,
  equity: 500,
  notional: 1200,
  cost: 1000,
  maintenance: 60,
};
/** Short 10 at 150, mark 120, 100 put in: equity 400. */
const short: RankedPosition = {
  profit: 300,
  collateral: 100,
  equity: 400,
  notional: 1200,
  cost: 1500,
  maintenance: 60,
};

describe('the rank of', () => {
  test.each([
    [binance, (200 / 300) * (60 / 500), (300 / 100) * (60 / 400)],
    [bitmex, (200 / 1000) * (1200 / 500), (300 / 1500) * (1200 / 400)],
    [hyperliquid, (120 / 100) * (1200 / 500), (120 / 150) * (1200 / 400)],
    [profit, 200, 300],
    [leverage, 2.4, 3],
  ])('$name', (rank, ofLong, ofShort) => {
    expect(rank.of(long)).toBeCloseTo(ofLong, 12);
    expect(rank.of(short)).toBeCloseTo(ofShort, 12);
  });

  test('who put nothing in, or has nothing left, is finite and above all others', () => {
    for (const rank of [binance, bitmex, hyperliquid]) {
      const nothing = rank.of({ ...long, collateral: 0, equity: 0 });
      expect(Number.isFinite(nothing)).toBe(true);
      expect(nothing).toBeGreaterThan(1e300);
    }
  });

  test('each has a name of its own, and a source', () => {
    expect(new Set(ranks.map(({ name }) => name)).size).toBe(ranks.length);
    for (const { source } of ranks) expect(source).not.toBe('');
  });
});
