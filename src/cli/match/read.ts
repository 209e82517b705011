/** One line of `unwind match`: from JSON to a command whose every field has been looked at. Never throws. */
import { digits, readJson } from '../json.ts';
import { MAX_KEY } from '../../core/ladder.ts';
import type { Side } from '../../market/book.ts';
import { BY_MARK, FILL_OR_KILL, IMMEDIATE_OR_CANCEL, POST_ONLY, REDUCE_ONLY } from '../../market/reports.ts';

export interface Command {
  readonly op:
    | 'limit'
    | 'market'
    | 'stop'
    | 'take_profit'
    | 'mark'
    | 'cancel'
    | 'cancel_all'
    | 'replace'
    | 'auction'
    | 'uncross';
  readonly time: number | undefined;
  readonly id: number;
  readonly account: number;
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
  readonly trigger: number;
  /** The exchange's flags: `tif`, `post_only`, `reduce_only`, `by`. */
  readonly how: number;
  readonly display: number;
  readonly expires_at: number | undefined;
  /** 0: none was given. */
  readonly reference: number;
  /** Infinity: pressure may move the price as far as it likes. */
  readonly limit: number;
}

/** Why a line is no command, and the order that it was about, where that can be read. */
export interface Malformed {
  readonly reason: string;
  readonly id: number | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const TIFS: Readonly<Record<string, number>> = { gtc: 0, ioc: IMMEDIATE_OR_CANCEL, fok: FILL_OR_KILL };
const BY: Readonly<Record<string, number>> = { last: 0, mark: BY_MARK };
const MAX_QUANTITY = 0x7fffffff;

/** Fields that each command must have, and may have. */
const SHAPES: Readonly<Record<Command['op'], readonly [readonly string[], readonly string[]]>> = {
  limit: [
    ['id', 'account', 'side', 'price', 'quantity'],
    ['tif', 'post_only', 'display', 'reduce_only', 'expires_at'],
  ],
  market: [['id', 'account', 'side', 'quantity'], ['reduce_only']],
  stop: [
    ['id', 'account', 'side', 'trigger', 'quantity'],
    ['price', 'by', 'reduce_only', 'expires_at'],
  ],
  take_profit: [
    ['id', 'account', 'side', 'trigger', 'quantity'],
    ['price', 'by', 'reduce_only', 'expires_at'],
  ],
  mark: [['price'], []],
  cancel: [['id'], []],
  cancel_all: [['account'], []],
  replace: [['id', 'price', 'quantity'], []],
  auction: [[], ['reference', 'limit']],
  uncross: [[], []],
};

/** What is wrong with a field's value, or undefined. */
const CHECKS: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  time: integer(0, Number.MAX_SAFE_INTEGER),
  id: integer(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  account: integer(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  side: (value) => (value === 'buy' || value === 'sell' ? undefined : 'must be "buy" or "sell"'),
  price: integer(1, MAX_KEY),
  trigger: integer(1, MAX_KEY),
  reference: integer(1, MAX_KEY),
  quantity: integer(1, MAX_QUANTITY),
  display: integer(1, MAX_QUANTITY),
  expires_at: integer(0, Number.MAX_SAFE_INTEGER),
  tif: (value) =>
    typeof value === 'string' && Object.hasOwn(TIFS, value) ? undefined : 'must be "gtc", "ioc" or "fok"',
  by: (value) => (value === 'last' || value === 'mark' ? undefined : 'must be "last" or "mark"'),
  post_only: flag,
  reduce_only: flag,
  limit: (value) => {
    const share = shareOf(value);
    return share !== undefined && share >= 0 && share <= 1 ? undefined : 'must be a share from 0 to 1';
  },
};

export function readCommand(text: string): Command | Malformed {
  const read = readJson(text);
  if ('refused' in read) return malformed(read.refused, undefined);
  const parsed = read.value;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return malformed('not an object', undefined);
  }
  const fields = parsed as Fields;
  const { op } = fields;
  if (typeof op !== 'string' || !Object.hasOwn(SHAPES, op)) {
    return malformed(`unknown op; there are ${Object.keys(SHAPES).join(', ')}`, fields);
  }
  const [needed, possible] = SHAPES[op as Command['op']];
  for (const name of needed) {
    if (fields[name] === undefined) return malformed(`${op} needs ${name}`, fields);
  }
  for (const name of Object.keys(fields)) {
    if (name === 'op') continue;
    if (name !== 'time' && !needed.includes(name) && !possible.includes(name)) {
      return malformed(`${op} has no ${JSON.stringify(name.slice(0, 40))}`, fields);
    }
    const wrong = CHECKS[name]!(fields[name]);
    if (wrong !== undefined) return malformed(`${name} ${wrong}`, fields);
  }
  return {
    op: op as Command['op'],
    time: fields['time'] as number | undefined,
    id: number(fields['id']),
    account: number(fields['account']),
    side: fields['side'] === 'sell' ? 1 : 0,
    price: number(fields['price']),
    quantity: number(fields['quantity']),
    trigger: number(fields['trigger']),
    how:
      TIFS[(fields['tif'] as string | undefined) ?? 'gtc']! +
      BY[(fields['by'] as string | undefined) ?? 'last']! +
      (fields['post_only'] === true ? POST_ONLY : 0) +
      (fields['reduce_only'] === true ? REDUCE_ONLY : 0),
    display: number(fields['display']),
    expires_at: fields['expires_at'] as number | undefined,
    reference: number(fields['reference']),
    limit: shareOf(fields['limit']) ?? Infinity,
  };
}

/** The value of a field that was checked, 0 where it is missing. */
function number(value: unknown): number {
  return value === undefined ? 0 : (value as number);
}

/** To the nearest double, which the engine counts shares in; undefined for what is no number. */
function shareOf(value: unknown): number | undefined {
  const written = digits(value);
  return written === undefined ? undefined : Number(written);
}

/** Digits beyond 2^53 did not come as a number (json.ts), so that none is rounded into an integer. */
function integer(least: number, most: number): (value: unknown) => string | undefined {
  return (value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'must be an integer';
    return value >= least && value <= most ? undefined : `must be from ${least} to ${most}`;
  };
}

function flag(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'must be true or false';
}

function malformed(reason: string, fields: Fields | undefined): Malformed {
  const id = fields?.['id'];
  return { reason, id: typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined };
}
