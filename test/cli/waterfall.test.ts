/** `unwind waterfall`: the published cases, each method on numbers by hand, and sums that add up whatever is asked. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from '../../src/cli/waterfall/decimal.ts';
import { answers } from '../../src/cli/waterfall/stream.ts';
import { METHODS } from '../../src/cli/waterfall/input.ts';
import { ranks } from '../../src/clearing/waterfall/ranks.ts';
import { repository } from './unwind.ts';

interface Row {
  readonly id: string;
  readonly paid: string;
  readonly covered?: string;
  readonly contributed?: string;
  readonly realised: string;
  readonly unrealised: string;
  readonly closed?: string;
  readonly close_price?: string;
  readonly position: string;
  readonly equity: string;
}

interface Answer {
  readonly error?: string;
  readonly loss: string;
  readonly unpaid: string;
  readonly paid: Readonly<Record<string, string>>;
  readonly insurance_fund: { readonly before: string; readonly after: string };
  readonly quantum: string;
  readonly accounts: readonly Row[];
  readonly steps?: readonly string[];
}

const ask = (document: object): Answer => [...answers(JSON.stringify(document), false)][0] as Answer;
const rowOf = (answer: Answer, id: string): Row => answer.accounts.find((row) => row.id === id)!;
const paidBy = (answer: Answer) => answer.accounts.map(({ paid }) => paid);

const CASES = fileURLToPath(new URL('cases/ladder_and_social_loss.json', import.meta.url));
const { lossSocialisation } = JSON.parse(readFileSync(CASES, 'utf8')) as {
  lossSocialisation: {
    id: number;
    expected_realised: Record<string, number>;
    expected_unrealised?: Record<string, number>;
    insuranceAfter: number;
  }[];
};

test.each(lossSocialisation)('loss socialisation $id, to the unit', (it) => {
  const answer = ask(it);
  for (const [id, expected] of Object.entries(it.expected_realised))
    expect(rowOf(answer, id).realised).toBe(String(expected));
  for (const [id, expected] of Object.entries(it.expected_unrealised ?? {}))
    expect(rowOf(answer, id).unrealised).toBe(String(expected));
  expect(answer.insurance_fund.after).toBe(String(it.insuranceAfter));
  expect(answer.unpaid).toBe('0');
});

/** A long of 10 from 100 with 150 put in owes 50 at 80. Shorts a, b and c profit; d profits too, but is long. */
const BATCH = {
  mark: '80',
  accounts: [
    { id: 'broke', position: '10', entry: '100', collateral: '150' },
    { id: 'a', position: '-4', entry: '100', collateral: '20' }, // gain 80, equity 100
    { id: 'b', position: '-4', entry: '90', collateral: '160' }, // gain 40, equity 200
    { id: 'c', position: '-6', entry: '95', collateral: '310' }, // gain 90, equity 400
    { id: 'd', position: '4', entry: '70', collateral: '60' }, // gain 40, equity 100
    { id: 'e', position: '0', equity: '1000' },
  ],
};

describe('who pays by', () => {
  test('the queue: highest rank first, whole positions, at the bankruptcy price', () => {
    const answer = ask({ ...BATCH, method: 'queue', rank: 'bitmex' });
    // 80/400·320/100 = 0.64; 40/360·320/200 = 0.18; 90/570·480/400 = 0.19: a, then c
    expect(paidBy(answer)).toEqual(['0', '20', '0', '30', '0', '0']);
    expect(rowOf(answer, 'a')).toMatchObject({ closed: '4', close_price: '85', position: '0', equity: '80' });
    expect(rowOf(answer, 'c')).toMatchObject({ closed: '6', position: '0', realised: '60', unrealised: '0' });
    expect(rowOf(answer, 'broke')).toMatchObject({
      closed: '10',
      close_price: '85',
      equity: '0',
      covered: '50',
    });
  });

  test.each([
    ['profit', ['0', '20', '0', '30', '0', '0']], // 90, 80, 40
    ['hyperliquid', ['0', '20', '20', '10', '0', '0']], // 2.56, 1.42, 1.01
    ['leverage', ['0', '20', '20', '10', '0', '0']], // 3.2, 1.6, 1.2
    ['binance', ['0', '20', '20', '10', '0', '0']], // 80/20·3.2 = 12.8; 40/160·1.6 = 0.4; 90/310·1.2 = 0.35
  ])('the queue of %s', (rank, paid) => {
    expect(paidBy(ask({ ...BATCH, method: 'queue', rank }))).toEqual(paid);
  });

  test('pro rata: opposite positions in profit, in proportion to equity, or to size', () => {
    // 10 lots by 100 : 200 : 400
    const fine = ask({ ...BATCH, method: 'pro-rata' });
    expect(paidBy(fine)).toEqual(['0', '7.14285715', '14.2857143', '28.57142855', '0', '0']);
    expect(rowOf(fine, 'b').closed).toBe('2.85714286');
    // … in lots of 1, the largest remainders first: 1, 3, 6
    const answer = ask({ ...BATCH, method: 'pro-rata', lot: 1 });
    expect(answer.accounts.map(({ closed = '0' }) => closed)).toEqual(['10', '1', '3', '6', '0', '0']);
    expect(paidBy(answer)).toEqual(['0', '5', '15', '30', '0', '0']);
    const bySize = ask({ ...BATCH, method: 'pro-rata', by: 'size', lot: 1 });
    expect(bySize.accounts.map(({ closed = '0' }) => closed)).toEqual(['10', '3', '3', '4', '0', '0']);
  });

  test('a haircut of everybody who gained', () => {
    // 50 of gains of 80 + 40 + 90 + 40 = 250, a fifth of each
    expect(paidBy(ask({ ...BATCH, method: 'haircut-winners' }))).toEqual(['0', '16', '8', '18', '8', '0']);
  });

  test('the insurance fund first, whatever the method', () => {
    const answer = ask({ ...BATCH, method: 'haircut-winners', insurance_fund: '25' });
    expect(paidBy(answer)).toEqual(['0', '8', '4', '9', '4', '0']);
    expect(answer.insurance_fund).toEqual({ before: '25', after: '0' });
    const rich = ask({ ...BATCH, method: 'queue', insurance_fund: '60.5' });
    expect(rich.insurance_fund).toEqual({ before: '60.5', after: '10.5' });
    expect(rowOf(rich, 'broke')).toMatchObject({ closed: '10', equity: '0' }); // taken over by the fund
    expect(rowOf(rich, 'a').position).toBe('-4');
  });

  test('a vault, and a list of methods one after the other', () => {
    const answer = ask({ ...BATCH, method: ['backstop', 'haircut-winners'], vault: '25' });
    expect(paidBy(answer)).toEqual(['0', '8', '4', '9', '4', '0']);
    expect(answer.paid).toMatchObject({ vault: '25', accounts: '25', insurance_fund: '0' });
    expect(ask({ ...BATCH, method: 'write-off' })).toMatchObject({
      unpaid: '0',
      paid: { written_off: '50' },
    });
    expect(ask({ ...BATCH, method: 'insurance' })).toMatchObject({ unpaid: '50' });
  });

  test('a default fund in layers', () => {
    const contributions = { broke: '6', a: '10', b: '5', c: '5' } as Record<string, string>;
    const accounts = BATCH.accounts.map((account) => ({
      ...account,
      contribution: contributions[account.id] ?? null,
    }));
    const answer = ask({ ...BATCH, accounts, method: 'default-fund', own_capital: '4', assessment: '0.5' });
    // 50 = 6 its own + 4 capital + 20 contributions + assessments of 5, 2.5 and 2.5, and 10 unpaid
    expect(answer.paid).toMatchObject({ own_capital: '4', contributions: '26', accounts: '10' });
    expect(paidBy(answer)).toEqual(['0', '5', '2.5', '2.5', '0', '0']);
    expect(answer.unpaid).toBe('10');
  });

  test('a debt without a position is paid by everybody with equity, pro rata', () => {
    const accounts = [
      { id: 'x', equity: '-9' },
      { id: 'y', equity: '10' },
      { id: 'z', equity: '20' },
    ];
    expect(paidBy(ask({ accounts, method: 'pro-rata' }))).toEqual(['0', '3', '6']);
    expect(ask({ accounts, method: 'queue' }).unpaid).toBe('9');
  });
});

describe('what is left out', () => {
  test('follows from the rest', () => {
    const full = ask({ ...BATCH, method: 'queue', rank: 'bitmex' });
    const accounts = BATCH.accounts.map((account) => {
      if (account.entry === undefined) return account;
      const { entry, ...rest } = account;
      const profit = Number(account.position) * (80 - Number(entry));
      return { ...rest, equity: String(Number(account.collateral) + profit) };
    });
    expect(ask({ ...BATCH, accounts, method: 'queue', rank: 'bitmex' })).toEqual(full);
    const noMark = ask({ accounts, method: 'pro-rata' });
    expect(rowOf(noMark, 'c')).toMatchObject({ closed: '5.71428571', position: '-0.28571429' });
    expect(Number(rowOf(noMark, 'c').unrealised)).toBeCloseTo((90 * 0.28571429) / 6, 9);
    expect(ask({ accounts, method: 'queue' }).error).toBe('mark: is needed to rank positions');
  });

  test.each([
    [{}, 'accounts: '],
    [
      { accounts: [{ id: 'a' }] },
      'accounts[0]: needs equity, or collateral with position, entry and the mark',
    ],
    [{ accounts: [{ id: 'a', equity: 'ten' }] }, 'accounts.0.equity: needs a number, such as "12.5"'],
    [{ accounts: [{ id: 'a', equity: 1 }], method: 'magic' }, 'method: needs one of insurance, queue,'],
    [{ accounts: [{ id: 'a', equity: 1, debt: 3 }] }, 'accounts.0: '],
    [
      { accounts: [{ id: 'a', equity: 51, collateral: 150, position: 10, entry: 100 }], mark: 90 },
      'accounts[0].equity: is 51, but collateral + position · (mark − entry) = 50',
    ],
    [
      { accounts: [{ id: 'a', equity: 1, collateral: 2 }] },
      'accounts[0].equity: is 1, but collateral + position · (mark − entry) = 2',
    ],
    [
      { accounts: ['a', 'b', 'a'].map((id) => ({ id, equity: 1 })) },
      'accounts[2].id: a is the id of accounts[0] already',
    ],
    [{ accounts: [1, '1'].map((id) => ({ id, equity: 1 })) }, 'accounts[1].id: 1 is the id of accounts[0]'],
    [{ accounts: [{ id: 'a', equity: 1 }], method: ['queue', 'queue'] }, 'method: names a method twice'],
    [
      { accounts: [{ id: 'a', equity: 1 }], assessment: '0.1234567' },
      'assessment: must be at most 1000000, with',
    ],
    [
      { mark: [1, 2], positions: {}, insurance_fund: 5 },
      'insurance_fund: is called insurance beside positions',
    ],
    [{ mark: [1, 2], positions: {}, accounts: [] }, 'accounts: does not stand beside positions'],
    [{ mark: [1, 2], positions: { a: { size: 1, collateral: 1, entry: 3 } } }, 'positions.a: '],
    [
      {
        accounts: [
          { id: 'a', equity: -1 },
          { id: 'b', equity: 1, position: 1 },
        ],
      },
      'account b: needs entry',
    ],
    [{ accounts: [{ id: 'a', equity: '90071992547409.93' }] }, 'exactly in units of 0.01: more than 2^53'],
    [{ accounts: [{ id: 'a', equity: '1.5' }], quantum: 1 }, 'money: numbers of 1 decimals'],
    [{ accounts: [{ id: 'a', equity: '1.5' }], quantum: 0.2 }, 'quantum: must be 1, 0.1, 0.01 or smaller'],
  ])('or is asked for: %j', (document, message) => {
    expect(ask(document).error).toContain(message);
  });
});

test('what agrees with itself is taken, whatever the form of its numbers', () => {
  const account = { id: 'a', equity: '50.0', collateral: '1.5e2', position: 10, entry: '1e2' };
  expect(ask({ accounts: [account], mark: 90 }).accounts[0]!.equity).toBe('50');
});

test('a large assessment takes what members have', () => {
  const answer = ask({
    method: 'default-fund',
    assessment: 1000,
    quantum: 1,
    accounts: [
      { id: 'broke', equity: '-2000000000000000' },
      { id: 'a', equity: '1000000000000000', contribution: '900000000000000' },
    ],
  });
  expect(answer.error).toBeUndefined();
  expect([answer.paid['contributions'], answer.paid['accounts'], answer.unpaid]).toEqual([
    '900000000000000',
    '1000000000000000',
    '100000000000000',
  ]);
});

test('as a command: one a line, wrong ones answered, exit code 1 for them', () => {
  const cli = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
  const input = `${JSON.stringify(lossSocialisation[0])}\nnonsense\n${JSON.stringify({ ...BATCH, id: 7 })}\n`;
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, 'waterfall', '--explain'], {
    cwd: repository,
    input,
    encoding: 'utf8',
  });
  expect([stderr, status]).toEqual(['', 1]);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer & { id: number });
  expect(lines[1]).toEqual({ line: 2, error: 'not JSON: needs one document, or one a line' });
  expect(lines[2]!.id).toBe(7);
  expect(lines[0]!.steps).toContain('party2 pays 2970 (weight 8000)');
});

test('whatever is asked, losses are borne to the last quantum and nobody pays more than it has', () => {
  const number = (min: number, max: number) =>
    fc.integer({ min: min * 1000, max: max * 1000 }).map((n) => String(n / 1000));
  const account = fc.record({
    position: number(-20, 20),
    entry: number(50, 150),
    collateral: number(0, 900),
    contribution: number(0, 50),
  });
  fc.assert(
    fc.property(
      fc.array(account, { minLength: 1, maxLength: 9 }),
      number(60, 140),
      number(0, 500),
      fc.constantFrom(...METHODS),
      fc.constantFrom(...ranks.map(({ name }) => name)),
      (accounts, mark, fund, method, rank) => {
        const answer = ask({
          accounts: accounts.map((one, i) => ({ id: `a${i}`, ...one })),
          mark,
          insurance_fund: fund,
          vault: '100',
          own_capital: '50',
          method,
          rank,
        });
        expect(answer.error).toBeUndefined();
        const sum = (texts: readonly string[]) =>
          texts.reduce((total, text) => total.plus(text), new Exact(0));
        expect(sum([...Object.values(answer.paid), answer.unpaid]).toString()).toBe(answer.loss);
        answer.accounts.forEach((row, i) => {
          const { position, entry, collateral } = accounts[i]!;
          const equity = new Exact(mark).minus(entry).times(position).plus(collateral);
          if (equity.gte(0)) expect(Number(row.equity)).toBeGreaterThanOrEqual(0);
          expect(row.equity).toBe(
            equity
              .minus(row.paid)
              .plus(row.covered ?? 0)
              .toString(),
          );
          expect(sum([row.realised, row.unrealised, collateral]).toString()).toBe(row.equity);
        });
        // As much is closed on one side as on the other, if nobody but ADL closes.
        if ((method === 'queue' || method === 'pro-rata') && answer.paid['insurance_fund'] === '0') {
          const open = sum(answer.accounts.map((row) => row.position));
          expect(open.toString()).toBe(sum(accounts.map(({ position }) => position)).toString());
        }
      },
    ),
    { numRuns: 300 },
  );
});
