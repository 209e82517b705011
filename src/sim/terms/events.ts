/**
 * Kinds of event in the queue, and what their columns hold. `subject` is an account unless it says otherwise.
 */

/** An agent wakes by its own clock. */
export const WAKE = 0;
/** The shared clock of a group (`subject`: group) strikes: one of its agents wakes. */
export const CLOCK = 1;
/** Commands of traders, arriving at the venue. a: price in ticks; b: lots, negative to sell; c: tag. */
export const LIMIT = 2;
export const IMMEDIATE = 3; // limit order whose rest is dropped
export const MARKET = 4;
export const CANCEL = 5; // c: tag
export const CANCEL_OLDEST = 6;
export const CANCEL_ALL = 7;
/** x: quanta arrive from where a says (FROM_… of top-up-source.ts), at a cost of b ppm. */
export const TOP_UP = 8;
/** A margin call reaches its trader. x: quanta asked for; 0: a warning. */
export const CALLED = 9;
/** The clearing house looks at an account in distress. a: row of its call; b: number of the look. */
export const VISIT = 10;
/** The mark is sampled (again after its interval), or a sampled mark is published (a: ticks). */
export const MARK_SAMPLE = 11;
export const MARK_PUBLISH = 12;
/** The price on other venues makes a step. */
export const INDEX_STEP = 13;
/** The margin's clock strikes. a: what is due; b: row of the announcement that takes effect (margin-clock.ts). */
export const MARGIN_UPDATE = 14;
/** A shock acts. subject: shock; a: step. */
export const SHOCK_STEP = 15;
/**
 * Commands with terms. a: limit price in ticks, 0 for a market order; b: lots, negative to sell; c: tag; x: flags
 * and end, packed (order-terms.ts). An order's d: lots shown at a time, 0 for all; a stop's: trigger in ticks.
 */
export const ORDER = 16;
export const STOP = 17;
export const TAKE_PROFIT = 18;
/** a: new price; b: new lots, unsigned; c: tag. */
export const REPLACE = 19;
/** An order ends (a: row; b: number of its arrival) if it is still open. d: 1 if its time was over, 0 if the auction was. */
export const EXPIRE = 20;
/** A call period ends. */
export const UNCROSS = 21;
/** Stops that wait for the mark are set off. */
export const MARK_STOPS = 22;
/** The trader takes money out. x: quanta. */
export const WITHDRAW = 23;
/** The trader chooses a leverage. a: least initial margin, ppm of notional. */
export const LEVERAGE = 24;
/** The price of a collateral asset makes a step. subject: asset. */
export const ASSET_STEP = 25;
/** The fund or the vault (`subject`) closes a part of what it took over in an instrument. */
export const UNWIND = 26;
/** An event that was taken back at a fork. */
export const VOID = 27;
/** Everybody's activity makes a step. */
export const ACTIVITY_STEP = 28;
/** A trader closes a part of its position on another venue. a: lots at most, unsigned; b: cost, ppm of the value. */
export const ELSEWHERE = 29;

/** An instrument ends: its contract expires. */
export const EXPIRY = 30;

/** Events that come of what an agent decided, or that reach it: their subject is its account. */
export const OF_AGENTS: ReadonlySet<number> = new Set([
  WAKE,
  LIMIT,
  IMMEDIATE,
  MARKET,
  CANCEL,
  CANCEL_OLDEST,
  CANCEL_ALL,
  TOP_UP,
  CALLED,
  ORDER,
  STOP,
  TAKE_PROFIT,
  REPLACE,
  WITHDRAW,
  LEVERAGE,
  ELSEWHERE,
]);
