// What stands beside results: no fact is refuted by a value whose interval is not.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { factsReport } from '../../../src/cli/report/facts.ts';
import { EXPERIMENTS } from '../../../src/experiment/package-folder.ts';
import { besideOf, factsBeside } from '../../../src/lab/scorecard/facts-beside.ts';
import { scorecard } from '../../../src/lab/scorecard/facts.ts';
import type { JudgedFact } from '../../../src/scorecard/facts/judge.ts';
import { readExperiment } from '../../../src/models/experiment.ts';

const fact = (name: string, value: [number, number, number], over: Partial<JudgedFact> = {}): JudgedFact => ({
  name,
  about: '',
  format: 'number',
  kind: 'stretches',
  range: { low: 2, high: 5 },
  value: { value: value[0], low: value[1], high: value[2] },
  holds: value[0] >= 2 && value[0] <= 5,
  runs: [],
  refuted: [],
  ...over,
});

test('a fact holds, is refuted by its interval, or stays open', () => {
  const beside = besideOf('flat', {
    ...{ seed: 's', runs: 4, judged_s: 240, warm_up_s: 60, held: 1, quiet_runs: 4 },
    facts: [
      fact('inside', [4.9, 4, 9]),
      fact('reaches in', [5.1, 4, 9]),
      fact('above', [6, 5.1, 9]),
      fact('below', [1, 0.5, 1.9]),
      fact('without an interval', [6, NaN, NaN]),
      fact('of nothing', [NaN, NaN, NaN]),
      fact('the worst run', [6, NaN, NaN], { kind: 'worst' }),
    ],
    unjudged: [{ name: 'stationary: depth', least_s: 960 }],
  });
  expect(beside.facts.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['inside', 'holds'],
    ['reaches in', 'open'],
    ['above', 'refuted'],
    ['below', 'refuted'],
    ['without an interval', 'open'],
    ['of nothing', 'open'],
    ['the worst run', 'refuted'],
  ]);
  expect(beside).toMatchObject({ policy: 'flat', runs: 4, judged_s: 240, unjudged: ['stationary: depth'] });
});

test.each(['bench.yaml', 'validation/solvable-cascade.yaml'])('%s does not ask for it', async (file) => {
  const experiment = readExperiment(join(EXPERIMENTS, file));
  expect(await factsBeside(experiment, { workers: 1 })).toBeUndefined();
});

test('what stands on another market asks for what that asks for', () => {
  expect(readExperiment(join(EXPERIMENTS, 'lcst.yaml'))).toMatchObject({ facts: { runs: 5, for: 300e6 } });
});

test('of several venues the first is judged, and named wherever its facts are told', () => {
  const experiment = readExperiment(join(EXPERIMENTS, 'two-venues.yaml'));
  const alone = readExperiment(join(EXPERIMENTS, 'lcst.yaml'));
  if (experiment.model !== 'market' || alone.model !== 'market') throw new Error('they are markets');
  const card = scorecard(experiment, []);
  expect(card.venue).toBe('A');
  expect(besideOf('binance', card).policy).toBe('binance at A');
  expect(factsReport(card).split('\n')[0]).toMatch(
    /without a shock, at venue A, the first · seed two venues$/,
  );
  expect(scorecard(alone, [])).not.toHaveProperty('venue');
});
