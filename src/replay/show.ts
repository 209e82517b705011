/** One run in words: made from its seed to its end, with who was largest just before the shock. */
import type { AccountView } from './account.ts';
import { accountView, largestAccounts } from './account.ts';
import { Course } from './course.ts';
import { withLargerPool } from '../models/market/pools.ts';
import { Room } from '../models/room.ts';
import type { Script } from './script.ts';
import type { Chapter, Extremes } from './story.ts';
import { storyOf } from './story.ts';
import { pricesOf } from './prices.ts';

/** Simulated time between looks at the mark, µs. */
const LOOK_US = 100_000;
const LARGEST = 10;

export interface Shown {
  readonly hash: string;
  readonly events: number;
  readonly story: readonly Chapter[];
  /** As they were just before the shock. */
  readonly largest: readonly AccountView[];
  /** … and how each of them ended. */
  readonly ends: readonly AccountView[];
  /** The account that was asked for, at the end. */
  readonly account: AccountView | undefined;
}

/** Throws RangeError where there is no such account. */
export function showRun(script: Script, account?: number): Shown {
  const room = new Room(script.experiment, withLargerPool);
  return room.make((experiment) => shown({ ...script, experiment }, account));
}

function shown(script: Script, account: number | undefined): Shown {
  const course = new Course(script);
  const { shock_us, until_us } = course;
  course.run(shock_us - 1);
  const { view } = course;
  const { instruments } = script.experiment.venues[view.venue.number]!;
  const accounts = largestAccounts(view, LARGEST);
  const largest = accounts.map((one) => accountView(view, one));
  const extremes = toTheEnd(
    course,
    instruments.map(({ name }) => (instruments.length === 1 ? '' : name)),
  );
  course.run(until_us);
  return {
    hash: course.simulation.hash(),
    events: course.simulation.events,
    story: storyOf(view, extremes, {
      price: pricesOf(instruments),
      money: script.experiment.money,
    }),
    largest,
    ends: accounts.map((one) => accountView(view, one)),
    account: account === undefined ? undefined : accountView(view, account),
  };
}

/** Runs on from the shock, with an eye on the marks of the venue's instruments, by name. */
function toTheEnd(course: Course, names: readonly string[]): Extremes[] {
  const { shock_us, until_us } = course;
  const mark = (instrument: number): number => course.view.venue.ledger.marks[instrument]!;
  const found = names.map((name, instrument) => {
    const before = mark(instrument);
    return { instrument, name, before, low: before, low_us: shock_us, high: before, high_us: shock_us };
  });
  for (let time = shock_us; time <= until_us; time += LOOK_US) {
    course.run(time);
    for (const one of found) {
      const now = mark(one.instrument);
      if (now < one.low) [one.low, one.low_us] = [now, time];
      if (now > one.high) [one.high, one.high_us] = [now, time];
    }
  }
  return found;
}
