// Every plug-in of a market is one whose doing the audit recomputes, or is listed here as one of which it takes what is
// recorded: a new plug-in that nobody has thought of in the audit fails.
import { describe, expect, test } from 'vitest';
import { agents } from '../../agents/index.ts';
import { isKnownRung } from '../../src/audit/decide.ts';
import { LAYERS } from '../../src/audit/losses.ts';
import { RULES } from '../../src/audit/requirement.ts';
import * as terms from '../../src/audit/terms.ts';
import { WRAPPERS } from '../../src/audit/wrappers.ts';
import { marginRules, marginWrappers } from '../../src/clearing/margin/index.ts';
import { rungs } from '../../src/clearing/ladder/rungs/index.ts';
import * as schema from '../../src/clearing/schema.ts';
import { layerNames, lossLayers } from '../../src/clearing/waterfall/index.ts';
import { markRules } from '../../src/market/mark.ts';
import { changes } from '../../src/sim/forks/changes/index.ts';
import { shocks } from '../../src/sim/shocks/index.ts';

const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name).sort();
const nothing = (): boolean => false;

/** A list of plug-ins, whether the audit recomputes one, and those of which it takes what is recorded. */
type Row = [string, string[], (name: string) => boolean, string[]];

test.each<Row>([
  ['margin rules', names(marginRules), (name) => Object.hasOwn(RULES, name), []],
  ['margin wrappers', names(marginWrappers), (name) => Object.hasOwn(WRAPPERS, name), []],
  ['rungs', names(rungs), isKnownRung, []],
  ['loss layers', names(lossLayers), (name) => Object.hasOwn(LAYERS, name), []],
  // Marks are taken as published, orders as they were filled: the audit begins where they reach the accounts.
  ['mark rules', names(markRules), nothing, ['index', 'last', 'mid', 'smoothed']],
  ['shocks', names(shocks), nothing, ['sale', 'sell-programme', 'value-jump', 'withdrawal']],
  [
    'traders',
    agents.map(({ kind }) => kind).sort(),
    nothing,
    [
      ...[
        'arbitrageur',
        'basis-trader',
        'depth-provider',
        'dip-buyer',
        'dislocation-buyer',
        'hunter',
        'leverage-fund',
      ],
      ...[
        'leveraged-holder',
        'liquidator',
        'market-maker',
        'mean-reverter',
        'metaorder',
        'noise',
        'speculator',
      ],
      ...['taker', 'touch-maker', 'trend', 'value', 'zero-intelligence'],
    ],
  ],
  // A recorded run is a cell's own: forks with one thing changed have no journal.
  [
    'counterfactual changes',
    names(changes),
    nothing,
    ['engine', 'inactive', 'insurance_fund', 'policy', 'remove', 'scale', 'stay', 'without'],
  ],
])('%s: each is recomputed, or listed as taken from the record', (_, list, recomputes, recorded) => {
  expect(list.filter((name) => !recomputes(name))).toEqual(recorded);
});

describe('what the audit states anew is what the engine means:', () => {
  test('codes of loss layers', () => {
    expect(LAYERS).toEqual(Object.fromEntries(lossLayers.map(({ name, code }) => [name, code])));
    expect(layerNames[schema.AUCTION]).toBe('auction');
  });

  test('accounts of the venue, and where traders begin', () => {
    const { DEFAULT_FUND, FEES, FIRST_TRADER, INSURANCE, OUTSIDE, OWN_CAPITAL, VAULT, WRITTEN_OFF } = schema;
    expect({ ...terms }).toEqual({
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
