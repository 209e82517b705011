// Every kind of trader: one file, one test, one sentence of what it assumes, and where that is from.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { agents } from '../../agents/index.ts';

const folder = new URL('../../agents/', import.meta.url);
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .filter((file) => textOf(file).includes('export default defineAgent('));

test('has a file of its own', () => {
  expect(files.length).toBe(agents.length);
});

describe.each(files)('%s', (file) => {
  const text = textOf(file);
  const name = file.replace(/\.ts$/, '');

  test('says at its top what it is, and names its source', () => {
    expect(text).toMatch(/^\/\*\*.{30,}?\*\//s);
    expect(text).toMatch(/(?:Source: |source:).*?\((?:19|20)\d\d\)/s);
  });

  test('has one sentence', () => {
    const about = /\babout:\s*(?:'([^']*)'|`([^`]*)`)/s.exec(text);
    const sentence = about?.[1] ?? about?.[2] ?? '';
    expect(agents.map((agent) => agent.about)).toContain(sentence);
    expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
  });

  test('has a test of its own', () => {
    expect(existsSync(new URL(`./${name}.test.ts`, import.meta.url))).toBe(true);
  });
});

test('may be as short as twenty-two lines', () => {
  const lines = files.map((file) => textOf(file).trimEnd().split('\n').length);
  expect(Math.min(...lines)).toBeLessThanOrEqual(22);
});
