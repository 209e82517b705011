// Calibrations, and comparisons on plausible markets: what their reports say, each number as the document has it.
import { describe, expect, test } from 'vitest';
import { answerOf } from '../../src/report/answer/index.ts';
import type { Quote } from '../../src/report/answer/piece.ts';
import { textOf } from '../../src/report/answer/piece.ts';
import { pageOf } from '../../src/report/page/page.ts';
import type { Results } from '../../src/report/results.ts';
import { tablesOf } from '../../src/report/tables/results-tables.ts';
import { errorsFromTarget } from '../../src/report/words/calibrated.ts';
import { calibrated, onMarkets } from './example-markets.ts';

describe.each<[string, Results & { readonly result: unknown }]>([
  ['a calibration', calibrated],
  ['a comparison on markets', onMarkets],
])('%s', (_, results) => {
  test('is answered with numbers that its document has', () => {
    const quotes = answerOf(results).filter((piece): piece is Quote => typeof piece !== 'string');
    expect(quotes.length).toBeGreaterThan(0);
    for (const { from, value } of quotes) {
      const found = from
        .split('/')
        .reduce((one, key) => (one as Record<string, unknown>)[key], results.result);
      expect(typeof found === 'number' ? found : (found as { value: number }).value).toBe(value);
    }
  });

  test('has a page', () => {
    const html = pageOf({ results, figures: [], lacks: [] });
    expect(html).toContain('class="answer"');
    expect(html).not.toContain('undefined');
    expect(html).not.toContain('NaN');
  });
});

test('the sentences and tables of a calibration', () => {
  expect(textOf(answerOf(calibrated))).toBe(
    'The data identify 1 of 2 settings: population.taker.params.gap (4 [3, 5] s). What is left possible (20 of 58 markets) holds ' +
      '2 of 2 targets, at a distance of 1.70 standard errors where the file as it stands has 6.10.',
  );
  const [settings, moments] = tablesOf(calibrated, false);
  expect(settings!.rows[1]).toEqual(
    ['market.latency.notice', '1 to 16 s', '8 [2, 14]', '1.50', '1.71', '90.0 % [85.0 %, 95.0 %]', 'not identified'], // prettier-ignore
  );
  expect(moments!.rows[1]).toEqual(
    ['tail (held out)', '3.5 ± 0.75', '7.5 [7, 8] *', '4 [3.5, 4.5]', '3.7 [3.2, 4.2]'], // prettier-ignore
  );
  // As they are compared: of logarithms where the moment is one.
  const [rate, tail] = calibrated.result.aims;
  expect(errorsFromTarget(rate!, Math.log(2.5) + 0.2)).toBeCloseTo(2, 12);
  expect(errorsFromTarget(tail!, 5)).toBe(2);
});

test('the sentences and tables of a comparison on markets', () => {
  expect(textOf(answerOf(onMarkets))).toBe(
    'The ranking stands by bad debt ladder before flat (in 90 % [82 %, 98 %] of the markets); the other 1 of 2 rankings depend ' +
      'on the market. 39 of 40 markets drawn from draws.yaml, 2 runs of each.',
  );
  const [rankings, debt] = tablesOf(onMarkets, false);
  expect(rankings!.rows[0]!.slice(0, 2)).toEqual(['bad debt', 'ladder (1.20 M USDT), flat (3.40 M USDT)']);
  expect(rankings!.rows.map((row) => row[3])).toEqual(['yes', 'no']);
  expect(debt!.rows[0]!.slice(0, 2)).toEqual(['ladder over flat', 'robust']);
});
