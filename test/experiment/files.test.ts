/** The experiments of this repository are read, fit the JSON schema, and make scenarios; numbers in words. */
import { isDeepStrictEqual } from 'node:util';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  cells,
  compileScenario,
  experimentJsonSchema,
  percent,
  readExperiment,
  shortDuration,
  shortNumber,
} from '../../src/models/experiment.ts';
import { assertExact } from '../../src/sim/scenario/scenario.ts';

describe('the experiments in this repository', () => {
  const files = readdirSync('experiments', { recursive: true, encoding: 'utf8' })
    // Those are parts of policies, and samples of markets.
    .filter((name) => name.endsWith('.yaml') && !/^(presets|posterior)\//.test(name))
    .map((name) => `experiments/${name}`);

  test('are there', () => {
    expect(files).toContain('experiments/lcst.yaml');
    expect(files).toContain('experiments/validation/solvable-cascade.yaml');
  });

  test.each(files)('%s is read without an error', (file) => {
    const experiment = readExperiment(file);
    // Not by `toEqual`, which takes seconds for the numbers of a price file.
    expect(isDeepStrictEqual(structuredClone(experiment), experiment)).toBe(true);
    if (experiment.model !== 'market') return;
    for (const cell of cells(experiment)) assertExact(compileScenario(experiment, cell));
  });

  const schema = z.fromJSONSchema(experimentJsonSchema());

  test.each(files)('%s fits the JSON schema, and does not with a key too many', (file) => {
    const plain = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(schema.safeParse(plain).error).toBeUndefined();
    expect(schema.safeParse({ ...plain, untill: 1 }).success).toBe(false);
  });
});

describe('the JSON schema', () => {
  const text = JSON.stringify(experimentJsonSchema());

  test.each([
    'sell-programme',
    'market-maker',
    'ewma-var',
    'call',
    'write-off',
    'smoothed',
    'solvable',
    'lognormal',
  ])('knows %s', (name) => {
    expect(text).toContain(`"${name}"`);
  });

  test('writes defaults as a user would', () => {
    expect(text).toContain('"default":"5 s"');
    expect(text).not.toContain('5000000');
  });
});

test('numbers in words', () => {
  expect([60e6, 1.5e9, 1234, 250, 0.5, -2e6].map(shortNumber)).toEqual([
    '60 M',
    '1.5 G',
    '1.23 k',
    '250',
    '0.5',
    '-2 M',
  ]);
  expect([0, 90e6, 600e6, 100_000, 3, 86_400e6].map(shortDuration)).toEqual([
    '0',
    '90 s',
    '10 min',
    '100 ms',
    '3 us',
    '1 d',
  ]);
  expect(percent(-0.05)).toBe('-5 %');
});
