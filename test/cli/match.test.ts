/** `unwind match`: lines in, lines out; and what it makes of lines that are no commands. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { collectGarbage } from '../../src/cli/bench/measure.ts';
import { MatchSession } from '../../src/cli/match/session.ts';
import { streamLines } from '../../src/cli/line-stream.ts';
import type { SelfTrade } from '../../src/market/reports.ts';
import { Rng } from '../../src/core/rng.ts';
import { repository } from './unwind.ts';

const OPTIONS = { selfTrade: 'none', orders: 1000, accounts: 1000, book: false } as const;

/** What a session says to these commands, one short word an event. */
function said(commands: readonly object[], selfTrade: SelfTrade = 'none'): string[] {
  const session = new MatchSession({ ...OPTIONS, selfTrade });
  commands.forEach((command, i) => {
    session.line(JSON.stringify(command), i + 1);
  });
  return words(session.out);
}

function words(out: string): string[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => Object.values(JSON.parse(line) as object).join(' '));
}

const limit = (id: number, side: string, price: number, quantity: number, more: object = {}) => ({
  op: 'limit',
  id,
  account: id,
  side,
  price,
  quantity,
  ...more,
});
const market = (id: number, side: string, quantity: number) => ({
  op: 'market',
  id,
  account: id,
  side,
  quantity,
});

describe('kinds of orders', () => {
  test('an iceberg shows a part, and goes to the back with each refill', () => {
    const events = said([
      limit(1, 'buy', 100, 5, { display: 2 }),
      limit(2, 'buy', 100, 4),
      market(3, 'sell', 7),
    ]);
    expect(events.slice(3)).toEqual(['trade 100 2 1 3 sell', 'trade 100 4 2 3 sell', 'trade 100 1 1 3 sell']);
  });

  test('immediate or cancel, fill or kill, post-only', () => {
    const book = [limit(1, 'sell', 101, 3), limit(2, 'sell', 102, 3)];
    expect(said([...book, limit(3, 'buy', 101, 5, { tif: 'ioc' })]).slice(3)).toEqual([
      'trade 101 3 1 3 buy',
      'cancelled 3 2 ioc',
    ]);
    expect(said([...book, limit(3, 'buy', 102, 7, { tif: 'fok' })]).slice(3)).toEqual(['cancelled 3 7 fok']);
    expect(said([...book, limit(3, 'buy', 102, 6, { tif: 'fok' })])).toHaveLength(5);
    expect(said([...book, limit(3, 'buy', 101, 1, { post_only: true })]).slice(3)).toEqual([
      'cancelled 3 1 post_only',
    ]);
  });

  test('a stop waits for a trade at its trigger, and follows the order that set it off', () => {
    const events = said([
      limit(1, 'buy', 100, 1),
      limit(2, 'buy', 99, 9),
      { op: 'stop', id: 3, account: 3, side: 'sell', trigger: 100, quantity: 2 },
      { op: 'stop', id: 4, account: 4, side: 'sell', trigger: 98, quantity: 2, price: 98 },
      market(5, 'sell', 1),
    ]);
    expect(events.slice(5)).toEqual(['trade 100 1 1 5 sell', 'triggered 3', 'trade 99 2 2 3 sell']);
  });

  test('a take-profit waits on the other side, and by mark for a mark', () => {
    const stop = { op: 'stop', account: 1, side: 'sell', trigger: 95, quantity: 1 };
    const profit = { op: 'take_profit', account: 1, side: 'sell', trigger: 101, quantity: 1 };
    const events = said([
      limit(1, 'buy', 100, 9),
      { ...stop, id: 2, by: 'mark' },
      { ...profit, id: 3 },
      { ...profit, id: 4, by: 'mark', price: 100 },
      { op: 'mark', price: 96 },
      { op: 'mark', price: 101 },
      { op: 'mark', price: 95 },
      { op: 'mark', price: 0 },
    ]);
    expect(events.slice(4)).toEqual([
      'triggered 4',
      'trade 100 1 1 4 sell',
      'triggered 2',
      'trade 100 1 1 2 sell',
      'rejected 8 price must be from 1 to 1073741823',
    ]);
  });

  test('a reduce-only order is cut to the position, and refused without one', () => {
    const events = said([
      limit(1, 'sell', 100, 3),
      { ...market(2, 'buy', 3), account: 7 },
      { ...limit(3, 'sell', 101, 5), account: 7, reduce_only: true },
      { ...limit(4, 'sell', 101, 5), account: 8, reduce_only: true },
    ]);
    expect(events.slice(3)).toEqual(['accepted 3', 'cancelled 3 2 reduce_only', 'rejected 4 reduce_only']);
  });

  test('an order ends when the clock reaches its time', () => {
    const events = said([
      { ...limit(1, 'buy', 100, 3, { expires_at: 50 }), time: 10 },
      { ...limit(2, 'buy', 100, 3), time: 49 },
      { ...market(3, 'sell', 2), time: 50 },
    ]);
    expect(events.slice(2)).toEqual(['cancelled 1 3 expired', 'accepted 3', 'trade 100 2 2 3 sell']);
  });

  test('a replaced order keeps its place only when it shrinks at its price', () => {
    const book = [limit(1, 'buy', 100, 5), limit(2, 'buy', 100, 5)];
    const after = (price: number, quantity: number) =>
      said([...book, { op: 'replace', id: 1, price, quantity }, market(3, 'sell', 1)]).at(-1);
    expect(after(100, 4)).toBe('trade 100 1 1 3 sell');
    expect(after(100, 6)).toBe('trade 100 1 2 3 sell');
    expect(after(101, 4)).toBe('trade 101 1 1 3 sell');
  });

  test('a replaced order keeps its terms: post-only, the end of its time, what it shows', () => {
    const offer = limit(1, 'sell', 101, 9);
    const moved = { op: 'replace', id: 2, price: 101, quantity: 3 };
    const posted = [offer, limit(2, 'buy', 99, 3, { post_only: true }), moved];
    expect(said(posted).slice(2)).toEqual(['accepted 2', 'cancelled 2 3 post_only']);
    const timed = [limit(2, 'buy', 99, 3, { expires_at: 50 }), { ...moved, time: 10 }];
    expect(said([...timed, { ...offer, time: 50 }]).slice(2)).toEqual([
      'cancelled 2 3 expired',
      'accepted 1',
    ]);
    const iceberg = [limit(2, 'buy', 99, 3, { display: 1 }), moved, limit(3, 'buy', 101, 1)];
    expect(said([...iceberg, market(4, 'sell', 2)]).slice(4)).toEqual([
      'trade 101 1 2 4 sell',
      'trade 101 1 3 4 sell',
    ]);
  });

  test('a stop that comes in a call period with its price there already sells when that ends', () => {
    const book = [limit(1, 'sell', 90, 1), market(2, 'buy', 1), limit(4, 'buy', 97, 5)];
    const stop = { op: 'stop', id: 3, account: 3, side: 'sell', trigger: 95, quantity: 1 };
    const sold = ['triggered 3', 'trade 97 1 4 3 sell'];
    expect(said([...book, { op: 'auction' }, stop, { op: 'uncross' }]).slice(4)).toEqual([
      'accepted 3',
      ...sold,
    ]);
    expect(said([...book, stop]).slice(4)).toEqual(['accepted 3', ...sold]);
  });
});

test.each([
  ['none', ['trade 100 3 1 2 sell', 'cancelled 2 1 ioc']],
  ['cancel-newest', ['cancelled 2 4 self_trade']],
  ['cancel-oldest', ['cancelled 1 3 self_trade', 'cancelled 2 4 ioc']],
  ['cancel-both', ['cancelled 1 3 self_trade', 'cancelled 2 4 self_trade']],
  ['decrement', ['cancelled 1 3 self_trade', 'cancelled 2 3 self_trade', 'cancelled 2 1 ioc']],
] as const)('self-trade prevention: %s', (mode, expected) => {
  const own = { account: 7 };
  const events = said([limit(1, 'buy', 100, 3, own), limit(2, 'sell', 100, 4, { ...own, tif: 'ioc' })], mode);
  expect(events.slice(2)).toEqual(expected);
});

interface AuctionCase {
  readonly id: string;
  readonly refPrice?: number;
  readonly limitPct: number;
  readonly levels: readonly { price: number; buy: number; sell: number }[];
  readonly expectedPrice: number;
  readonly expectedVolume: number;
}

const CASES = fileURLToPath(new URL('cases/call_auction.json', import.meta.url));
const { cases } = JSON.parse(readFileSync(CASES, 'utf8')) as { cases: AuctionCase[] };

test.each(cases)('call auction $id: $expectedVolume at $expectedPrice', (it) => {
  const reference = it.refPrice === undefined ? {} : { reference: it.refPrice };
  let id = 0;
  const orders = it.levels.flatMap(({ price, buy, sell }) => [
    ...(buy > 0 ? [limit(++id, 'buy', price, buy)] : []),
    ...(sell > 0 ? [limit(++id, 'sell', price, sell)] : []),
  ]);
  const events = said([
    { op: 'auction', ...reference, limit: it.limitPct },
    ...orders,
    { op: 'uncross' },
  ]).slice(id);
  expect(events[0]).toBe(`auction ${it.expectedPrice} ${it.expectedVolume}`);
  const traded = events.slice(1).map((event) => event.split(' '));
  expect(traded.every(([, price]) => Number(price) === it.expectedPrice)).toBe(true);
  expect(traded.reduce((sum, [, , lots]) => sum + Number(lots), 0)).toBe(it.expectedVolume);
});

test('as a command: events on stdout, the book as the last line, a bad line answered with its number', () => {
  const input = [limit(1, 'buy', 100, 5), limit(2, 'sell', 103, 2), 'nonsense', market(3, 'sell', 1)]
    .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
    .join('\n');
  const cli = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [cli, 'match', '--book'], {
    cwd: repository,
    input,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout.split('\n').slice(2)).toEqual([
    '{"event":"rejected","line":3,"reason":"not JSON"}',
    '{"event":"accepted","id":3}',
    '{"event":"trade","price":100,"quantity":1,"maker":1,"taker":3,"side":"sell"}',
    '{"event":"book","bids":[[100,4]],"asks":[[103,2]]}',
    '',
  ]);
});

test('100,000 mangled lines: one rejection each at most, no crash, and what comes after is understood', async () => {
  const seed = Number(process.env['UNWIND_SEED'] ?? 20261123);
  const state = (n: number) => Int32Array.of(Math.imul(seed, n) | 1);
  const rng = new Rng(state(1), state(2), state(3), state(4));
  const mangled = (): string => {
    const text = JSON.stringify(
      limit(rng.below(50), 'buy', 1 + rng.below(200), 1 + rng.below(9), { display: 2 }),
    );
    const at = rng.below(text.length);
    switch (rng.below(6)) {
      case 0:
        return text.slice(0, at) + '}';
      case 1:
        return text.slice(0, at) + String.fromCharCode(33 + rng.below(60_000)) + text.slice(at + 1);
      case 2:
        return text.replace(/\d+/, ['1e400', '-1', '1.5', '"1"', 'null', '{}', '[[]]'][rng.below(7)]!);
      case 3:
        return text.replace('limit', ['__proto__', 'constructor', 'stop', 'uncross', ''][rng.below(5)]!);
      case 4:
        return '['.repeat(1 + rng.below(3000));
      default:
        return text + text;
    }
  };
  const lines: string[] = [];
  for (let i = 0; i < 100_000; i++) lines.push(mangled().replaceAll('\n', ' ').trim() || '?');
  lines.push(JSON.stringify(limit(1_000_000, 'sell', 5000, 1)));
  const session = new MatchSession({ ...OPTIONS, orders: 200_000 });
  let last = '';
  let rejected = 0;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const text = last + chunk.toString();
      rejected += text.split('"event":"rejected"').length - 1;
      last = text.slice(text.lastIndexOf('\n', text.length - 2) + 1).replace('"event":"rejected"', '');
      done();
    },
  });
  const play = async () => {
    await streamLines(Readable.from([Buffer.from(lines.join('\n'))]), output, session);
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const once = await play();
  expect(last, `UNWIND_SEED=${seed}`).toBe('{"event":"accepted","id":1000000}\n');
  expect(rejected).toBeGreaterThan(60_000);
  expect(rejected).toBeLessThanOrEqual(100_000);
  // Memory stays flat: the same again leaves no more behind than the first time did.
  expect((await play()) - once).toBeLessThan(1_000_000);
});
