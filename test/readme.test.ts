/** The README's example of a trader is the file that it names, so it compiles and runs like any other kind. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the trader shown in the README is agents/dip-buyer.ts', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const file = readFileSync(new URL('../agents/dip-buyer.ts', import.meta.url), 'utf8');
  const shown = /```ts\n\/\/ agents\/dip-buyer\.ts\n(.*?)```/s.exec(readme)?.[1];
  expect(file).toContain(shown);
});
