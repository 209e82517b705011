// Every plug-in of a clearing house is one whose doing the audit recomputes, or says itself that it is not: a new one that
// nobody has thought of in the audit fails.
import { describe, expect, test } from 'vitest';
import { isKnownRung } from '../../src/audit/decide.ts';
import { LAYERS } from '../../src/audit/losses.ts';
import { payoffOf } from '../../src/audit/payoff.ts';
import { RULES } from '../../src/audit/requirement.ts';
import * as terms from '../../src/audit/terms.ts';
import { WRAPPERS } from '../../src/audit/wrappers.ts';
import { marginRules, marginWrappers } from '../../src/clearing/margin/index.ts';
import { rungs } from '../../src/clearing/calls/rungs/index.ts';
import { contractKinds } from '../../src/contracts/contracts.ts';
import * as schema from '../../src/clearing/schema.ts';
import { layerNames, lossLayers } from '../../src/clearing/waterfall/index.ts';

interface PlugIn {
  readonly name: string;
  readonly audited?: false;
}

/**
 * Marks are taken as published, and orders of traders and shocks as they were filled: the audit begins where they reach the
 * accounts, so it knows none of their kinds.
 */
test.each<[string, readonly PlugIn[], (name: string) => boolean]>([
  ['margin rules', marginRules, (name) => Object.hasOwn(RULES, name)],
  ['margin wrappers', marginWrappers, (name) => Object.hasOwn(WRAPPERS, name)],
  ['rungs', rungs, isKnownRung],
  ['loss layers', lossLayers, (name) => Object.hasOwn(LAYERS, name)],
])('%s: each is recomputed, or says that it is not', (_, list, recomputes) => {
  expect(list.length).toBeGreaterThan(0);
  for (const { name, audited = true } of list) expect(recomputes(name), name).toBe(audited);
});

test('kinds of contract: each is valued, and one that is not known is refused by name', () => {
  const terms = { name: 'X', lot: 1, tick_lot: 3 };
  const written = { kind: 'inverse', face: 1, up: 1, down: 1 } as const;
  for (const { kind } of contractKinds) {
    const contract = kind === 'linear' ? {} : { contract: { ...written, kind } };
    expect(payoffOf({ ...terms, ...contract } as never).notional(2n, 5n), kind).toBe(
      kind === 'inverse' ? 2n : 30n,
    );
  }
  expect(() => payoffOf({ ...terms, contract: { kind: 'odd' } } as never)).toThrow(
    /^contract odd: what its lots are/,
  );
});

describe('what the audit states anew is what the engine means:', () => {
  test('codes of loss layers', () => {
    expect(LAYERS).toEqual(Object.fromEntries(lossLayers.map(({ name, code }) => [name, code])));
    expect(layerNames[schema.AUCTION]).toBe('auction');
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
