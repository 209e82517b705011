// Margin posted and required, as columns of a run: against what the policy asks, and what traders have.
import { expect, test } from 'vitest';
import { readExperiment } from '../../../../src/models/experiment.ts';
import { market } from '../../../../src/models/market/index.ts';

/** Columns of run 0 under the policy `mine` of the small market of the policy search. */
function columnsOf(...sets: string[]): Record<string, number> {
  const experiment = readExperiment('test/experiment/fixtures/simple-tune.yaml', {
    sets: ['until=4 min', 'shocks[0].over=30 s', 'population[3].count=200', ...sets],
  });
  if (experiment.model !== 'market') throw new Error('not a market');
  let found: Record<string, number> = {};
  market.prepare(experiment, 0).run(0, (table, row) => {
    if (table !== 'runs') return;
    found = Object.fromEntries(market.tables[0]!.columns.map(({ name }, i) => [name, row[i] as number]));
  });
  return found;
}

test('what a flat rule requires of longs is one over its leverage, of open interest', () => {
  for (const leverage of [10, 25]) {
    const { margin_required } = columnsOf(
      `policies.mine.margin.leverage=${leverage}`,
      'shocks[1].change=0 %',
    );
    expect(margin_required! * leverage).toBeGreaterThan(0.95); // makers hold some of the long side
    expect(margin_required! * leverage).toBeLessThanOrEqual(1.0001);
  }
});

test('traders post more where more is asked, and less after a fall', () => {
  const calm = columnsOf(
    'policies.mine.margin.leverage=25',
    'shocks[1].change=0 %',
    'shocks[0].notional=1000',
  );
  const strict = columnsOf(
    'policies.mine.margin.leverage=5',
    'shocks[1].change=0 %',
    'shocks[0].notional=1000',
  );
  const fall = columnsOf(
    'policies.mine.margin.leverage=25',
    'shocks[1].change=-6 %',
    'shocks[0].notional=1000',
  );
  expect(calm['margin_posted']).toBeGreaterThan(calm['margin_required']!);
  expect(strict['margin_posted']).toBeGreaterThan(0.2);
  expect(strict['margin_posted']).toBeGreaterThan(calm['margin_posted']!);
  expect(fall['margin_posted']).toBeLessThan(calm['margin_posted']!);
});

test('without anybody who holds a position there is none of either', () => {
  const { margin_posted, margin_required } = columnsOf('population[3].count=0');
  expect([margin_posted, margin_required].every((value) => Number.isNaN(value) || value === 0)).toBe(true);
});
