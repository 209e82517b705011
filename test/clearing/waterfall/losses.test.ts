// Every layer together: codes, the log, and sums that hold whatever the waterfall.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUTSIDE, WRITTEN_OFF } from '../../../src/clearing/schema.ts';
import { layerName, lossLayers } from '../../../src/clearing/waterfall/index.ts';
import { CapacityError } from '../../../src/core/errors.ts';
import { audit, BROKE, broken, closeOut, takeOver, TRADERS } from './broken.ts';

test('layers have codes of their own; the write-off is 0', () => {
  expect(new Set(lossLayers.all.map(({ code }) => code)).size).toBe(lossLayers.all.length);
  expect(layerName(0)).toBe('write-off');
});

test('a log that is full says which setting to raise', () => {
  const desk = broken([{ layer: 'haircut' }], TRADERS, { losses: 3 });
  expect(() => {
    closeOut(desk);
  }).toThrow(new CapacityError('losses', 3, 'capacity.losses'));
});

test('whatever the waterfall and the book, losses are borne to the last quantum and nobody is charged into a debt', () => {
  const trader = fc.record({
    lots: fc.integer({ min: -30, max: 30 }),
    entry: fc.integer({ min: 500, max: 1500 }),
    money: fc.nat(20_000),
  });
  const layer = fc.constantFrom(
    { layer: 'insurance' },
    { layer: 'insurance', take_over: true, drawdown: 0.5, cap: 100 },
    { layer: 'backstop', capital: 300 },
    { layer: 'adl' },
    { layer: 'adl', method: 'pro-rata', most: 0.3 },
    { layer: 'adl', price: 'previous-mark', rank: 'hyperliquid' },
    { layer: 'haircut', most: 0.5 },
    { layer: 'default-fund', contribution: 0.3, own_capital: 50 },
  );
  fc.assert(
    fc.property(
      // A layer with capital of its own stands in a waterfall once.
      fc
        .array(layer, { minLength: 1, maxLength: 4 })
        .filter((layers) =>
          ['backstop', 'default-fund'].every((own) => layers.filter((it) => it.layer === own).length <= 1),
        ),
      fc.array(trader, { maxLength: 12 }),
      fc.nat(500),
      fc.nat(10),
      fc.integer({ min: 700, max: 930 }),
      (layers, traders, fund, lots, price) => {
        const list = traders.map(({ lots: n, entry, money }) => [n, entry, money] as const);
        const desk = broken(layers, list, { fund });
        const { ledger, house } = desk;
        const before = Float64Array.from(ledger.accounts.quote, (_, account) => ledger.equity(account));
        const left = takeOver(desk, lots);
        expect(left).toBeLessThanOrEqual(lots);
        const held = ledger.position(BROKE, 0);
        expect(held).toBe(10 - lots + left);
        if (held > 0) ledger.settle(OUTSIDE, BROKE, 0, held, price);
        house.settleClosed(1, BROKE, desk.row);
        audit(desk);
        expect(ledger.equity(BROKE)).toBeGreaterThanOrEqual(0);
        for (let account = 1; account < before.length; account++) {
          if (account === WRITTEN_OFF) continue;
          expect(ledger.equity(account)).toBeGreaterThanOrEqual(Math.min(0, before[account]!));
        }
      },
    ),
    { numRuns: 500 },
  );
});
