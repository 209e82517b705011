/** Text for a terminal keeps within its width, breaks between words, and writes numbers in one way. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { minus, percent, timeText } from '../../src/report/words/numbers.ts';
import { table } from '../../src/cli/report/table.ts';
import { definitions, wrapped, wrappedCommand } from '../../src/cli/report/text.ts';
import { widthOf } from '../../src/cli/report/width.ts';
import { shellCommand } from '../../src/lab/store/shell-command.ts';

const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

test.each([80, 120, 200])('a table of many columns keeps within %d columns, each column once', (width) => {
  const heads = Array.from({ length: 26 }, (_, i) => `metric ${i}\nof all`);
  const columns = heads.map((head) => ({ head, cells: ['1,000\n[-1, 2,000,000]', '2'] }));
  const text = table({ head: 'policy', cells: ['flat-20x', 'var-floor'] }, columns, { width });
  expect(widest(text)).toBeLessThanOrEqual(width);
  for (let i = 0; i < 26; i++) expect(text.match(new RegExp(`metric ${i} `, 'g'))).toHaveLength(1);
  const parts = text.match(/│ policy/g)!.length;
  expect(text.match(/flat-20x/g)).toHaveLength(parts);
  expect(text).toContain('[−1, 2,000,000]');
});

test('the width of a terminal is at least 80, that of a pipe 120', () => {
  expect([40, 80, 200].map((columns) => widthOf({ isTTY: true, columns }))).toEqual([80, 80, 200]);
  expect(widthOf({})).toBe(120);
});

test('lines are broken between words', () => {
  expect(wrapped('one two three four', 9, 2)).toBe('one two\n  three\n  four');
  expect(wrapped('\u001b[33mone two\u001b[39m three', 13)).toBe('\u001b[33mone two\u001b[39m three');
  expect(wrapped('extraordinarily long', 5)).toBe('extraordinarily\nlong');
  expect(
    definitions(
      [
        ['a', 'one two three'],
        ['long', 'x'],
      ],
      16,
    ),
  ).toBe('  a     one two\n        three\n  long  x');
});

test('a number and its unit stay on one line, and a path is cut between its names', () => {
  expect(wrapped('sale of 40 M USDT in 20 s', 24)).toBe('sale of 40 M USDT in\n20 s');
  const cells = ['population[3].params.leverage.lognormal[0]'];
  const text = table({ head: 'setting', cells }, [{ head: 'x', cells: ['1'] }], { width: 44 });
  expect(text).toContain('│ population[3].   │');
  expect(text).toContain('│ params.leverage. │');
  expect(text).toContain('│ lognormal[0]     │');
});

test('a command that is broken can still be copied', () => {
  const command = shellCommand('query', 'my results', "select 'a b' from runs", '--csv');
  const text = wrappedCommand(command, 40, 4);
  expect(text).toBe(
    [
      "    npx unwind query 'my results' \\",
      String.raw`      'select '\''a b'\'' from runs' \ `.trimEnd(),
      '      --csv',
    ].join('\n'),
  );
  const words = spawnSync('sh', ['-c', text.replace('npx unwind', 'printf "%s\\n"')], { encoding: 'utf8' });
  expect(words.stdout.trimEnd().split('\n')).toEqual([
    'query',
    'my results',
    "select 'a b' from runs",
    '--csv',
  ]);
});

test('times are told in words', () => {
  expect([0.51, 9.9, 12.4, 60, 200, 3600, 7500].map(timeText)).toEqual([
    '0.5 s',
    '9.9 s',
    '12 s',
    '1 min',
    '3 min 20 s',
    '1 h',
    '2 h 5 min',
  ]);
});

test('shares above all of it are grouped', () => {
  expect([0.0231, 0.23, 9.5, -44.623, NaN].map(percent)).toEqual([
    '2.31 %',
    '23.0 %',
    '950.0 %',
    '-4,462 %',
    '–',
  ]);
});

test('one minus sign, and hyphens stay', () => {
  expect(minus('flat-20x -0.5 [-1, -.2] ≥ -3')).toBe('flat-20x −0.5 [−1, −.2] ≥ −3');
});
