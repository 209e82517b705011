// What the READMEs show is there and works: links lead somewhere, commands and their options exist, shown experiments are
// read, the shown trader is a file, and the shown screen has the policies and columns that the terminal shows.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { readExperiment } from '../src/models/experiment.ts';
import { helpOf } from './cli/help-of.ts';

const top = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(top, file), 'utf8');
const READMES = [
  'README.md',
  ...['agents', 'experiments', 'results', 'src', 'test'].flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md') && !file.includes('node_modules') && !file.includes('reference'))
      .map((file) => `${folder}/${file}`),
  ),
];

/** Code blocks of a language. */
const blocks = (file: string, language: string): string[] =>
  [...read(file).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map((match) => match[1]!);

const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.*)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );

test('the front door is short', () => {
  expect(Buffer.byteLength(read('README.md'))).toBeLessThanOrEqual(9216);
});

test.each(READMES)('every link of %s leads somewhere', (file) => {
  const broken = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(top, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
  expect(broken).toEqual([]);
});

test.each(READMES)('every path that %s names in code is there', (file) => {
  const named = [...read(file).matchAll(/`((?:src|test|agents|experiments)\/[\w./-]*)`/g)].map(
    (match) => match[1]!,
  );
  expect(named.filter((path) => !existsSync(join(top, path)))).toEqual([]);
});

describe('commands', () => {
  const shown = READMES.flatMap((file) =>
    [
      ...read(file)
        .replaceAll('\\\n', ' ')
        .matchAll(/npx unwind ([a-z]+)([^|#`\n]*)/g),
    ].map((match) => [match[1]!, match[2]!] as const),
  );
  const names = [...new Set(shown.map(([name]) => name))];
  const help = helpOf(names);

  test.each(names)('%s is there, with the options that are shown', (name) => {
    const text = help.get(name)!;
    expect(text).toMatch(new RegExp(`^unwind ${name}\\b`));
    const options = shown
      .filter(([one]) => one === name)
      .flatMap(([, rest]) => [...rest.matchAll(/\s--([a-z][a-z-]*)/g)].map((match) => match[1]!));
    expect(options.filter((option) => !text.includes(`--${option}`))).toEqual([]);
  });

  test('name experiments that are there', () => {
    const files = shown.flatMap(([, rest]) => [...rest.matchAll(/experiments\/[\w/-]+\.yaml/g)].map(String));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !existsSync(join(top, file)))).toEqual([]);
  });
});

test.each(READMES.filter((file) => blocks(file, 'yaml').length > 0))(
  '%s shows YAML without faults',
  (file) => {
    for (const block of blocks(file, 'yaml')) expect(parseDocument(block).errors).toEqual([]);
  },
);

test('the experiment of the front door is one', () => {
  const file = join(top, 'experiments/front-door.yaml');
  const contents = new Map([[file, Buffer.from(blocks('README.md', 'yaml')[0]!)]]);
  const experiment = readExperiment(file, { contents });
  expect(experiment).toMatchObject({ model: 'market', runs: 30, shocks: [{}, {}, {}] });
});

test('the shown trader is agents/dip-buyer.ts', () => {
  const shown = /```ts\n\/\/ agents\/dip-buyer\.ts\n(.*?)```/s.exec(read('agents/README.md'))?.[1];
  expect(read('agents/dip-buyer.ts')).toContain(shown);
});

test('the shown screen is one of experiments/lcst.yaml, as wide as a terminal', () => {
  const [title = '', ...lines] = blocks('README.md', 'text')[0]!.trimEnd().split('\n');
  const experiment = readExperiment(join(top, 'experiments/lcst.yaml'));
  if (experiment.model !== 'market') throw new Error('lcst.yaml is of a market');
  expect(experiment.shocks.map((shock) => shock.title.replace('-', '−'))).toContain(title);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  const firstCells = lines.map((line) => /^│ (\S+)/.exec(line)?.[1]).filter((cell) => cell !== undefined);
  const policies = Object.keys(experiment.policies);
  expect(firstCells).toEqual(['policy', ...policies, 'policy', ...policies]);
  const heads = lines.filter((line) => line.includes('│ policy')).join('');
  for (const head of ['P(cascade)', 'accounts', 'share of', 'amplification', 'bad debt'])
    expect(heads).toContain(`│ ${head} `);
});
