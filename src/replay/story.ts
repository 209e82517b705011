/** What happened in one run, in order and in few lines: the shock, the firsts of everything, the depth of it, and the end. */
import { kindOfLoss } from './bearers.ts';
import { forcedOrders } from './forced.ts';
import type { PriceOf } from './prices.ts';
import type { View } from './view.ts';
import { moneyOf } from './view.ts';
import { countText, percentText, moneyText } from './words.ts';

/** One line of the story. */
export interface Chapter {
  readonly time_us: number;
  readonly text: string;
}

/** What is kept while the run goes on, as the tables of the end do not tell it. */
export interface Extremes {
  /** Number of the instrument at the venue, and its name where there are several; ''. */
  readonly instrument: number;
  readonly name: string;
  /** Mark just before the shock, and the lowest and highest from there on, ticks. */
  readonly before: number;
  readonly low: number;
  readonly low_us: number;
  readonly high: number;
  readonly high_us: number;
}

interface Words {
  readonly price: PriceOf;
  /** Unit of money. */
  readonly money: string;
}

/** Of a run at its end, in order of time. */
export function storyOf(view: View, extremes: readonly Extremes[], words: Words): Chapter[] {
  const chapters = [
    ...shocks(view),
    ...firsts(view, words),
    ...lossesByBearer(view, words),
    ...extremes.flatMap((one) => depths(one, words)),
    ...generations(view, words),
  ];
  return chapters.sort((a, b) => a.time_us - b.time_us);
}

function shocks({ simulation }: View): Chapter[] {
  return simulation.scenario.shocks.map(({ at_us }) => ({ time_us: at_us, text: 'the shock begins' }));
}

function firsts({ venue }: View, { price }: Words): Chapter[] {
  const { calls, callCount, liquidations, liquidationCount } = venue.house;
  const chapters: Chapter[] = [];
  if (callCount > 0) {
    const text = `first account that breaks: ${calls.account[0]!}, at a mark of ${price(calls.mark[0]!, calls.instrument[0]!)}`;
    chapters.push({ time_us: calls.breach_us[0]!, text });
  }
  const sent = earliest(calls.sent_us, callCount);
  if (sent >= 0) {
    chapters.push({
      time_us: calls.sent_us[sent]!,
      text: `first margin call, to account ${calls.account[sent]!}`,
    });
  }
  const unmet = earliest(calls.failed_us, callCount);
  if (unmet >= 0) {
    chapters.push({
      time_us: calls.failed_us[unmet]!,
      text: `first call that was not met, of account ${calls.account[unmet]!}`,
    });
  }
  if (liquidationCount > 0) {
    const [account, lots] = [liquidations.account[0]!, liquidations.lots[0]!];
    const text = `first forced order: account ${account} ${lots < 0 ? 'sells' : 'buys'} ${countText(Math.abs(lots))} lots`;
    chapters.push({ time_us: liquidations.time_us[0]!, text });
  }
  return chapters;
}

/** Row of the earliest of the times that happened (0 or more); −1: none. */
function earliest(times: Float64Array, rows: number): number {
  let found = -1;
  for (let row = 0; row < rows; row++) {
    if (times[row]! > 0 && (found < 0 || times[row]! < times[found]!)) found = row;
  }
  return found;
}

/** The first loss and all of it, for each kind of bearer. */
function lossesByBearer(view: View, { money }: Words): Chapter[] {
  const { log, count } = view.venue.house.losses;
  const kinds = new Map<string, { first_us: number; quanta: number; lots: number; rows: number }>();
  for (let row = 0; row < count; row++) {
    const name = kindOfLoss(log.account[row]!, log.lots[row]!, log.layer[row]!);
    const kind = kinds.get(name) ?? { first_us: log.time_us[row]!, quanta: 0, lots: 0, rows: 0 };
    kind.quanta += log.quanta[row]!;
    kind.lots += Math.abs(log.lots[row]!);
    kind.rows++;
    kinds.set(name, kind);
  }
  return [...kinds].map(([name, { first_us, quanta, lots, rows }]) => ({
    time_us: first_us,
    text:
      `${name} for the first time; ${countText(rows)} times in all, ` +
      (lots === 0 ? '' : `${countText(lots)} lots, `) +
      `${moneyText(moneyOf(view, quanta))} ${money}`,
  }));
}

function depths(
  { instrument, name, before, low, low_us, high, high_us }: Extremes,
  { price }: Words,
): Chapter[] {
  const falls = before - low >= high - before;
  const [at, time_us] = falls ? [low, low_us] : [high, high_us];
  const text = `the mark${name === '' ? '' : ` of ${name}`} is ${falls ? 'lowest' : 'highest'}: ${price(at, instrument)}, ${percentText(Math.abs(at / before - 1))} from before the shock`;
  return before === 0 ? [] : [{ time_us, text }];
}

function generations(view: View, { money }: Words): Chapter[] {
  const forced = forcedOrders(view);
  const chapters: Chapter[] = [];
  let deepest = 1;
  forced.generation.forEach((generation, row) => {
    if (generation <= deepest) return;
    deepest = generation;
    // Each of the first few, then each doubling: a long cascade has hundreds.
    if (generation > 4 && (generation & (generation - 1)) !== 0) return;
    const text = `generation ${generation}: account ${forced.account[row]!} is broken by the liquidation of account ${forced.account[forced.parent[row]!]!}`;
    chapters.push({ time_us: forced.time_us[row]!, text });
  });
  const last = forced.time_us.length - 1;
  if (last >= 0) {
    const accounts = new Set(forced.account).size;
    const sum = forced.money.reduce((a, b) => a + b, 0);
    const text = `last forced order: ${countText(last + 1)} of ${countText(accounts)} accounts, ${moneyText(sum)} ${money} in all, ${countText(deepest)} generations deep`;
    chapters.push({ time_us: forced.time_us[last]!, text });
  }
  return chapters;
}
