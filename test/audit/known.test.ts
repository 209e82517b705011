// Every plug-in of a clearing house is one whose doing the audit recomputes, or says itself that it is not: a new one that
// nobody has thought of in the audit fails.
import { describe, expect, test } from 'vitest';
import { isKnownRung } from '../../src/audit/decide.ts';
import { LAYERS } from '../../src/audit/losses.ts';
import { PAYOFFS, payoffOf, unknownKind } from '../../src/audit/payoff.ts';
import { RULES } from '../../src/audit/requirement.ts';
import * as terms from '../../src/audit/terms.ts';
import { WRAPPERS } from '../../src/audit/wrappers.ts';
import { marginRules, marginWrappers } from '../../src/clearing/margin/index.ts';
import { rungs } from '../../src/clearing/calls/rungs/index.ts';
import { contractKinds } from '../../src/contracts/contracts.ts';
import * as schema from '../../src/clearing/schema.ts';
import { layerName, lossLayers } from '../../src/clearing/waterfall/index.ts';

interface PlugIn {
  readonly name: string;
  readonly audited?: false;
}

/**
 * Marks are taken as published, and orders of traders and shocks as they were filled: the audit begins where they reach the
 * accounts, so it knows none of their kinds.
 */
test.each<[string, readonly PlugIn[], (name: string) => boolean]>([
  ['margin rules', marginRules.all, (name) => Object.hasOwn(RULES, name)],
  ['margin wrappers', marginWrappers.all, (name) => Object.hasOwn(WRAPPERS, name)],
  ['rungs', rungs.all, isKnownRung],
  [
    'kinds of contract',
    contractKinds.all.map(({ kind, ...rest }) => ({ name: kind, ...rest })),
    (name) => Object.hasOwn(PAYOFFS, name),
  ],
  ['loss layers', lossLayers.all, (name) => Object.hasOwn(LAYERS, name)],
])('%s: each is recomputed, or says that it is not', (_, list, recomputes) => {
  expect(list.length).toBeGreaterThan(0);
  for (const { name, audited = true } of list) expect(recomputes(name), name).toBe(audited);
});

test('a contract of a kind that is not known is said by name, and nothing of its worth is made up', () => {
  const terms = { name: 'X', lot: 1, contract: { kind: 'odd' } };
  expect(unknownKind(terms)).toBe('odd');
  expect(payoffOf(terms).inCoin).toBe(false);
  expect(payoffOf({ ...terms, in_coin: true }).inCoin).toBe(true);
  expect(() => payoffOf(terms).notional(1n, 1n)).toThrow(/^contract odd: what its lots are/);
});

describe('what the audit states anew is what the engine means:', () => {
  test('codes of loss layers', () => {
    expect(LAYERS).toEqual(Object.fromEntries(lossLayers.all.map(({ name, code }) => [name, code])));
    expect(layerName(schema.AUCTION)).toBe('auction');
  });

  test('accounts of the venue, and where traders begin', () => {
    const { DEFAULT_FUND, FEES, FIRST_TRADER, INSURANCE, OUTSIDE, OWN_CAPITAL, VAULT, WRITTEN_OFF } = schema;
    const numbers = Object.entries(terms).filter(([, value]) => typeof value === 'number');
    expect(Object.fromEntries(numbers)).toEqual({
      DEFAULT_FUND,
      FEES,
      FIRST_TRADER,
      INSURANCE,
      OUTSIDE,
      OWN_CAPITAL,
      VAULT,
      WRITTEN_OFF,
    });
  });
});
