/** Settings of a policy that contradict each other are refused in one line with their place. */
import { expect, test } from 'vitest';
import { bench } from './fixtures/experiment.ts';

const { errorOf, write, read } = bench();

test.each([
  [
    'default-fund, own_capital: 5 }, { layer: default-fund',
    'waterfall[1]: brings its own capital, and stands in the list already',
  ],
  [
    'backstop, capital: 5 }, { layer: insurance }, { layer: backstop, capital: 6',
    'waterfall[2]: brings its own capital, and stands in the list already',
  ],
  [
    'write-off }, { layer: insurance',
    'waterfall[0]: must be the last layer: it leaves nothing to those after it, got a map',
  ],
])('a waterfall [{ layer: %s }]', (layers, message) => {
  const set = `policies.flat.waterfall=[{ layer: ${layers} }]`;
  expect(errorOf('', '', { sets: [set] })).toContain(`policies.flat.${message.replace(', got a map', '')}`);
});

test('two layers that bring nothing may stand twice', () => {
  const set =
    'policies.flat.waterfall=[{ layer: insurance, cap: 5 }, { layer: haircut }, { layer: insurance }]';
  expect(read('', '', { sets: [set] }).model).toBe('market');
});

test('tiers in the experiment and in a data file', () => {
  const doubled = '[[0, 50000, 0.004, 125, 0], [50000, 600000, 0.005, 100, 500]]';
  const jump = 'amount 500 makes the requirement jump at 50000; continuous would be 50';
  expect(errorOf('', '', { sets: [`policies.tiers.margin.tiers=${doubled}`] })).toContain(
    `policies.tiers.margin.tiers[1]: ${jump}`,
  );
  write('tiers.json', `{ "tiers": { "X": ${doubled} } }`);
  expect(errorOf('', '')).toContain(jump);
});
