/** The market of an experiment: instruments in exact decimal units, with their first books and marks. */
import type { ContractTerms } from '../../../contracts/contract.ts';
import { contractKinds } from '../../../contracts/contracts.ts';
import { z } from 'zod';
import { at, ConfigError } from '../../../core/errors.ts';
import { amount, count, duration, lots, share } from '../../../core/settings.ts';
import { MAX_EXACT } from '../../../core/units.ts';
import { Exact, stepsOf } from '../../../core/whole.ts';
import { markRules } from '../../../market/mark.ts';
import { tagged } from '../../../core/tagged.ts';
import type { FlowSpec, IndexSpec, Levels } from '../../../sim/scenario/scenario.ts';
import type { Sides } from './book.ts';
import type { Steps } from './contract.ts';
import { checkContract, contractSchema, contractTerms, finestOf, kindOf } from './contract.ts';
import { continueSide, EMPTY, flatBook, hollow, lotsWithin } from './book.ts';
import { readBands, readSnapshot } from './book-files.ts';
import type { DataFiles } from '../../../experiment/data-files.ts';
import { flowSchema, indexSchema, readFlow, readIndex } from './dynamics.ts';
import type { Units } from '../../../experiment/quantity.ts';
import type { WrittenTrading } from './trading.ts';
import { tradingShape } from './trading.ts';
import { amountOf, baseOf, namedAmountOf } from '../../../experiment/quantity.ts';

const bookSchema = z
  .strictObject({
    snapshot: z.string().optional().describe('CSV of side, price, quantity; each side best first.'),
    bands: z
      .string()
      .optional()
      .describe(
        'CSV of side, within_percent, cumulative_notional: the depth that the snapshot is continued to.',
      ),
    beyond: amount.optional().describe('Distance to which the last band goes on; its own if left out.'),
    from: share({ most: 0.9 })
      .default(0)
      .describe('Only orders at least so far from the middle; nearer ones are left to the traders.'),
    spacing: amount.default(2).describe('Distance between the prices that bands add, in money.'),
    flat: z
      .strictObject({
        lots_per_tick: lots({ least: 1 }).describe('Lots at each price.'),
        ticks: count({ least: 1, most: 10_000_000 }).describe(
          'Prices on each side, from one tick off the first price.',
        ),
      })
      .optional()
      .describe('The same size at each price, instead of a snapshot.'),
  })
  .describe('First orders: a snapshot, a flat book, or { } for none.');

const markWithClock = tagged('rule', markRules, {
  every: duration()
    .prefault('100 ms')
    .describe('Time between samples; 0: after every event that could move it.'),
});

export const instrumentSchema = z.strictObject({
  name: z.string().min(1),
  contract: contractSchema.optional(),
  tick: amount.describe('Smallest step of the price: 0.1 USDT.'),
  lot: amount.describe('Smallest size, with its unit: 0.001 BTC.'),
  price: amount.optional().describe('First mark; the middle of the book if left out.'),
  book: bookSchema.prefault({}),
  mark: markWithClock.prefault({ rule: 'smoothed' }).describe('What positions are margined at.'),
  index: indexSchema,
  flow: flowSchema.optional(),
  ...tradingShape,
});

export type WrittenInstrument = z.output<typeof instrumentSchema>;
type Written = WrittenInstrument;

/** An instrument in the engine's units; plain data. */
export interface Instrument {
  readonly name: string;
  /** As written, in units of money and of size. */
  readonly tick: string;
  readonly lot: string;
  /** Unit of size, such as BTC; '' if the lot has none. */
  readonly base: string;
  readonly contract: ContractTerms;
  readonly price: number;
  readonly bids: Levels;
  readonly asks: Levels;
  /** Mean of the two sides’ lots within 5 % of the price, those that are left to the traders with it. */
  readonly depth: number;
  /** Settings of the mark rule, with its name under `rule`. */
  readonly mark: { readonly rule: string; readonly every: number; readonly [setting: string]: unknown };
  readonly index: IndexSpec;
  readonly flow?: FlowSpec;
  /** As written; a policy may change it. */
  readonly trading: WrittenTrading;
}

export function readSteps(
  { tick, lot, contract }: Pick<Written, 'tick' | 'lot' | 'contract'>,
  money: string,
): Steps {
  const kind = kindOf(contract);
  const isFace = contractKinds.get(kind).lotsIn === 'money';
  const price = at(['tick'], () => amountOf(tick, money));
  if (!price.gt(0)) throw new ConfigError(['tick'], 'must be above 0');
  const size = at(['lot'], () => namedAmountOf(lot, isFace ? `100 ${money}` : '0.001 BTC'));
  if (isFace && size.unit !== money)
    throw new ConfigError(
      ['lot'],
      `the lot of contract ${kind} is its face value: needs money, such as 100 ${money}`,
    );
  return { kind, tick: price, lot: size.number, base: size.unit };
}

/**
 * Quanta in a unit of money: the quantum is the largest power of ten that divides each tick · lot (or what a kind of contract
 * says in its place), at most 1.
 */
export function quantaPerUnit(steps: readonly Steps[]): number {
  const finest = steps.map(finestOf);
  const places = finest.map((value) => value.decimalPlaces());
  const quanta = new Exact(10).pow(Math.max(0, ...places)).toNumber();
  const first = places.indexOf(Math.max(...places));
  finest.forEach((value, i) => {
    if (quanta <= MAX_EXACT / 1e6 && value.times(quanta).lte(1e9)) return;
    throw new ConfigError(
      [quanta <= MAX_EXACT / 1e6 ? i : first, 'lot'],
      'tick × lot is too fine or too coarse for exact money; use a rounder tick or lot',
    );
  });
  return quanta;
}

export function readInstrument(
  written: Written,
  steps: Steps,
  money: string,
  quanta: number,
  files: DataFiles,
): Instrument {
  const { tick } = steps;
  const given =
    written.price === undefined
      ? undefined
      : at(['price'], () =>
          stepsOf(amountOf(written.price!, money), tick, 'ticks', `the tick, ${tick.toString()}`),
        );
  const whole = at(['book'], () => readBook(written.book, steps, money, given, files));
  const price =
    given ??
    (whole.bids.price.length > 0 ? Math.round((whole.bids.price[0]! + whole.asks.price[0]!) / 2) : undefined);
  if (price === undefined) throw new ConfigError(['price'], `needs a price in ${money}, as there is no book`);
  const units = unitsOf(money, quanta, steps);
  const bare = withoutBook(written, steps, money, quanta);
  checkContract(bare.contract, price);
  const index = at(['index'], () => readIndex(written.index, units));
  const { flow } = written;
  const { bids, asks } = written.book.from === 0 ? whole : hollow(whole, price, written.book.from);
  return {
    ...bare,
    price,
    bids,
    asks,
    depth: depthOf(whole, price),
    index,
    ...(flow === undefined ? {} : { flow: at(['flow'], () => readFlow(flow, tick, money, units)) }),
  };
}

/** Ticks: where sizes in money are in range, and anything else is judged as it would be. */
const SOME_PRICE = 1_000_000;

/** What is known of an instrument before its book and its price. */
export function withoutBook(written: Written, steps: Steps, money: string, quanta: number): Instrument {
  const { tick, lot, base } = steps;
  return {
    name: written.name,
    tick: tick.toString(),
    lot: lot.toString(),
    base,
    contract: contractTerms(written.contract, steps, quanta, money),
    price: SOME_PRICE,
    bids: EMPTY,
    asks: EMPTY,
    depth: 0,
    mark: written.mark as Instrument['mark'],
    index: { volatility: 0, every_us: written.index.every },
    trading: tradingOf(written),
  };
}

function tradingOf(written: Written): WrittenTrading {
  const keys = Object.keys(tradingShape) as (keyof WrittenTrading)[];
  return Object.fromEntries(keys.flatMap((key) => (key in written ? [[key, written[key]]] : [])));
}

function readBook(
  book: Written['book'],
  { kind, tick, lot, base }: Steps,
  money: string,
  price: number | undefined,
  files: DataFiles,
): Sides {
  const { snapshot, bands, beyond, spacing, flat } = book;
  if (snapshot === undefined) {
    const needless = ['bands', 'beyond'].find((key) => key in book);
    if (needless !== undefined) throw new ConfigError([needless], 'there is no snapshot to continue');
    if (flat === undefined) return { bids: EMPTY, asks: EMPTY };
    if (price === undefined)
      throw new ConfigError(['flat'], 'a flat book lies round a price: give price too');
    return at(['flat'], () => flatBook(price, flat.lots_per_tick, flat.ticks));
  }
  if (flat !== undefined) throw new ConfigError(['flat'], 'there is a snapshot already; keep one of the two');
  const sides = at(['snapshot'], () => readSnapshot(files, snapshot, { tick, lot, money, base }));
  if (bands === undefined) {
    if (beyond !== undefined) throw new ConfigError(['beyond'], 'there are no bands to go on with');
    return sides;
  }
  const table = at(['bands'], () => readBands(files, bands, money));
  const middle = (sides.bids.price[0]! + sides.asks.price[0]!) / 2;
  const step = at(['spacing'], () =>
    stepsOf(amountOf(spacing, money), tick, 'ticks', `the tick, ${tick.toString()} ${money}`),
  );
  const value = tick.times(lot).toNumber();
  const face = lot.toNumber();
  const isFace = contractKinds.get(kind).lotsIn === 'money';
  const worth = (price: number, lots: number): number => (isFace ? lots * face : price * lots * value);
  const side = (name: 'bid' | 'ask', levels: Levels): Levels => {
    const last = table[name].at(-1)!.within;
    const reach = beyond === undefined ? last : at(['beyond'], () => reachOf(beyond, last, money));
    const added = (reach * middle) / step;
    if (added > MOST_LEVELS)
      throw new ConfigError(
        ['spacing'],
        `would add ${Math.round(added)} prices to a side; at most ${MOST_LEVELS}`,
      );
    return at(['bands'], () =>
      continueSide(name, levels, { bands: table[name], spacing: step, beyond: reach, worth, middle }),
    );
  };
  return { bids: side('bid', sides.bids), asks: side('ask', sides.asks) };
}

function reachOf(beyond: number | string, last: number, money: string): number {
  const share = baseOf('share', beyond, unitsOf(money, 1)).toNumber();
  if (share >= last && share < 1) return share;
  throw new ConfigError([], `needs a share from ${100 * last} % (the last band) to below 100 %`);
}

/** Units where nothing is said about an instrument. */
export function unitsOf(money: string, quanta: number, steps?: Steps): Units {
  return {
    money,
    quantaPerUnit: quanta,
    base: steps?.base ?? '',
    lot: steps?.lot ?? new Exact(1),
  };
}

/** Most prices that bands add to a side. */
const MOST_LEVELS = 1_000_000;

/** Distance from the middle within which a book's depth is counted. */
const DEPTH_WITHIN = 0.05;

function depthOf({ bids, asks }: Sides, price: number): number {
  return (lotsWithin(bids, price, DEPTH_WITHIN) + lotsWithin(asks, price, DEPTH_WITHIN)) / 2;
}
