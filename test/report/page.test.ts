/** Reports: whose numbers are the results' own, whose texts do nothing, and that need nothing else. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runResults } from '../../src/cli/page/folder-results.ts';
import { reportOf } from '../../src/cli/page/write-report.ts';
import { answerOf } from '../../src/report/answer/index.ts';
import { textOf } from '../../src/report/answer/piece.ts';
import { figures } from '../../src/report/figures/index.ts';
import { pageOf } from '../../src/report/page/page.ts';
import { validationPage } from '../../src/report/page/validation.ts';
import type { Results, RunResults } from '../../src/report/results.ts';
import { repository } from '../cli/unwind.ts';
import { example, margins, sensitivity, tune } from './example.ts';

const page = (results: Results) => pageOf({ results, figures: [], lacks: [] });

/** A number as a text has it: `22.48 %` is .2248, `36 M` is 3.6e7; and the value of its last place. */
function numberOf(text: string): { readonly value: number; readonly place: number } {
  const [, digits = '', unit = ''] = /^(−?[\d,]+(?:\.\d+)?)(?: (%|[kMG]))?$/.exec(text) ?? [];
  expect(digits, text).not.toBe('');
  const scale = { '%': 0.01, k: 1e3, M: 1e6, G: 1e9, '': 1 }[unit]!;
  const plain = digits.replaceAll(',', '').replace('−', '-');
  const decimals = plain.split('.')[1]?.length ?? 0;
  const zeros = decimals > 0 ? 0 : (/0*$/.exec(plain)?.[0].length ?? 0);
  return { value: Number(plain) * scale, place: scale * 10 ** (zeros - decimals) };
}

describe('the report of experiments/lcst.yaml', () => {
  const folder = join(repository, 'results/reference/lcst');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, unknown>;
  const at = (path: string): { value: number; low: number | null; high: number | null } =>
    path
      .split('/')
      .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], manifest) as never;

  test('answers its question in two sentences; each number in them is the manifest’s', async () => {
    const html = await reportOf(runResults(folder, undefined));
    const [, answer = ''] = /<p class="answer">([\s\S]*?)<\/p>/.exec(html) ?? [];
    const words = answer
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
    expect(words.split(/(?<=[^\d]\.) (?=[A-Z])/)).toHaveLength(2);
    const quotes = [...answer.matchAll(/<data\s+value="([^"]+)"\s+data-from="([^"]+)"\s*>([^<]+)<\/data/g)];
    expect(quotes.length).toBeGreaterThanOrEqual(5);
    // No number stands outside of what can be traced, but for those of names and of the question itself.
    const rest = answer.replaceAll(/<data[\s\S]*?<\/data\s*>/g, '');
    expect(rest.match(/\d[\d.,]*/g)).toEqual(rest.match(/(?<=by −|flat-)\d[\d.]*/g));
    for (const [, value, from, text] of quotes) {
      const { value: known, low, high } = at(from!);
      expect(Number(value)).toBe(known);
      const [shown, ...bounds] = text!
        .match(/−?\d+(?:,\d{3})*(?:\.\d+)?(?: [%kMG](?![\w]))?/g)!
        .map(numberOf);
      expect(Math.abs(shown!.value - known)).toBeLessThanOrEqual(shown!.place / 2 + 1e-9);
      expect(bounds).toHaveLength(2);
      [low!, high!].forEach((bound, i) => {
        expect(Math.abs(bounds[i]!.value - bound)).toBeLessThanOrEqual(bounds[i]!.place / 2 + 1e-9);
      });
    }
  });

  test('has the terminal’s numbers in its tables', () => {
    const html = page(runResults(folder, undefined));
    const cells = [...html.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell]) =>
      cell!
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    );
    const shown = readFileSync(join(folder, 'result.txt'), 'utf8').split('\n');
    const row = shown.findIndex((line) => line.startsWith('│ binance'));
    const [values, intervals] = [shown[row]!, shown[row + 1]!].map((line) =>
      line.split('│').map((cell) => cell.trim()),
    );
    values!
      .slice(2, -1)
      .forEach((value, i) => expect(cells).toContain(`${value} ${intervals![i + 2]!}`.trim()));
  });
});

function withoutCapacity(results: RunResults): RunResults {
  const { summary } = results.manifest;
  const cells = summary.cells.map((cell) => {
    const { lac: _, lac_curve: __, ...metrics } = cell.metrics;
    return { ...cell, metrics };
  });
  return { ...results, manifest: { ...results.manifest, summary: { ...summary, cells } } };
}

describe('answers', () => {
  const JUDGED =
    'Of cost against safety (all shocks) one policy is not dominated: ladder (21.00 % [20.86 %, 21.14 %] of open interest posted ' +
    'as margin, 12 M [8 M, 16 M] USDT of bad debt a run); dominated: flat (20.00 % [19.86 %, 20.14 %], 36 M [32 M, 39 M]).';

  test('of several policies: how likely a cascade is, and who is dominated', () => {
    expect(textOf(answerOf(withoutCapacity(example())))).toBe(
      'A cascade (caused_drop >= 3 %) follows the shock “value changes by −5 %” with probability 0.00 [0.00, 0.12] under ladder ' +
        `and 1.00 [0.85, 1.00] under flat. ${JUDGED}`,
    );
  });

  test('of an experiment that asks what is absorbed: that', () => {
    expect(textOf(answerOf(example()))).toBe(
      'The largest forced sale that the market absorbs with probability 0.95 is, in USDT, 100 M [60 M, 140 M] under flat and ' +
        `300 M [260 M, 340 M] under ladder. ${JUDGED}`,
    );
  });

  test('of margins, of settings and of a search', () => {
    expect(textOf(answerOf(margins))).toBe(
      'From its lowest to its highest a margin grows by a factor from 1.00 (flat) to 6.00 (ewma), of 2 margins. flat asks for ' +
        '10.0 % of notional on average and is breached in 2.0 % [1.2 %, 3.7 %] of periods; ewma asks for 10.0 % of notional on ' +
        'average and is breached in 2.0 % [1.2 %, 3.7 %] of periods.',
    );
    expect(textOf(answerOf(sensitivity))).toBe(
      'Over the ranges that were varied, the variance comes of bad_debt most from shock.change (total share 0.70 [0.58, 0.82]). ' +
        '16 points of 2 runs each, over 2 settings.',
    );
    expect(textOf(answerOf(tune))).toBe(
      '1 of 2 is not dominated: ladder (margin posted 21.00 % [20.86 %, 21.14 %], P(cascade) 0.30 [0.15, 0.42], bad debt 12 M ' +
        '[8 M, 16 M] USDT). 25 points of 10 runs were searched; 2 finalists and policies ran again 40 times on fresh seeds.',
    );
  });
});

test('the report of validations says what holds, and what does not', () => {
  const check = { what: 'a <mean>', target: 1.5, value: 1.49, standard_error: 0.01, tolerance: 0.03 };
  const checks = [
    { ...check, holds: true },
    { ...check, value: 2, holds: false },
  ];
  const html = validationPage([{ name: 'walk', about: 'V1', checks }], 'unwind validate walk');
  const words = html
    .replace(/<style>[\s\S]*<\/style>/, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
  expect(words).toContain('1 of 2 FAIL.');
  expect(words).toContain('a &lt;mean&gt; 1.500 1.490 0.01000 ± 0.03000 holds');
  expect(words).toContain('a &lt;mean&gt; 1.500 2 0.01000 ± 0.03000 FAILS');
});

describe('a page', () => {
  test('needs nothing else: no script, no address, and a policy that lets its own style through alone', () => {
    const html = page(example());
    expect(html).not.toMatch(/<script|javascript:|\son\w+=|<iframe|<link|<img|@import|url\(/i);
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html)!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  test('has what somebody wrote into results as text', () => {
    const evil = `<script>alert(1)</script><img src=x onerror='a()'>"&\u202e\u0007`;
    const html = page(example({ question: evil, policy: evil }));
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&#39;a()&#39;&gt;&quot;&amp;\ufffd\ufffd',
    );
  });

  test('has figures whose texts are escaped, too', async () => {
    const evil = '</svg><script>alert(1)</script>';
    let escaped = 0;
    const { svgOf } = await import('../../src/report/draw/svg.ts');
    for (const figure of figures.filter(({ of, question }) => of === 'market' && question === undefined)) {
      const svg = await svgOf(figure.draw(example({ policy: evil }), [])!.spec({ width: 720 }));
      expect(svg).not.toContain('<script');
      if (svg.includes('alert')) escaped++;
      expect(svg.match(/<\/svg>/g)).toHaveLength(1);
    }
    expect(escaped).toBeGreaterThanOrEqual(3);
  });

  test('is the same bytes each time', () => {
    expect(page(example())).toBe(page(example()));
  });

  test('says where results come from, what was measured and what assumed', () => {
    const html = page(example());
    for (const text of [
      'unwind run example.yaml',
      'f'.repeat(64),
      'data/book.csv',
      '1000 bids and 1000 asks',
      'runs=40',
    ])
      expect(html).toContain(text);
    expect(html).toContain('VaR95 of losses USDT');
    expect(html).toContain('LaR95: liquidated USDT');
  });
});
