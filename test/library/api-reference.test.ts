// The reference of the library is what the source says, and everything of it is explained.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiReference, PAGE } from '../../.config/api-reference.js';
import { repository } from '../cli/unwind.ts';

test('src/library/API.md is as npm run api-reference renews it', () => {
  expect(readFileSync(join(repository, PAGE), 'utf8')).toBe(apiReference());
});

test('each function, class and type of experiments, results and worlds says what it is', () => {
  const [own] = readFileSync(join(repository, PAGE), 'utf8').split('## Plug-ins: traders');
  expect([...own!.matchAll(/^### (\w+)\n\n```/gm)].map(([, name]) => name)).toEqual([]);
});
