// Contracts as a file writes them: in the engine's units, or refused at their place.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ContractTerms } from '../../../../src/contracts/contract.ts';
import type { ConfigError } from '../../../../src/core/errors.ts';
import { Exact } from '../../../../src/core/whole.ts';
import type { WrittenContract } from '../../../../src/models/market/file/contract.ts';
import {
  checkContract,
  contractSchema,
  contractTerms,
  finestOf,
  kindOf,
} from '../../../../src/models/market/file/contract.ts';
import { quantaPerUnit, readSteps } from '../../../../src/models/market/file/instruments.ts';
import { readExperiment } from '../../../../src/models/read.ts';

const steps = (tick: string, lot: string, contract?: WrittenContract) =>
  readSteps({ tick, lot, ...(contract && { contract }) }, 'USD');

const INVERSE = { kind: 'inverse', coin_quantum: 1e-8 };
const SPOT = { kind: 'spot' };

describe('a contract', () => {
  test.each([
    [undefined, 'linear'],
    [{ kind: 'spot' }, 'spot'],
    [{ kind: 'inverse', coin_quantum: 1 }, 'inverse'],
  ] as const)('written as %j is of the kind %s', (written, kind) => {
    expect(kindOf(written)).toBe(kind);
  });

  test('has the smallest coin of 10⁻⁸ unless it says otherwise', () => {
    expect(contractSchema.parse({ kind: 'inverse' })).toEqual({ kind: 'inverse', coin_quantum: 1e-8 });
    expect(contractSchema.parse('inverse')).toEqual({ kind: 'inverse', coin_quantum: 1e-8 });
    expect(contractSchema.safeParse({ kind: 'linear', coin_quantum: 1 }).success).toBe(false);
    expect(contractSchema.safeParse('forward').success).toBe(false);
  });

  test('in quanta: tick times lot, or a face value and what a quantum of the coin is worth', () => {
    expect(contractTerms(undefined, steps('0.5', '0.001 BTC'), 10_000, 'USD')).toEqual({
      kind: 'linear',
      tickLot: 5,
    });
    expect(contractTerms(SPOT, steps('0.5', '0.001 BTC', SPOT), 10_000, 'USD')).toEqual({
      kind: 'spot',
      tickLot: 5,
    });
    // 10⁻⁸ · 0.5 USD · 100 quanta: one quantum of money is 2,000,000 of the coin and tick.
    const terms = { kind: 'inverse', face: 10_000, up: 1, down: 2_000_000 };
    expect(contractTerms(INVERSE, steps('0.5', '100 USD', INVERSE), 100, 'USD')).toEqual(terms);
    const coarse = { kind: 'inverse', coin_quantum: 3e-6 } as const;
    expect(contractTerms(coarse, steps('0.5', '100 USD', coarse), 100, 'USD')).toMatchObject({
      up: 3,
      down: 20_000,
    });
  });

  test('makes money as fine as a ten-thousandth of the face value', () => {
    const inverse = steps('0.5', '100 USD', INVERSE);
    expect(finestOf(inverse)).toEqual(new Exact('0.01'));
    expect(quantaPerUnit([inverse])).toBe(100);
    expect(quantaPerUnit([inverse, steps('0.1', '0.001 BTC')])).toBe(10_000);
    expect(quantaPerUnit([steps('0.5', '2.5 USD', INVERSE)])).toBe(100_000);
  });

  test('needs a lot that is many quanta of the coin', () => {
    const terms = { kind: 'inverse', face: 1000, up: 1, down: 1000 } as const;
    expect(() => checkContract(terms, 1000)).not.toThrow();
    expect(() => checkContract(terms, 1001)).toThrow('a lot is 999 quanta of the coin at the first price');
    expect(() => checkContract({ kind: 'linear', tickLot: 1 } as ContractTerms, 1e9)).not.toThrow();
  });
});

describe('a file', () => {
  const text = readFileSync('experiments/inverse.yaml', 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'unwind-contract-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const errorOf = (from: string, to: string): string => {
    try {
      const file = join(folder, 'mine.yaml');
      writeFileSync(file, text.replace(from, to));
      readExperiment(file);
    } catch (error) {
      return (error as ConfigError).message;
    }
    return '';
  };

  test.each([
    ['lot: 10 USDT', 'lot: 0.001 BTC', '[1].lot: the lot of contract inverse is its face value'],
    ['contract: inverse', 'contract: invers', '[1].contract: needs one of linear, inverse, spot'],
    [
      'contract: inverse',
      'contract: { kind: inverse, coin_quantum: 1e-3 }',
      'mine.yaml:20:48  market.instruments[1].contract.coin_quantum: a lot is 0.167 quanta',
    ],
    [
      'contract: inverse\n      tick: 0.5 USDT\n      lot: 10 USDT',
      'contract: inverse\n      tick: 0.5 USDT\n      lot: 0.01 USDT',
      'mine.yaml:20:17  market.instruments[1].contract.coin_quantum: a lot is 16.7 quanta',
    ],
    [
      'contract: inverse',
      'contract: { kind: inverse, coin_quantum: 1e-20 }',
      'mine.yaml:20:48  market.instruments[1].contract.coin_quantum: a quantum of the coin is too fine',
    ],
    [
      'rule: flat, leverage: 50',
      'rule: size-slope',
      '.margin: counts coins, and the lots of BTCUSD are money',
    ],
  ])('with %j as %j is refused at its place', (from, to, message) => {
    expect(errorOf(from, to)).toContain(message);
  });

  test('is read as it stands', () => {
    expect(errorOf('x y z', '')).toBe('');
  });
});
