/** Tables keep within their width, whatever they hold, and all of them are drawn in one place. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { estimateCell, plain } from '../../src/report/words/numbers.ts';
import { tableOfRows } from '../../src/cli/report/table.ts';
import { repository } from './unwind.ts';

test('no other file draws tables', () => {
  const files = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/${file}`);
  const drawing = files.filter((file) =>
    readFileSync(join(repository, file), 'utf8').includes("'cli-table3'"),
  );
  expect(drawing).toEqual(['src/cli/report/table.ts']);
});

test('long cells are broken between words, and columns without room go on below', () => {
  const text =
    'a message that says what went wrong and where it did, with what would do instead, in a sentence';
  const drawn = tableOfRows(['run', 'error', 'seed'], [['0', text, '-5']], { width: 80 });
  const lines = drawn.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  for (const word of text.split(' ')) expect(drawn).toContain(word);
  expect(drawn).toContain('−5');
  expect(lines.filter((line) => line.includes(' run '))).toHaveLength(2);
});

test('an estimate without an interval has none, also where a file gave null for it', () => {
  expect(estimateCell({ value: 1.5, low: NaN, high: NaN }, plain)).toBe('1.50');
  expect(estimateCell({ value: 1.5, low: null, high: null } as never, plain)).toBe('1.50');
});
