// What every kind of contract must keep, whatever its payoff; a new kind is put to the same test by its line below.
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ContractTerms } from '../../src/contracts/contract.ts';
import { Contracts, contractOf } from '../../src/contracts/contracts.ts';
import { linear } from '../../src/contracts/linear.ts';

const lots = fc.integer({ min: 1, max: 1_000_000 });
const price = fc.integer({ min: 1, max: 1_000_000 });
const side = fc.constantFrom(1, -1);

const examples: Record<ContractTerms['kind'], fc.Arbitrary<ContractTerms>> = {
  linear: fc.integer({ min: 1, max: 1000 }).map(linear),
};

describe.each(Object.keys(examples) as ContractTerms['kind'][])('%s', (kind) => {
  const holds = (
    check: (terms: ContractTerms, n: number, from: number, to: number, sign: number) => void,
  ) => {
    fc.assert(fc.property(examples[kind], lots, price, price, side, check), { seed: 15, numRuns: 1000 });
  };

  test('is worth whole quanta, and the opposite to the other side', () => {
    holds((terms, n, at) => {
      const contract = contractOf(terms);
      expect(Number.isSafeInteger(contract.value(n, at))).toBe(true);
      expect(contract.value(-n, at)).toBe(-contract.value(n, at));
    });
  });

  test('gains what its value does, and never less for a long at a higher price', () => {
    holds((terms, n, from, to, sign) => {
      const contract = contractOf(terms);
      expect(contract.gain(sign * n, from, to) + 0).toBe(
        contract.value(sign * n, to) - contract.value(sign * n, from) + 0,
      );
      if (to > from) expect(contract.gain(n, from, to)).toBeGreaterThanOrEqual(0);
    });
  });

  test('has a size that is not negative, the same for both sides', () => {
    holds((terms, n, at) => {
      expect(contractOf(terms).notional(n, at)).toBeGreaterThan(0);
    });
  });

  test('moves as far as it takes to gain so much: the inverse of its gain', () => {
    holds((terms, n, from, to, sign) => {
      const contract = contractOf(terms);
      const gained = contract.gain(sign * n, from, to);
      expect(from + contract.move(sign * n, from, gained)).toBeCloseTo(to, 6);
    });
  });

  test('is the same by its number in a list', () => {
    holds((terms, n, from, to, sign) => {
      const all = new Contracts([linear(7), terms]);
      const one = contractOf(terms);
      expect(all.value(1, sign * n, from)).toBe(one.value(sign * n, from));
      expect(all.notional(1, n, from)).toBe(one.notional(n, from));
      expect(all.gain(1, sign * n, from, to)).toBe(one.gain(sign * n, from, to));
      expect(all.move(1, sign * n, from, n)).toBe(one.move(sign * n, from, n));
      expect(all.count).toBe(2);
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
