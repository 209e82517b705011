// What every kind of contract must keep, whatever its payoff; a new kind is put to the same test by its line below.
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ContractTerms } from '../../src/contracts/contract.ts';
import { defineContract } from '../../src/contracts/contract.ts';
import { contractKinds, contractOf, Contracts } from '../../src/contracts/contracts.ts';
import { linear } from '../../src/contracts/linear.ts';
import { spot } from '../../src/contracts/spot.ts';
import { cappedForward } from './capped-forward.ts';

const lots = fc.integer({ min: 1, max: 1_000_000 });
const price = fc.integer({ min: 1, max: 1_000_000 });
const side = fc.constantFrom(1, -1);
const tickLot = fc.integer({ min: 1, max: 1000 });

const examples: Readonly<Record<string, fc.Arbitrary<ContractTerms>>> = {
  linear: tickLot.map(linear),
  spot: tickLot.map(spot),
  // A million lots of a thousand quanta, from a price to one a million times as high: what money is exact for.
  inverse: fc.record({
    kind: fc.constant('inverse'),
    face: fc.integer({ min: 1, max: 1000 }),
    up: fc.integer({ min: 1, max: 40 }),
    down: fc.integer({ min: 1, max: 1000 }),
  }),
  'capped-forward': fc
    .record({ tickLot, cap: price })
    .map(({ tickLot: unit, cap }) => cappedForward(unit, cap, 1, 0)),
};

test('every kind that a file can name is put to the test', () => {
  const names = Object.keys(examples);
  expect(new Set(contractKinds.names)).toEqual(new Set(names));
  expect(names.at(-1)).toBe('capped-forward'); // defined outside
});

test('another kind needs a name of its own, and terms a kind that there is', () => {
  const again = defineContract({
    kind: 'spot',
    about: 'Twice.',
    settings: {},
    terms: () => linear(1),
    compile: (terms) => contractOf(terms),
  });
  expect(() => contractKinds.add(again)).toThrow(
    'there is a kind of contract spot already; give it another name',
  );
  expect(() => contractOf({ kind: 'future' })).toThrow(
    'there is no kind of contract future; there are linear, inverse, spot, capped-forward',
  );
});

describe.each(Object.keys(examples))('%s', (kind) => {
  const holds = (
    check: (terms: ContractTerms, n: number, from: number, to: number, sign: number) => void,
  ) => {
    fc.assert(fc.property(examples[kind]!, lots, price, price, side, check), { seed: 15, numRuns: 1000 });
  };

  test('moves whole quanta, the opposite to the other side', () => {
    holds((terms, n, at) => {
      const contract = contractOf(terms);
      expect(Number.isSafeInteger(contract.value(n, at))).toBe(true);
      expect(contract.value(-n, at)).toBe(0 - contract.value(n, at));
    });
  });

  test('never gains less for a long at a higher price, and the opposite for a short', () => {
    holds((terms, n, from, to) => {
      const contract = contractOf(terms);
      const gained = contract.gain(n, from, to);
      expect(Number.isSafeInteger(gained)).toBe(true);
      expect(contract.gain(-n, from, to) + gained).toBe(0);
      if (to > from) expect(gained).toBeGreaterThanOrEqual(0);
      else expect(gained).toBeLessThanOrEqual(0);
    });
  });

  test('gains what buying there and selling here brings, in money: of a coin, at the latter price', () => {
    holds((terms, n, from, to, sign) => {
      const contract = contractOf(terms);
      const { coin } = contract;
      const brought = contract.value(sign * n, to) - contract.value(sign * n, from);
      const gained = contract.gain(sign * n, from, to);
      if (coin === undefined) {
        expect(gained + 0).toBe(brought + 0);
        return;
      }
      // Two trades are rounded to half a quantum of the coin each, and the gain to half a quantum of money.
      const ofCoin = coin.money(1_000_000_000, to) / 1e9 + 1e-9;
      expect(Math.abs(gained - brought * ofCoin)).toBeLessThanOrEqual(
        ofCoin + 1.5 + Math.abs(brought) * 1e-9 + Math.abs(gained) * 1e-9,
      );
    });
  });

  test('has a size that is not negative, the same for both sides', () => {
    holds((terms, n, at) => {
      expect(contractOf(terms).notional(n, at)).toBeGreaterThan(0);
    });
  });

  test('moves as far as it takes to pay so much more: the inverse of what is dearer', () => {
    holds((terms, n, mark, at, sign) => {
      const contract = contractOf(terms);
      const dearer = contract.dearer(sign * n, mark, at);
      if (contract.dearer(sign * n, mark, at + 1) === dearer) return; // flat there: many prices are as dear
      const found = mark + contract.move(sign * n, mark, dearer);
      if (contract.coin === undefined) expect(found).toBeCloseTo(at, 6);
      else if (found === Infinity) expect(Math.abs(dearer)).toBe(contract.notional(n, at));
      else {
        const [below, above] = [Math.floor(found), Math.ceil(found)].map((x) =>
          contract.dearer(n, mark, Math.max(1, x)),
        );
        expect(sign * dearer).toBeGreaterThanOrEqual(below! - 1);
        expect(sign * dearer).toBeLessThanOrEqual(above! + 1);
      }
    });
  });

  test('is the same by its number in a list', () => {
    holds((terms, n, from, to, sign) => {
      const all = new Contracts([linear(7), terms]);
      const one = contractOf(terms);
      expect(all.value(1, sign * n, from)).toBe(one.value(sign * n, from));
      expect(all.notional(1, n, from)).toBe(one.notional(n, from));
      expect(all.gain(1, sign * n, from, to)).toBe(one.gain(sign * n, from, to));
      expect(all.dearer(1, sign * n, from, to)).toBe(one.dearer(sign * n, from, to));
      expect(all.move(1, sign * n, from, n)).toBe(one.move(sign * n, from, n));
      expect([all.count, all.isOwned(1), all.coin(0)]).toEqual([2, kind === 'spot', undefined]);
      expect([all.coin(1) === undefined, all.expiry(1) === undefined]).toEqual([
        kind !== 'inverse',
        kind !== 'capped-forward',
      ]);
    });
  });
});

test('nobody but the contracts knows what a tick of a lot is worth', () => {
  const found = ['src', 'agents'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => file.endsWith('.ts') && !file.startsWith('src/contracts/'))
      .filter((file) => readFileSync(file, 'utf8').includes('tickLot')),
  );
  expect(found).toEqual([expect.stringMatching(/audit-terms\.ts$/)]); // what the auditor multiplies by itself
});
