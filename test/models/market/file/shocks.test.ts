/** Shocks with grids as variants with labels and titles, and the condition that makes a run systemic. */
import { describe, expect, test } from 'vitest';
import { bench } from '../../../experiment/fixtures/experiment.ts';

const { market } = bench();

describe('shocks', () => {
  const variants = (to: string) =>
    market('{ kind: sell-programme, at: 10 s, over: 5 s, notional: 1000 }', to).shocks;

  test('one shock is one variant', () => {
    expect(market().shocks).toEqual([
      {
        label: 'sell-programme',
        title: 'sale of 1 k USDT in 5 s',
        shocks: [{ kind: 'sell-programme', at: 1e7, over: 5e6, every: 1e6, notional: 1000 }],
      },
    ]);
  });

  test('none is a variant that does nothing', () => {
    const { shocks } = market('shock: { kind: sell-programme, at: 10 s, over: 5 s, notional: 1000 }\n', '');
    expect(shocks).toEqual([{ label: 'no shock', title: 'no shock', shocks: [] }]);
  });

  test('grids make every combination, labelled as they are written', () => {
    const grids = variants(
      '{ kind: sell-programme, at: 10 s, over: { grid: [0, 5 s] }, notional: { grid: [20e6, 1.5e9] } }',
    );
    expect(grids.map(({ label, title }) => [label, title])).toEqual([
      ['over=0, notional=20e6', 'sale of 20 M USDT at once'],
      ['over=0, notional=1.5e9', 'sale of 1.5 G USDT at once'],
      ['over=5 s, notional=20e6', 'sale of 20 M USDT in 5 s'],
      ['over=5 s, notional=1.5e9', 'sale of 1.5 G USDT in 5 s'],
    ]);
    expect(grids[2]!.shocks[0]).toEqual({
      kind: 'sell-programme',
      at: 1e7,
      over: 5e6,
      every: 1e6,
      notional: 20e6,
    });
  });

  test('titles that would be the same carry the label', () => {
    expect(variants('{ kind: sale, lots: 5, at: { grid: [1 s, 2 s] } }').map(({ title }) => title)).toEqual([
      'sale of 5 lots at once (at=1 s)',
      'sale of 5 lots at once (at=2 s)',
    ]);
  });

  test('several shocks strike in one variant, their grids told apart by kind', () => {
    const { shocks } = market(
      'shock: { kind: sell-programme, at: 10 s, over: 5 s, notional: 1000 }',
      `shocks:
  - { kind: value-jump, at: { grid: [1 s, 2 s] }, change: -5 % }
  - { kind: withdrawal, at: { grid: [3 s] }, duration: 90 s, agents: noise }`,
    );
    expect(shocks.map(({ label, title }) => [label, title])).toEqual([
      [
        'value-jump[0].at=1 s, withdrawal[1].at=3 s',
        expect.stringMatching(/^value changes by -5 %, noise withdrawn for 90 s \(/),
      ],
      ['value-jump[0].at=2 s, withdrawal[1].at=3 s', expect.any(String)],
    ]);
  });
});

describe('when a run counts as systemic', () => {
  const systemic = (text: string) => market('policies:', `systemic_when: ${text}\npolicies:`).systemic;
  test.each([
    ['liquidated_notional >= 10 % of open_interest within 60 s', 'notional', 0.1, 'open_interest', 60e6],
    ['liquidated_notional >= 0.2 of open_interest within 2 min', 'notional', 0.2, 'open_interest', 120e6],
    ['liquidated_notional >= 50 USDT within 1 s', 'notional', 500_000, null, 1e6],
    ['liquidated_accounts >= 5 % of accounts within 1 s', 'accounts', 0.05, 'accounts', 1e6],
    ['liquidated_accounts >= 100 within 1 s', 'accounts', 100, null, 1e6],
    ['caused_notional >= 5 % of open_interest within 1 s', 'notional', 0.05, 'open_interest', 1e6],
    ['caused_accounts >= 7 within 1 s', 'accounts', 7, null, 1e6],
    ['caused_drop >= 3 %', 'drop', 0.03, null, Infinity],
  ])('%s', (text, metric, threshold, of, within_us) => {
    expect(systemic(text)).toEqual({
      metric,
      caused: text.startsWith('caused'),
      threshold,
      of,
      within_us,
      text,
    });
  });

  test('by default a tenth of the open interest within a minute', () => {
    expect(market().systemic).toEqual(systemic('liquidated_notional >= 10 % of open_interest within 60 s'));
  });
});
