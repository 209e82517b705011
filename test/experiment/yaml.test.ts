/** YAML of every kind: aliases and merge keys mean what they say, what is no experiment is refused in a line, nothing vanishes. */
import { join } from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { readExperiment } from '../../src/models/experiment.ts';
import { Source } from '../../src/experiment/source.ts';
import { bench } from './fixtures/experiment.ts';

const { errorOf, market } = bench();
const folder = mkdtempSync(join(tmpdir(), 'unwind-yaml-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function valueOf(text: string): unknown {
  const source = new Source('f.yaml', text);
  expect(source.complaints).toEqual([]);
  return source.value();
}

/** `3:5 what is wrong`, a line each. */
function complaintsOf(text: string): string[] {
  return new Source('f.yaml', text).complaints.map(({ label, what }) => `${label.slice(7)} ${what}`);
}

/** What reading a file of these bytes says. */
function refusal(bytes: Uint8Array): string {
  writeFileSync(join(folder, 'a.yaml'), bytes);
  try {
    readExperiment(join(folder, 'a.yaml'));
  } catch (error) {
    if (error instanceof ConfigError) return error.describe().replaceAll(`${folder}/`, '');
    throw error;
  }
  throw new Error('it was read without an error');
}

describe('aliases', () => {
  const SHARED = `policies:\n  flat: { margin: &m { rule: flat, leverage: 10 } }\n  other: { margin: *m }`;
  const leverages = (...sets: string[]): unknown[] => {
    const { policies } = market('policies:\n  flat: { margin: { rule: flat, leverage: 10 } }', SHARED, {
      sets,
    });
    return ['flat', 'other'].map((name) => policies[name]![0]!.policy.margin['leverage' as never]);
  };

  test('a change to what carries an anchor changes nothing elsewhere, nor one to an alias', () => {
    expect(leverages()).toEqual([10, 10]);
    expect(leverages('policies.flat.margin={ rule: flat, leverage: 20 }')).toEqual([20, 10]);
    expect(leverages('policies.flat.margin.leverage=20')).toEqual([20, 10]);
    expect(leverages('policies.other.margin.leverage=20')).toEqual([10, 20]);
    expect(leverages('policies.other.margin={ rule: flat, leverage: 20 }')).toEqual([10, 20]);
  });

  test('one anchor may be used a thousand times', () => {
    const value = valueOf(`a: &a { b: [1, 2] }\nall: [${'*a, '.repeat(1000)}]`) as { all: unknown[] };
    expect(value.all).toHaveLength(1000);
    expect(value.all[999]).toEqual({ b: [1, 2] });
  });

  test('a value that grows tenfold with each line is refused at once', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]`);
    expect(complaintsOf(['a0: &a0 1', ...lines].join('\n'))).toEqual([
      '7:10 is too large: a file has at most 200,000 values, aliases put in full',
    ]);
  });

  test('an alias inside of what it names, and one without an anchor', () => {
    expect(complaintsOf('a: &x [1, { b: *x }]\nc: *y')).toEqual([
      '1:16 *x stands inside of &x itself',
      '2:4 there is no anchor &y above',
    ]);
  });

  test('the last anchor of a name counts, and an anchor on a key is its text', () => {
    expect(valueOf('a: &x 1\nb: *x\nc: &x 2\nd: *x\n&k key: 1\ne: *k')).toEqual({
      ...{ a: 1, b: 1, c: 2, d: 2 },
      ...{ key: 1, e: 'key' },
    });
  });

  test('<< fills in what a map does not say itself', () => {
    const maps = 'one: &one { x: 1, y: 1 }\ntwo: &two { y: 2, z: 2 }\n';
    expect(valueOf(`${maps}a: { <<: *one, y: 3 }\nb: { <<: [*two, *one] }`)).toMatchObject({
      a: { x: 1, y: 3 },
      b: { x: 1, y: 2, z: 2 },
    });
    expect(valueOf('a: { "<<": 1 }')).toEqual({ a: { '<<': 1 } });
    expect(complaintsOf('a: { <<: 3 }')).toEqual(['1:6 << needs a map, or a list of maps']);
  });
});

describe('names', () => {
  test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])('a policy named %s is one', (name) => {
    const { policies } = market('flat:', `${name}:`);
    expect(Object.keys(policies)).toEqual([name, 'tiers']);
    expect(policies[name]![0]!.policy.margin['rule']).toBe('flat');
    expect(policies[name]![0]!.trading).toHaveLength(1);
  });

  test('__proto__ is refused with its place, wherever it stands', () => {
    expect(errorOf('flat:', '__proto__:')).toBe(
      'small.yaml:16:3  policies.__proto__: __proto__ cannot be a name',
    );
    expect(errorOf('order: 2 ms', '"__proto__": 1')).toBe(
      'small.yaml:8:14  market.latency.__proto__: __proto__ cannot be a name',
    );
    for (const set of ['__proto__.x=1', 'policies.__proto__={}', 'market.__proto__.money=EUR'])
      expect(errorOf('', '', { sets: [set] })).toBe(`--set ${set}  __proto__ cannot be a name`);
    expect(errorOf('', '', { sets: ['shock={__proto__: 1}'] })).toBe(
      '--set shock={__proto__: 1}  the value: __proto__ cannot be a name',
    );
  });

  test('no unit is a property that objects have anyway', () => {
    expect(errorOf('over: 5 s', 'over: 5 constructor')).toContain('shock.over: needs a time with its unit');
    expect(errorOf('count: 3', 'count: 3, params: { rate: 2 per constructor }')).toContain(
      'population[0].params.rate: needs a rate such as 2 per s',
    );
    expect(errorOf('tick:', 'index: { volatility: 60 % per constructor }, tick:')).toContain(
      'volatility: needs a volatility such as 60 % per year',
    );
  });
});

describe('bytes', () => {
  const text = (written: string) => new TextEncoder().encode(written);
  const utf16 = (written: string) => Uint8Array.from([0xff, 0xfe, ...Buffer.from(written, 'utf16le')]);

  test.each<[string, Uint8Array, string]>([
    ['UTF-16', utf16('runs: 1'), 'a.yaml:1:1  is UTF-16; save it as UTF-8'],
    [
      'Latin-1',
      Uint8Array.from([...text('a: 日\nb: x'), 0xe9, ...text('y')]),
      'a.yaml:2:5  is not UTF-8: it has the byte 0xe9; save it as UTF-8',
    ],
    [
      'a character cut off at the end',
      text('a: 日').subarray(0, 5),
      'a.yaml:1:4  is not UTF-8: it has the byte 0xe6; save it as UTF-8',
    ],
    ['NUL', text('a: 1\nb: \0'), 'a.yaml:2:4  holds the character U+0000, which no text has'],
    [
      'nothing',
      text(''),
      'a.yaml:1:1  the file is empty; an experiment is a map of question, seed, runs, and a model’s blocks',
    ],
    [
      'a comment',
      text('# to do\n'),
      'a.yaml:1:1  the file is empty; an experiment is a map of question, seed, runs, and a model’s blocks',
    ],
    [
      'a scalar',
      text('hello'),
      'a.yaml:1:1  an experiment is a map of question, seed, runs, and a model’s blocks, got hello',
    ],
    [
      'two documents',
      text('a: 1\n---\nb: 2\n'),
      'a.yaml:3:1  a second document begins (after ---); a file holds one',
    ],
  ])('%s', (_, bytes, message) => {
    expect(refusal(bytes)).toBe(message);
  });

  test('a byte-order mark is no part of the text', () => {
    expect(refusal(Uint8Array.from([0xef, 0xbb, 0xbf, ...text('runs: x')]))).toMatch(
      /^a.yaml:1:1 {2}there is no model/,
    );
  });
});

describe('size and form', () => {
  const TOO_LARGE = '1:1 is too large: a file has at most 200,000 values, aliases put in full';
  const TOO_DEEP = 'lists and maps stand in each other more than 100 deep';

  test('millions of values are refused before they are read', () => {
    const before = performance.now();
    expect(complaintsOf(`a: [${'1,'.repeat(2_000_000)}]`)).toEqual([TOO_LARGE]);
    expect(performance.now() - before).toBeLessThan(5000); // was 25 s
  });

  test('a map of 20,000 keys takes no time', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `k${i}: ${i}`).join('\n');
    expect(Object.keys(valueOf(text) as object)).toHaveLength(20_000);
  });

  test.each([
    '['.repeat(50_000),
    '- '.repeat(50_000),
    '{a: '.repeat(50_000),
    `${'['.repeat(200)}${']'.repeat(200)}`,
  ])('what is nested deeply is refused, case %#', (text) => {
    expect(complaintsOf(text)[0]).toMatch(new RegExp(`^1:\\d+ ${TOO_DEEP}$`));
  });

  test('all that is no YAML is told, by place', () => {
    expect(complaintsOf('a:\n\t- 1\nb: 1: 2\n')).toEqual([
      '2:1 not valid YAML: Tabs are not allowed as indentation',
      '3:4 not valid YAML: Nested mappings are not allowed in compact mappings',
    ]);
    expect(complaintsOf('? [a]\n: 1')).toEqual(['1:3 a key must be a text']);
    expect(complaintsOf('a: !!binary aGVsbG8=')).toEqual([
      '1:4 unresolved tag: tag:yaml.org,2002:binary; tags are not understood here',
    ]);
  });

  test('values mean the same under every version of YAML', () => {
    expect(valueOf('%YAML 1.1\n---\na: yes\nb: 1:30\nc: 010')).toEqual({ a: 'yes', b: '1:30', c: 10 });
  });
});
