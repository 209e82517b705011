// Where two policies part: found by halving, and the same as by going through both runs µs by µs of their events.
import { expect, test } from 'vitest';
import type { Player } from '../../src/replay/player.ts';
import { partingOf } from '../../src/replay/parting.ts';
import { rehearsed, smallExperiment } from './small.ts';

const experiment = smallExperiment();

/** What could be seen after all events of each time. */
function history(player: Player): Map<number, string> {
  const seen = new Map<number, string>();
  const { simulation } = player;
  player.seek(0);
  while (player.step()) {
    const { house, book, ledger } = player.view.venue;
    const sights = [
      house.callCount,
      house.liquidationCount,
      house.losses.count,
      book.fills.count,
      simulation.wakes,
    ];
    seen.set(
      player.now_us,
      [...sights, book.restingOrders, book.bestBid(0), book.bestAsk(0), ledger.marks[0]!].join(' '),
    );
  }
  return seen;
}

/** First time after which two histories differ. */
function firstDifference(a: Map<number, string>, b: Map<number, string>): number | undefined {
  const times = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x - y);
  let [lastA, lastB] = ['', ''];
  for (const time of times) {
    lastA = a.get(time) ?? lastA;
    lastB = b.get(time) ?? lastB;
    if (lastA !== lastB) return time;
  }
  return undefined;
}

test.each([0, 1])('run %i: the first event at which two ladders differ', (run) => {
  const a = rehearsed({ experiment, policy: 'flat', shock: 0, run });
  const b = rehearsed({ experiment, policy: 'calls', shock: 0, run });
  const parting = partingOf(a, b)!;
  expect(a.now_us).toBe(parting.time_us);
  expect(parting.differs.length).toBeGreaterThan(0);
  expect(parting.time_us).toBe(firstDifference(history(a), history(b)));
});

test('one policy twice never parts', () => {
  const script = { experiment, policy: 'flat', shock: 0, run: 0 };
  expect(partingOf(rehearsed(script), rehearsed(script))).toBeUndefined();
});
