// What a slider turns, and nothing else.
import { expect, test } from 'vitest';
import { AS_WRITTEN } from '../../src/replay/settings.ts';
import { turned } from '../../src/replay/turn.ts';
import { rehearsed, smallExperiment } from './small.ts';

const experiment = smallExperiment();
const hashOf = (settings: Partial<typeof AS_WRITTEN>): string =>
  rehearsed({
    experiment: turned(experiment, { ...AS_WRITTEN, ...settings }),
    policy: 'flat',
    shock: 0,
    run: 1,
  }).hash;

test('as written is as written', () => {
  expect(hashOf({})).toBe(rehearsed({ experiment, policy: 'flat', shock: 0, run: 1 }).hash);
});

test('each setting changes its own part', () => {
  const twice = turned(experiment, {
    leverage: 2,
    openInterest: 3,
    depth: 2,
    shock: 0.5,
    ladder: 'call-then-full',
  });
  const [before, after] = [experiment, twice].map(({ groups }) =>
    groups.find(({ name }) => name === 'longs')!,
  );
  const law = after!.params['leverage'] as { mu: number; sigma: number; max: number };
  expect(law.mu).toBeCloseTo(2.8 + Math.LN2, 12);
  expect([law.sigma, law.max]).toEqual([0.5, 30]);
  expect(after!.params['reserve']).toEqual(before!.params['reserve']);
  expect(after!.totalSize).toBe(3 * before!.totalSize!);
  expect(twice.venues[0]!.instruments[0]!.bids.lots[0]).toBe(
    2 * experiment.venues[0]!.instruments[0]!.bids.lots[0]!,
  );
  expect(twice.shocks[0]!.shocks[0]!['notional']).toBe(12e6);
  expect(Object.values(twice.policies).map(([rules]) => rules!.policy.ladder)).toEqual([
    'call-then-full',
    'call-then-full',
  ]);
  const noise = (one: typeof experiment) => one.groups.find(({ name }) => name === 'noise')!.params['size'];
  expect(noise(twice)).not.toEqual(noise(experiment));
});

test('each setting changes the run', () => {
  const hashes = [
    {},
    { leverage: 2 },
    { openInterest: 2 },
    { depth: 2 },
    { shock: 2 },
    { ladder: 'call-then-full' },
  ].map(hashOf);
  expect(new Set(hashes).size).toBe(hashes.length);
});
