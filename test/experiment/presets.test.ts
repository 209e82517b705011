// Presets are whole venues: each is read and compiled, and an experiment can change what it says.
import { describe, expect, test } from 'vitest';
import { presets } from '../../src/experiment/presets.ts';
import { bench } from './fixtures/experiment.ts';

const small = bench();
const FLAT = 'flat: { margin: { rule: flat, leverage: 10 } }';
const policyOf = (written: string) => small.market(FLAT, `flat: ${written}`).policies['flat']!;

test('there are nine', () => {
  expect(presets().map(({ name }) => name)).toEqual([
    'binance',
    'bitmex',
    'bybit',
    'ccp',
    'deribit',
    'dydx',
    'hyperliquid',
    'ladder',
    'okx',
  ]);
});

describe.each(presets())('$name', ({ name, about }) => {
  test('says what it is, and compiles with all that it names', () => {
    expect(about).toMatch(/\.$/); // a whole sentence
    const policy = policyOf(`{ preset: ${name} }`); // reading compiles it
    expect(policy[0]!.policy.waterfall.length).toBeGreaterThan(0);
    expect(policy[0]!.policy.ladder).not.toBe('immediate');
  });
});

test('what the policy says itself goes before the preset', () => {
  const policy = policyOf('{ preset: dydx, insurance_fund: 7, margin: { initial_rate: 4 % } }');
  expect(policy[0]!.policy.insurance_fund).toBe(7);
  expect(policy[0]!.policy.margin).toMatchObject({
    rule: 'open-interest',
    initial_rate: 0.04,
    maintenance_fraction: 0.6,
  });
});

test('a part of it can be set from the command line', () => {
  const { policies } = small.market(FLAT, 'flat: { preset: ladder }', {
    sets: ['policies.flat.margin.leverage=5'],
  });
  expect(policies['flat']![0]!.policy.margin).toMatchObject({
    rule: 'flat',
    leverage: 5,
    maintenance_rate: 0.05,
  });
});

test('a name that is none is refused where it stands', () => {
  expect(small.errorOf(FLAT, 'flat: { preset: binanse }')).toMatch(
    /^small\.yaml:\d+:\d+ {2}policies\.flat\.preset: there is no preset binanse; did you mean binance\?/,
  );
});
