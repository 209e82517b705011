// A run in words: what it says is what the tables of the run say.
import { expect, test } from 'vitest';
import { showRun } from '../../src/replay/show.ts';
import { rehearsed, smallExperiment } from './small.ts';

const experiment = smallExperiment();
const script = { experiment, policy: 'flat', shock: 0, run: 1 } as const;
const player = rehearsed(script);
const { house } = player.view.venue;

test('the story is that of the run, in order of time', () => {
  const shown = showRun(script, house.calls.account[0]);
  expect(shown.hash).toBe(player.hash);
  const texts = shown.story.map(({ text }) => text);
  expect(texts).toContain(
    `first account that breaks: ${house.calls.account[0]!}, at a mark of ${priceOf(house.calls.mark[0]!)}`,
  );
  const accounts = new Set(house.liquidations.account.subarray(0, house.liquidationCount)).size;
  expect(
    texts.some((text) =>
      text.startsWith(`last forced order: ${house.liquidationCount} of ${accounts} accounts`),
    ),
  ).toBe(true);
  const times = shown.story.map(({ time_us }) => time_us);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const lowest = shown.story.find(({ text }) => text.startsWith('the mark is lowest'))!;
  const low = player.track.mark.reduce((a, b) => Math.min(a, b));
  expect(lowest.text).toContain(`lowest: ${priceOf(low)}, `);
  expect(shown.account!.calls[0]!.outcome).toBe('liquidated');
  expect(shown.largest).toHaveLength(10);
  expect(shown.ends.map(({ account }) => account)).toEqual(shown.largest.map(({ account }) => account));
});

test('there is no account beyond the last', () => {
  expect(() => showRun(script, 1e6)).toThrow('there is no account 1000000');
});

const priceOf = (ticks: number): string => (10 * ticks).toLocaleString('en-US');
