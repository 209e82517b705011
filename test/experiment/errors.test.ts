/** What is wrong with an experiment file is said in one line that names the place, the path, and what would do. */
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { locate, readExperiment } from '../../src/models/experiment.ts';
import { models } from '../../src/models/files.ts';
import { bench } from './fixtures/experiment.ts';

const { errorOf, read } = bench();
const blocks = models.map(({ block }) => block);

type Case = readonly [from: string, to: string, message: string];

const NEEDS_TIME = 'needs a time with its unit, such as 100 ms or 5 s';

describe('keys and values', () => {
  test.each<Case>([
    ['until:', 'untill: 3 s\nuntil:', 'small.yaml:3:1  untill: unknown key; did you mean until?'],
    ['seed: s\n', 'sed: s\n', 'small.yaml:2:1  sed: unknown key; did you mean seed?'],
    ['until: 1 min\n', '', `small.yaml:1:1  until: missing, ${NEEDS_TIME}`],
    ['until: 1 min', 'until: 3', `small.yaml:3:8  until: ${NEEDS_TIME}, got 3`],
    ['until: 1 min', 'until: 0', 'small.yaml:3:8  until: must be at least 1 us and at most 3650 d, got 0'],
    ['until: 1 min', 'until: [3]', `small.yaml:3:8  until: ${NEEDS_TIME}, got [3]`],
    ['runs: 2', 'runs: 0', 'small.yaml:4:7  runs: needs a whole number of at least 1 and at most 1e8, got 0'],
    ['runs: 2', 'runs: 2.5', 'small.yaml:4:7  runs: needs a whole number, got 2.5'],
    ['runs: 2', 'runs: many', 'small.yaml:4:7  runs: needs a whole number, got many'],
    ['seed: s', 'seed: ""', 'small.yaml:2:7  seed: needs some text, got ""'],
    ['order: 2 ms', 'order: -2 ms', 'small.yaml:8:21  market.latency.order: must not be negative, got -2 ms'],
    ['order: 2 ms', 'ordr: 2 ms', 'small.yaml:8:14  market.latency.ordr: unknown key; did you mean order?'],
    [
      'order: 2 ms',
      'weather: 2 ms',
      'small.yaml:8:14  market.latency.weather: unknown key; known: order, mark, liquidation, notice',
    ],
    [
      'latency:',
      'capacity: { span: 1000 }\n  latency:',
      'small.yaml:8:21  market.capacity.span: must be a power of two of at least 1024, got 1000',
    ],
    ['market:', 'markt:', 'small.yaml:5:1  markt: unknown key; did you mean market?'],
    ['market:', 'other:', `small.yaml:1:1  there is no model: add a block named ${blocks.join(' or ')}`],
    [
      'market:',
      'solvable: {}\nmarket:',
      'small.yaml:5:1  solvable: there is market already; an experiment has one model',
    ],
    [
      'policies:',
      'systemic_when: often\npolicies:',
      'small.yaml:15:16  systemic_when: needs a condition such as liquidated_notional >= 10 % of open_interest ' +
        'within 60 s, got often',
    ],
    [
      'policies:',
      'systemic_when: liquidated_notional >= 10 foo of open_interest within 60 s\npolicies:',
      'small.yaml:15:16  systemic_when: needs a share such as 0.05 or 5 % above 0, got 10 foo',
    ],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });
});

describe('YAML', () => {
  test.each<Case>([
    ['policies:', 'seed: t\npolicies:', 'small.yaml:15:1  seed: this key appears twice'],
    [
      'leverage: 10',
      'leverage: 10, leverage: 20',
      'small.yaml:16:47  policies.flat.margin.leverage: this key appears twice',
    ],
    [
      'runs: 2',
      'runs: 2: 3',
      'small.yaml:4:7  not valid YAML: Nested mappings are not allowed in compact mappings',
    ],
    ['runs: 2', 'runs: *two', 'small.yaml:4:7  there is no anchor &two above'],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });

  test('an empty file', () => {
    const whole = 'an experiment is a map of question, seed, runs, and a model’s blocks';
    expect(errorOf(read('', '').source, '')).toBe(`small.yaml:1:1  the file is empty; ${whole}`);
    expect(errorOf(read('', '').source, '- 1')).toBe(`small.yaml:1:1  ${whole}, got - 1`);
  });

  test('a missing file', () => {
    expect(() => readExperiment('experiments/none.yaml')).toThrow('experiments/none.yaml  no such file');
  });
});

describe('the command line', () => {
  test.each([
    ['population.1.params.leverage=x', 'population[1].params.leverage: needs a number, got x'],
    ['population[1].params.leverge=3', 'population[1].params.leverge: unknown key; did you mean leverage?'],
    ['population.5.count=3', 'population: has 2 entries, numbered from 0; there is no entry 5'],
    ['until.x=3', 'until: holds 1 min, with no x in it'],
    ['policies.flatt.margin.leverage=3', 'policies: there is no policy flatt; did you mean flat?'],
    ['policis.flat.margin.leverage=3', 'policis: unknown key; did you mean policies?'],
    ['market.latency.notice=-5ms', 'market.latency.notice: must not be negative, got -5ms'],
    [
      'market.nothing=3',
      'market.nothing: unknown key; known: money, instruments, activity, common_jumps, collateral, latency, venues, capacity',
    ],
    ['runs=0', 'runs: needs a whole number of at least 1 and at most 1e8, got 0'],
    ['runs=[', 'the value is not valid YAML: Flow sequence must end with a ]'],
    ['runs', 'needs path=value, such as market.latency.order=5ms'],
    ['=3', 'needs path=value, such as market.latency.order=5ms'],
    [
      'policies.flat.margin.tiers=none.json',
      'policies.flat.margin.tiers: unknown key; known: leverage, maintenance_rate, rule, wrappers, spot_haircut, recompute, notice',
    ],
    ['shock.at=2 min', 'shock.at: is after the end of the run (until 1 min)'],
  ])('--set %s', (set, what) => {
    expect(errorOf('', '', { sets: [set] })).toBe(`--set ${set}  ${what}`);
  });

  test('--runs and --seed', () => {
    expect(errorOf('', '', { runs: 0 })).toBe(
      '--runs 0  runs: needs a whole number of at least 1 and at most 1e8, got 0',
    );
    expect(errorOf('', '', { runs: NaN })).toBe('--runs NaN  runs: needs a whole number, got NaN');
    expect(errorOf('', '', { seed: '' })).toBe('--seed   seed: needs some text, got ""');
  });
});

test('an error is a ConfigError that keeps its path, and describes itself as it is', () => {
  try {
    read('count: 3', 'count: x');
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).path).toEqual(['population', 0, 'count']);
    expect((error as ConfigError).describe()).toBe((error as ConfigError).message);
  }
});

test('a setting is found again after the file was read, or what is nearest to it', () => {
  const { file } = read('', '');
  expect(locate(file, ['market', 'latency', 'order'])).toBe(`${file}:8:21`);
  expect(locate(file, ['market', 'capacity', 'calls'])).toBe(`${file}:6:3`);
  const sets = ['market.capacity.calls=3'];
  expect(locate(file, ['market', 'capacity', 'calls'], sets)).toBe(`--set ${sets[0]!}`);
});
