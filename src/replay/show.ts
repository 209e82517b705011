/** One run in words: made from its seed to its end, with who was largest just before the shock. */
import type { AccountView } from './account.ts';
import { accountView, largestAccounts } from './account.ts';
import type { Script, Stage } from './script.ts';
import { begin, stageOf, viewOf, withRoomFor } from './script.ts';
import type { Chapter, Extremes } from './story.ts';
import { storyOf } from './story.ts';
import { priceText } from './words.ts';

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
export function showRun(written: Script, account?: number): Shown {
  let script = written;
  for (;;) {
    try {
      return shown(script, account);
    } catch (error) {
      script = withRoomFor(script, error);
    }
  }
}

function shown(script: Script, account: number | undefined): Shown {
  const stage = stageOf(script);
  const { simulation, shock_us, until_us } = stage;
  const view = viewOf(stage, script);
  const { tick } = script.experiment.venues[view.venue.number]!.instruments[view.instrument]!;
  begin(stage, script);
  simulation.run(shock_us - 1);
  const accounts = largestAccounts(view, LARGEST);
  const largest = accounts.map((one) => accountView(view, one));
  const extremes = toTheEnd(stage, script);
  simulation.run(until_us);
  return {
    hash: simulation.hash(),
    events: simulation.events,
    story: storyOf(view, extremes, {
      price: (ticks) => priceText(ticks, tick),
      money: script.experiment.money,
    }),
    largest,
    ends: accounts.map((one) => accountView(view, one)),
    account: account === undefined ? undefined : accountView(view, account),
  };
}

/** Runs on from the shock, with an eye on the mark. */
function toTheEnd(stage: Stage, script: Script): Extremes {
  const { simulation, shock_us, until_us } = stage;
  const { venue, instrument } = viewOf(stage, script);
  const mark = (): number => venue.ledger.marks[instrument]!;
  const before = mark();
  let [low, low_us, high, high_us] = [before, shock_us, before, shock_us];
  for (let time = shock_us; time <= until_us; time += LOOK_US) {
    simulation.run(time);
    const now = mark();
    if (now < low) [low, low_us] = [now, time];
    if (now > high) [high, high_us] = [now, time];
  }
  return { before, low, low_us, high, high_us };
}
