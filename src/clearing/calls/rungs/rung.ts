/**
 * What a rung of a call ladder is: one way to act on an account in distress. A ladder is a list of rungs, each with the
 * health at which it begins to act (`at`, equity over maintenance requirement; 100 % unless it says otherwise).
 *
 * The clearing house visits an account's present rung while its health is at or below the rung's level, carries out the
 * decision, waits, and visits again or goes on to the next rung. An account whose health falls to a deeper level goes
 * there at once, whatever it is waiting for; one that recovers above all levels leaves the ladder. Rungs decide; they
 * never touch the book or the ledger.
 */
import { z } from 'zod';
import { multiple } from '../../../core/settings.ts';

/** What a rung is shown. Money in quanta. */
export interface Distress {
  equity: number;
  maintenance: number;
  initial: number;
  /** Money at the venue that is not pledged to positions. */
  free: number;
  /** Times this rung has acted on the account since it came to it, 0 at first. */
  visits: number;
  /** Calls of this episode whose time ran out unmet. */
  unmet: number;
}

/** How a rung chooses the lots to close. */
export const CLOSE_NOTHING = 0;
/** A share of every position: `close_ppm`. */
export const CLOSE_SHARE = 1;
/** As little as brings equity back to `target_ppm` of the maintenance requirement. */
export const CLOSE_ENOUGH = 2;
/** Down to the notional cap of the tier that is `tiers` below. */
export const CLOSE_TIERS = 3;

/** The worst price at which a forced order may trade. */
export const AT_ANY_PRICE = 0;
/** The price at which the account's equity is zero. */
export const AT_BANKRUPTCY = 1;
/** `limit_ppm` of the mark away from it. */
export const FROM_MARK = 2;
/** Between the mark and `limit_ppm` of the position's maintenance margin away from it, the further the less health. */
export const AT_FILLABLE = 3;

/** Whether the lots are auctioned to registered liquidators, and how. */
export const NO_AUCTION = 0;
/** At a price that all are asked to take, `discount_ppm` from the mark. */
export const DUTCH = 1;
/** At prices that bidders name: each winner pays its own, or (`uniform`) all pay the worst that won. */
export const SEALED = 2;

/** What a rung decides; it sets what it wants to differ from `nothing`. */
export interface Decision {
  /** Money (quanta) asked of the trader; 0: nobody is asked. */
  demand: number;
  /** The trader is told that its margin is low, and asked for nothing. */
  warn: boolean;
  /** Money (quanta) that the venue itself takes from the account's free balance, as far as it goes. */
  pull: number;
  /** From now on the account may only reduce its positions, until it is healthy. */
  restrict: boolean;
  /** Its open orders are cancelled. */
  cancel: boolean;
  /** CLOSE_…: which lots are closed. */
  close: number;
  /** Share of every position to close, parts per million. */
  close_ppm: number;
  /** Health to restore, ppm of the maintenance requirement. */
  target_ppm: number;
  /** Tiers to step down. */
  tiers: number;
  /** Lots are at most this share (ppm) of the volume traded since the rung's last order; 0: as many as decided. */
  participation_ppm: number;
  /** AT_ANY_PRICE, AT_BANKRUPTCY, FROM_MARK, AT_FILLABLE: worst price of the order. */
  limit: number;
  limit_ppm: number;
  /** Of AT_FILLABLE: how fast the price moves away as health falls. */
  adjustment: number;
  /** All of it trades at once, or nothing. */
  fill_or_kill: boolean;
  /** True: the lots do not go to the book, but to the layers of the waterfall that take positions over. */
  take_over: boolean;
  /** NO_AUCTION, DUTCH, SEALED: the lots go to the liquidators who take them; `limit` is the worst price. */
  auction: number;
  /** Of DUTCH: distance of the price asked from the mark, ppm. */
  discount_ppm: number;
  /** Of SEALED: all winners pay the worst price that won. */
  uniform: boolean;
  /** Shares of the value auctioned (ppm) that the account pays to the winner and to the fund, as its equity allows. */
  reward_ppm: number;
  penalty_ppm: number;
  /** Time until the account is looked at again, µs. */
  wait_us: number;
  /** While its orders find an empty book, each visit doubles the time to the next, up to this, µs; 0: it does not grow. */
  longest_us: number;
  /** True: the next rung acts then (the last rung goes on acting). */
  next: boolean;
}

/** A rung, compiled. */
export interface Rung {
  /** Health at or below which it acts, ppm of the maintenance requirement. */
  readonly at_ppm: number;
  visit(distress: Readonly<Distress>, decision: Decision): void;
}

type Visit = Pick<Rung, 'visit'>;

/** Settings that every rung has. */
const common = {
  at: multiple({ above: 0 })
    .prefault('100 %')
    .describe('Health (equity over maintenance requirement) at or below which it acts.'),
};

export interface RungDefinition {
  readonly name: string;
  /** One sentence that says its assumption. */
  readonly about: string;
  readonly settings: z.ZodType;
  /** `unwind verify` takes what it does from the record, and says so: it knows no formula of it. */
  readonly audited?: false;
  readonly compile: (settings: never) => Rung;
}

/** Declares a rung; `at` is added to its settings. */
export function defineRung<S extends z.ZodRawShape>(definition: {
  readonly name: string;
  readonly about: string;
  readonly audited?: false;
  readonly settings: S;
  readonly compile: (settings: z.output<z.ZodObject<S>>) => Visit;
}): RungDefinition {
  const { name, about, settings, compile } = definition;
  return {
    name,
    about,
    ...(definition.audited === false && { audited: false as const }),
    settings: z.strictObject({ ...settings, ...common }),
    compile: ({ at, ...own }: { at: number }) => ({
      at_ppm: Math.round(at * 1_000_000),
      visit: compile(own as z.output<z.ZodObject<S>>).visit,
    }),
  };
}

/** A rung from settings as an experiment file writes them; what is left out has its default. */
export function rungOf(definition: RungDefinition, settings: Readonly<Record<string, unknown>> = {}): Rung {
  return definition.compile(definition.settings.parse(settings) as never);
}

export function clearDecision(decision: Decision): void {
  decision.demand = 0;
  decision.warn = false;
  decision.pull = 0;
  decision.restrict = false;
  decision.cancel = false;
  decision.close = CLOSE_NOTHING;
  decision.close_ppm = 0;
  decision.target_ppm = 0;
  decision.tiers = 0;
  decision.participation_ppm = 0;
  decision.limit = AT_ANY_PRICE;
  decision.limit_ppm = 0;
  decision.adjustment = 0;
  decision.fill_or_kill = false;
  decision.take_over = false;
  decision.auction = NO_AUCTION;
  decision.discount_ppm = 0;
  decision.uniform = false;
  decision.reward_ppm = 0;
  decision.penalty_ppm = 0;
  decision.wait_us = 0;
  decision.longest_us = 0;
  decision.next = false;
}

/** A decision of nothing, to be set anew at each visit. */
export function newDecision(): Decision {
  const decision = {} as Decision;
  clearDecision(decision);
  return decision;
}
