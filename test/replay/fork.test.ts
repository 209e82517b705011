// A fork that a page makes is the fork that `unwind fork` makes: the same world, at its end and at every moment before.
import { describe, expect, test } from 'vitest';
import { forkByHand } from '../../src/models/market/fork-by-hand.ts';
import { writtenChange } from '../../src/models/market/forks.ts';
import { pageChanges } from '../../src/lab/page-changes.ts';
import type { Fork } from '../../src/replay/fork.ts';
import { TWIN } from '../../src/replay/fork.ts';
import { Outcomes } from '../../src/replay/outcome.ts';
import { partingOf } from '../../src/replay/parting.ts';
import type { Player } from '../../src/replay/player.ts';
import type { Script } from '../../src/replay/script.ts';
import { AS_WRITTEN } from '../../src/replay/settings.ts';
import type { ChangeSettings } from '../../src/sim/forks/changes/change.ts';
import { rehearsed, smallExperiment } from './small.ts';

const experiment = smallExperiment();
const script: Script = { experiment, policy: 'flat', shock: 0, run: 1 };
const run = rehearsed(script);
const cell = { policy: 'flat', shock: 0, label: '' };

/** Hash of the world at the end, as `unwind fork` makes it. */
function byHand(at_us: number, changes: readonly ChangeSettings[]): string {
  const change = writtenChange(experiment, 'flat', changes);
  return forkByHand(experiment, cell, 1, at_us, change)[0]!.simulation.hash();
}

const forked = (fork: Fork): Player => rehearsed({ ...script, fork });

describe('a fork in a page is that of unwind fork', () => {
  test.each<[at_s: number, change: ChangeSettings]>([
    [15.5, { engine: 'off' }],
    [15.5, { policy: 'calls' }],
    [4.25, { remove: 'largest' }],
    [11.123456, { kind: 'noise', inactive: true }],
    [0, { policy: 'calls' }],
    [13, { insurance_fund: 5e6 }],
  ])('from %s s on, with %j', (at_s, change) => {
    const at_us = Math.round(at_s * 1e6);
    const fork = forked({ at_us, changes: [change] });
    expect(fork.hash).toBe(byHand(at_us, [change]));
    expect(fork.hash).not.toBe(run.hash);
  });

  test('one that changes nothing is the run', () => {
    expect(forked({ at_us: 3e6, changes: [{ policy: 'flat' }] }).hash).toBe(run.hash);
    expect(forked({ at_us: 15_500_000, changes: [] }).hash).toBe(run.hash);
  });

  test('at every moment, whatever was looked at before: the run up to the fork, then the fork', () => {
    const at_us = 15_500_000;
    const changes = [{ policy: 'calls' }];
    const fork = forked({ at_us, changes });
    for (const time of [19e6, 15_499_999, 16.25e6, 3e6, at_us, 20e6, 15e6, 15.75e6]) {
      fork.seek(time);
      run.seek(time);
      if (time < at_us) expect(fork.simulation.hash()).toBe(run.simulation.hash());
      // Another ladder does nothing before it has something to do.
      if (time > at_us) expect(fork.simulation.hash()).not.toBe(run.simulation.hash());
    }
    // By single events over the fork, too.
    fork.seek(15_400_000);
    while (fork.now_us < 16e6 && fork.step());
    const there = fork.now_us;
    fork.seek(there); // and what else happens at this time
    const stepped = fork.simulation.hash();
    fork.seek(20e6);
    fork.seek(there);
    expect(fork.simulation.hash()).toBe(stepped);
    fork.seek(20e6);
    expect(fork.simulation.hash()).toBe(fork.hash);
  });

  test('parts from its run at the fork, or later', () => {
    const at_us = 12_000_000;
    const parting = partingOf(run, forked({ at_us, changes: [{ engine: 'off' }] }))!;
    expect(parting.time_us).toBeGreaterThanOrEqual(at_us);
    expect(parting.differs.map(({ what }) => what)).toEqual(['calls']);
  });
});

test('what a page offers can all be made, and the offers have names of their own', () => {
  const changes = pageChanges(experiment);
  expect(new Set(changes.map(({ text }) => text)).size).toBe(changes.length);
  expect(changes.map(({ text }) => text)).toEqual([
    'engine=off',
    'policy=flat',
    'policy=calls',
    ...changes.map(({ text }) => text).filter((text) => text.startsWith('without=')),
    'remove=largest',
    'remove=most-leveraged',
    'kind=noise,inactive=true',
    'kind=leveraged-holder,inactive=true',
  ]);
  expect(changes.map(({ text }) => text)).toContain('without=delays');
  expect(changes.map(({ text }) => text)).not.toContain('without=halt');
  const [first] = changes.filter(({ text }) => text.startsWith('without='));
  expect(forked({ at_us: 12e6, changes: [first!.change] }).hash).toBe(byHand(12e6, [first!.change]));
});

describe('two worlds on one seed, forked at the shock', () => {
  const larger = { ...AS_WRITTEN, shock: 1.5 };

  test('a shock that is turned from the shock on is one that was turned from the beginning', async () => {
    const { turned } = await import('../../src/replay/turn.ts');
    const begun = rehearsed({ ...script, experiment: turned(experiment, larger) });
    expect(forked({ changes: [], settings: larger }).hash).toBe(begun.hash);
    expect(begun.hash).not.toBe(run.hash);
    const forks = new Outcomes(experiment, 'flat', 0, { changes: [], settings: larger });
    const whole = new Outcomes(turned(experiment, larger), 'flat', 0);
    for (const number of [0, 1]) expect(forks.of(number)).toEqual(whole.of(number));
  });

  test('a fork that turns nothing is measured as its run', () => {
    const forks = new Outcomes(experiment, 'flat', 0, { changes: [], settings: AS_WRITTEN });
    const runs = new Outcomes(experiment, 'flat', 0);
    for (const number of [1]) expect(forks.of(number)).toEqual(runs.of(number));
  });

  test('another policy, and another ladder', () => {
    const calls = { changes: [{ policy: 'calls' }] };
    const change = writtenChange(experiment, 'flat', calls.changes);
    const hand = forkByHand(experiment, cell, 1, 10e6 - 1, change)[0]!;
    expect(forked(calls).hash).toBe(hand.simulation.hash());
    const outcome = new Outcomes(experiment, 'flat', 0, calls).of(1);
    expect(outcome.accounts).toBe(hand.get('accounts'));
    expect(outcome.drop).toBe(hand.get('drop'));
    const ladder = forked({ changes: [], settings: { ...AS_WRITTEN, ladder: 'call-then-partial' } });
    expect(ladder.hash).toBe(forked(calls).hash); // the policies differ in nothing else
  });

  test('the twin is such a fork', () => {
    expect(forked(TWIN).hash).toBe(byHand(10e6 - 1, [{ engine: 'off' }]));
  });
});
