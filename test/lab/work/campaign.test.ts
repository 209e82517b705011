/**
 * When enough is enough: decisions do not depend on who is done first, keep long runs as likely as short ones, and leave
 * intervals that hold the truth. Workers are played here, so that runs can take as long as they like.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rng } from '../../../src/core/rng.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { BatchResult } from '../../../src/lab/work/batch.ts';
import type { CampaignOptions } from '../../../src/lab/work/campaign.ts';
import { Campaign } from '../../../src/lab/work/campaign.ts';
import type { Batch } from '../../../src/lab/plan/plan.ts';
import { planBatches } from '../../../src/lab/plan/plan.ts';
import type { BatchRecord } from '../../../src/lab/store/journal.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import { meanInterval } from '../../../src/stats/intervals/mean.ts';
import { momentsOf } from '../../../src/stats/intervals/moments.ts';
import { wilson } from '../../../src/stats/intervals/proportion.ts';
import { ratioInterval } from '../../../src/stats/intervals/ratio.ts';
import { cascade } from '../../stats/samples.ts';

const NOTHING: BatchResult = { parts: [], failures: [] };

/** A campaign whose workers take as long for a batch as `seconds` says. */
function played(
  workers: number,
  seconds: (batch: Batch) => number,
  options: Omit<CampaignOptions, 'clock' | 'onRecord'>,
): { campaign: Campaign; given: Batch[] } {
  let now = 0;
  const given: Batch[] = [];
  const journal: BatchRecord[] = [];
  const campaign = new Campaign({ ...options, clock: () => now, onRecord: (record) => journal.push(record) });
  const busy: { batch: Batch; until: number }[] = [];
  const last: Batch[] = [];
  const hire = (): void => {
    while (busy.length < workers) {
      const batch = campaign.next(last.pop());
      if (batch === undefined) return;
      given.push(batch);
      busy.push({ batch, until: now + seconds(batch) });
    }
  };
  hire();
  while (busy.length > 0 && !campaign.isOver) {
    busy.sort((a, b) => b.until - a.until);
    const { batch, until } = busy.pop()!;
    now = until;
    last.push(batch);
    campaign.done(batch, NOTHING);
    hire();
  }
  expect(campaign.isOver).toBe(true);
  return { campaign, given };
}

const batchesOf = (campaign: Campaign): number[] => campaign.records.map(({ batch }) => batch);

test('which runs count does not depend on workers or on how long they take', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 20, max: 200 }),
      fc.integer({ min: 2, max: 50 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      fc.string(),
      (cells, runs, every, enough, workers, seed) => {
        const plan = planBatches(cells, runs, { every });
        const isEnough = (records: readonly BatchRecord[]) =>
          Math.max(...records.map(({ batch }) => plan[batch]!.round)) + 1 >= enough;
        const rng = createRng(seed);
        const { campaign, given } = played(workers, () => rng.exponential(1), { plan, isEnough });
        const rounds = Math.min(enough, Math.ceil(runs / every));
        expect(campaign.stop).toEqual({
          rounds,
          because: rounds < Math.ceil(runs / every) ? 'half_width' : 'runs',
        });
        expect(batchesOf(campaign)).toEqual(
          plan.filter(({ round }) => round < rounds).map(({ index }) => index),
        );
        expect(new Set(given).size).toBe(given.length);
      },
    ),
    { numRuns: 100 },
  );
});

test('going on from any part of the records ends in the same ones', () => {
  const plan = planBatches(3, 300, { every: 50 });
  const isEnough = (records: readonly BatchRecord[]) => records.length >= 4 * 24;
  const { campaign } = played(2, () => 1, { plan, isEnough });
  const rng = createRng('resume');
  for (let n = 0; n < 20; n++) {
    const records = [...campaign.records, ...campaign.surplus].filter(() => rng.chance(0.6));
    const again = played(3, () => rng.exponential(1), { plan, isEnough, records });
    expect(again.campaign.stop).toEqual({ rounds: 4, because: 'half_width' });
    expect(batchesOf(again.campaign)).toEqual(batchesOf(campaign));
    expect(again.given.every(({ index }) => !records.some(({ batch }) => batch === index))).toBe(true);
  }
});

test('a time ends between rounds, with what has begun; what ended is not taken up again', () => {
  const plan = planBatches(2, 1000, { every: 10 });
  const options = { plan, isEnough: () => false, budget_s: 100 };
  const { campaign, given } = played(3, () => 1, options);
  const { stop } = campaign;
  expect(stop?.because).toBe('time');
  expect(batchesOf(campaign)).toHaveLength(given.length);
  expect(given.length).toBe(plan.filter(({ round }) => round < stop!.rounds).length);
  const again = played(3, () => 1, { ...options, records: campaign.records });
  expect(again.given).toEqual([]);
  expect(again.campaign.stop).toEqual(stop);
});

/** Runs of the solvable cascade whose mean is 9, that take the longer the larger they are. */
const MEAN = 9;

function sizes(rng: Rng, n: number): number[] {
  return Array.from({ length: n }, () => cascade(rng, 0.9, 0.9).total);
}

test('runs that end early must not count more: a naive stop finds a third of the mean, ours the mean', () => {
  const [WORKERS, REPEATS] = [100, 200];
  const naive: number[] = [];
  const narrow: number[] = [];
  const timed: number[][] = [];
  const plan = planBatches(1, 600, { every: 100, most: 1 });
  const short = planBatches(1, 600, { every: 20, most: 1 });
  for (let n = 0; n < REPEATS; n++) {
    const size = sizes(createRng(`naive ${n}`), 600);
    const took = ({ first }: Batch) => 1 + size[first]!;
    const kept = ({ records }: Campaign, of: readonly Batch[]) =>
      records.map(({ batch }) => size[of[batch]!.first]!);
    // Keeps what has arrived when the time is up and drops the rest, of one run a worker.
    naive.push(momentsOf(size.slice(0, WORKERS).filter((one) => 1 + one <= 25)).mean);
    const isEnough = (records: readonly BatchRecord[]) => records.length >= 200;
    narrow.push(momentsOf(kept(played(WORKERS, took, { plan, isEnough }).campaign, plan)).mean);
    const budget = { plan: short, isEnough: () => false, budget_s: 150 };
    timed.push(kept(played(10, took, budget).campaign, short));
  }
  const sums = timed.map((values) => values.reduce((sum, one) => sum + one, 0));
  const found = {
    naive: meanInterval(naive),
    narrow: meanInterval(narrow),
    // Wald: the runs that a time has room for have the mean together, and each batch's own mean a bias of order 1/runs.
    timed: ratioInterval(
      sums,
      timed.map(({ length }) => length),
    ),
    'timed, mean of means': meanInterval(timed.map((values) => momentsOf(values).mean)),
    'timed, runs': momentsOf(timed.map(({ length }) => length)).mean,
  };
  const digits = (_: string, x: unknown) => (typeof x === 'number' ? Number(x.toFixed(2)) : x);
  process.stdout.write(`mean ${MEAN}: ${JSON.stringify(found, digits)}\n`);
  expect(found.naive.high).toBeLessThan(MEAN / 2);
  for (const { low, high } of [found.narrow, found.timed]) {
    expect(low).toBeLessThan(MEAN);
    expect(high).toBeGreaterThan(MEAN);
  }
});

/**
 * The interval at a stop that waits for its width (Chow and Robbins, Ann. Math. Statist. 36 (1965) 457: its coverage
 * tends to the nominal one as the width falls). How much is lost at widths that people ask for is measured.
 */
test.each([
  ['P = 0.1 to ±0.03', 0.1, 0.03, (rng: Rng) => (rng.chance(0.1) ? 1 : 0), share],
  ['P = 0.3 to ±0.03', 0.3, 0.03, (rng: Rng) => (rng.chance(0.3) ? 1 : 0), share],
  ['P = 0.02 to ±0.01', 0.02, 0.01, (rng: Rng) => (rng.chance(0.02) ? 1 : 0), share],
  ['mean cascade of 1 to ±0.15', 1, 0.15, (rng: Rng) => cascade(rng, 0.5, 0.5).total, meanInterval],
  ['mean cascade of 4 to ±0.6', 4, 0.6, (rng: Rng) => cascade(rng, 0.8, 0.8).total, meanInterval],
])('the interval holds the truth when it decides itself: %s', (name, truth, width, draw, interval) => {
  const REPEATS = 1000;
  const rng = createRng(`stopped ${name}`);
  let [held, looks] = [0, 0];
  for (let n = 0; n < REPEATS; n++) {
    const values: number[] = [];
    let estimate: Estimate;
    do {
      for (let i = 0; i < 100; i++) values.push(draw(rng));
      estimate = interval(values);
      looks++;
    } while ((estimate.high - estimate.low) / 2 > width);
    if (estimate.low <= truth && truth <= estimate.high) held++;
  }
  const coverage = (100 * held) / REPEATS;
  process.stdout.write(`${name}: coverage ${coverage.toFixed(1)} % after ${looks / REPEATS} looks\n`);
  expect(coverage).toBeGreaterThan(91);
});

function share(values: number[]): Estimate {
  return wilson(
    values.reduce((sum, one) => sum + one, 0),
    values.length,
  );
}
