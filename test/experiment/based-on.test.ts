// An experiment on another one's market and traders: what it gets, what stays its own, and where mistakes are told.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { MarketExperiment } from '../../src/models/experiment.ts';
import { readExperiment } from '../../src/models/experiment.ts';
import { locate } from '../../src/models/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-based-on-'));
afterAll(() => rmSync(folder, { recursive: true }));

const BASE = `
question: What is the ground?
seed: ground
runs: 7
until: 1 min
market:
  instruments:
    - { name: BTC, tick: 1 USDT, lot: 1 BTC, book: { snapshot: book.csv } }
    - { name: ETH, tick: 1 USDT, lot: 1 ETH, price: 100, book: { flat: { lots_per_tick: 5, ticks: 50 } } }
  latency: { order: 1 ms, mark: 9 ms }
population:
  - { kind: noise, count: 3 }
  - { kind: noise, name: crowd, count: 4, params: { rate: 1 per s, size: 2 BTC } }
policies:
  own: { margin: { rule: flat, leverage: 5 } }
`;

const ON = `
question: What stands on it?
seed: own
runs: 2
until: 1 min
based_on: ground/base.yaml
market: { latency: { mark: 5 ms } }
population:
  - { name: crowd, params: { rate: 3 per s } }
  - { kind: value, count: 2 }
policies:
  mine: { margin: { rule: flat, leverage: 20 } }
`;

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(join(folder, 'ground'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

write('ground/base.yaml', BASE);
write('ground/book.csv', 'side,price,quantity\nbid,99,5\nask,101,5\n');

function read(text: string, sets: string[] = []): MarketExperiment {
  return readExperiment(write('on.yaml', text), { sets }) as MarketExperiment;
}

function refusal(text: string, sets: string[] = []): string {
  try {
    read(text, sets);
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
  return 'none';
}

const groupsOf = ({ groups }: MarketExperiment) => groups.map(({ name, count }) => `${count} ${name}`);

describe('an experiment that is based on another', () => {
  test('has its market and traders, and its own question, policies, seed and runs', () => {
    const experiment = read(ON);
    const { question, seed, runs, policies } = experiment;
    const { latency, instruments } = experiment.venues[0]!;
    expect([question, seed, runs]).toEqual(['What stands on it?', 'own', 2]);
    expect(Object.keys(policies)).toEqual(['mine']);
    expect([latency.order_us, latency.mark_us]).toEqual([1000, 5000]);
    expect(instruments.map(({ name }) => name)).toEqual(['BTC', 'ETH']);
    expect(groupsOf(experiment)).toEqual(['3 noise', '4 crowd', '2 value']);
    expect(experiment.groups[1]!.params).toMatchObject({ rate: { value: 3 }, size: { value: 2 } });
  });

  test('is the same as the file that says all of it itself', () => {
    const rest = ON.replace(/based_on.*\n/, '').replace(/market:.*\n/, '');
    const whole =
      `${rest.slice(0, rest.indexOf('population:'))}${BASE.slice(BASE.indexOf('market:'), BASE.indexOf('policies:'))}`
        .replace('book.csv', 'ground/book.csv')
        .replace('mark: 9 ms', 'mark: 5 ms')
        .replace('rate: 1 per s', 'rate: 3 per s')
        .concat('  - { kind: value, count: 2 }\n', ON.slice(ON.indexOf('policies:')));
    const market = ({ venues, groups, policies }: MarketExperiment) =>
      JSON.stringify({ venues, groups, policies });
    expect(market(read(whole))).toBe(market(read(ON)));
  });

  test('changes an instrument by its name', () => {
    const own = 'market: { instruments: [{ name: ETH, price: 200 }] }';
    const { instruments } = read(ON.replace('market: { latency: { mark: 5 ms } }', own)).venues[0]!;
    expect(instruments.map(({ name, price }) => [name, price])).toEqual([
      ['BTC', 100],
      ['ETH', 200],
    ]);
  });

  test('may stand on one that stands on another', () => {
    write('ground/middle.yaml', 'based_on: base.yaml\npopulation: [{ name: crowd, count: 9 }]\n');
    expect(groupsOf(read(ON.replace('base.yaml', 'middle.yaml')))).toEqual(['3 noise', '9 crowd', '2 value']);
  });

  test('is read again from what was kept, whatever its base is now', () => {
    const { contents, file } = read(ON);
    expect([...contents.keys()].map((name) => name.replace(`${folder}/`, ''))).toEqual([
      'on.yaml',
      'ground/base.yaml',
      'ground/book.csv',
    ]);
    write('ground/base.yaml', 'gone: true');
    try {
      expect(groupsOf(readExperiment(file, { contents }) as MarketExperiment)).toHaveLength(3);
    } finally {
      write('ground/base.yaml', BASE);
    }
  });
});

describe('names in paths', () => {
  test('address an entry of a list by its name or kind', () => {
    const sets = ['population.crowd.count=11', 'population.noise.count=12', 'population[2].count=13'];
    expect(groupsOf(read(ON, sets))).toEqual(['12 noise', '11 crowd', '13 value']);
    expect(read(ON, ['market.instruments.ETH.price=300']).venues[0]!.instruments[1]!.price).toBe(300);
    expect(locate(join(folder, 'on.yaml'), ['population', 1, 'count'])).toBe(
      `${join(folder, 'ground/base.yaml')}:13:40`,
    );
  });

  test('that no entry has are told', () => {
    expect(refusal(ON, ['population.crwd.count=11'])).toBe(
      '--set population.crwd.count=11  population: has 3 entries, numbered from 0; there is no entry crwd; did you mean crowd?',
    );
  });
});

describe('mistakes are told where they are', () => {
  test.each([
    [ON.replace('ground/base', 'ground/bse'), 'on.yaml:6:11  based_on: no such file: ground/bse.yaml'],
    [ON.replace('ground/base.yaml', '[1]'), 'on.yaml:6:11  based_on: needs the name of an experiment file'],
    [
      ON.replace('ground/base.yaml', 'on.yaml'),
      'on.yaml:6:11  based_on: on.yaml: more than 8 files on one another',
    ],
    [
      ON.replace('ground/base.yaml', '/etc/hostname'),
      "on.yaml:6:11  based_on: /etc/hostname is outside of the experiment's folder; copy it there, or allow its folder: --data-root /etc",
    ],
  ])('%#', (text, told) => {
    expect(refusal(text)).toBe(told);
  });

  test('in the base', () => {
    write(
      'ground/bad.yaml',
      BASE.replace('count: 3', 'count: many').replace('tick: 1 USDT', 'tick: -1 USDT'),
    );
    const lines = refusal(ON.replace('base.yaml', 'bad.yaml').replace('count: 2', 'count: few')).split('\n');
    expect(lines.map((line) => line.split(': ')[0])).toEqual([
      'on.yaml:10:27  population[2].count',
      'ground/bad.yaml:8:26  market.instruments[0].tick',
      'ground/bad.yaml:12:27  population[0].count',
    ]);
    write('ground/odd.yaml', 'market: [1, 2');
    expect(refusal(ON.replace('base.yaml', 'odd.yaml'))).toMatch(
      /^on\.yaml:6:11 {2}based_on: ground\/odd\.yaml:1:/,
    );
    write('ground/scalar.yaml', 'just a text');
    expect(refusal(ON.replace('base.yaml', 'scalar.yaml'))).toBe(
      'on.yaml:6:11  based_on: ground/scalar.yaml is no experiment',
    );
  });
});
