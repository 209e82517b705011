/** The scripts of a page stay small: whoever opens a replay by a link waits for them. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const scriptOf = (name: string): Buffer => readFileSync(new URL(`../../dist/page/${name}`, import.meta.url));

test('the page and its worker take at most 300 kB compressed', () => {
  const bytes = ['main.js', 'worker.js'].map((name) => gzipSync(scriptOf(name)).length);
  expect(bytes[0]! + bytes[1]!).toBeGreaterThan(50_000);
  expect(bytes[0]! + bytes[1]!).toBeLessThanOrEqual(300_000);
});
