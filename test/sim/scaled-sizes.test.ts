// An open interest scales the sizes of a group, and each stays within the limit of its law.
import { expect, test } from 'vitest';
import { expandSeed } from '../../src/core/seed.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { group, scenarioOf, tableOf } from './by-hand.ts';

function sizes(totalSize: number, max?: number): number[] {
  const size = { kind: 'pareto' as const, least: 2, alpha: 1.2, ...(max === undefined ? {} : { max }) };
  const simulation = new Simulation(
    scenarioOf({ groups: [group('leveraged-holder', 200, { totalSize, params: { size, leverage: 2 } })] }),
  );
  simulation.start(expandSeed('sizes'));
  return Array.from(tableOf(simulation, 'leveraged-holder')['size']!);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

test('they sum to the open interest, without a limit and with one', () => {
  const free = sizes(20_000);
  expect(Math.abs(sum(free) - 20_000)).toBeLessThan(200); // rounded to lots
  expect(Math.max(...free)).toBeGreaterThan(400);
  const limited = sizes(20_000, 400);
  expect(Math.abs(sum(limited) - 20_000)).toBeLessThan(200);
  expect(Math.max(...limited)).toBe(400);
});

test('where the limit leaves no room for it, all are at the limit', () => {
  expect(new Set(sizes(100_000, 50))).toEqual(new Set([50]));
});
