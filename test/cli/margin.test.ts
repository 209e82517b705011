/** `unwind margin`: every worked case through the command; what it says of lines that are wrong. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Row } from './margin-cases.ts';
import { CASES, account, answers, casesOf, said } from './margin-cases.ts';
import { repository } from './unwind.ts';

const command = (input: string, ...options: readonly string[]) => {
  const cli = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
  return spawnSync(process.execPath, [cli, 'margin', ...options], {
    cwd: repository,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
};

describe('the worked cases, piped through the command line by line', () => {
  const { stdout, status } = command(CASES.map(({ line }) => JSON.stringify(line)).join('\n'));
  const results = answers(stdout);

  test('are all answered', () => {
    expect(status).toBe(0);
    expect(results).toHaveLength(CASES.length);
  });

  test.each(CASES.map((it, i) => ({ ...it, i })))('$title', ({ expected, tolerance, i }) => {
    const { result, error } = results[i] as { result: string | Row; error?: string };
    expect(error).toBeUndefined();
    const got = typeof result === 'string' ? { result } : result;
    for (const [name, value] of Object.entries(expected)) {
      const off = Math.abs(Number(got[name]) - Number(value));
      expect(off, `${name}: ${String(got[name])}, not ${String(value)}`).toBeLessThanOrEqual(
        tolerance * Math.max(1, Math.abs(Number(value))),
      );
    }
  });

  test('and the same accounts give the same prices as lines of their own', () => {
    const rows = casesOf('liquidation_prices').map((row) => row['input'] as Row);
    const lines = rows.map(
      ({ exchange, side, leverage, entry, size, isolatedMargin, mmr, cum, takerFee }) => ({
        venue: exchange,
        mode: 'isolated',
        side,
        leverage,
        entry,
        quantity: size,
        wallet: isolatedMargin,
        maintenance_rate: mmr,
        maintenance_amount: cum,
        taker_fee: takerFee,
      }),
    );
    const prices = said(lines).map((row) => row['liquidation_price']);
    expect(prices).toEqual(results.slice(0, rows.length).map((row) => row['result']));
  });

  test('free money is told where what was free before is given', () => {
    const row = { ...casesOf('ladder_and_social_loss', 'marginLevels')[2]!, fn: 'marginLevels' };
    const [answer] = said([{ ...row, generalBefore: 4597 }]);
    expect(answer!['result']).toMatchObject({
      transfer: '-2042',
      marginBalanceAfter: '2161',
      generalAfter: '6639',
    });
  });
});

describe('an answer', () => {
  test('is all decimal texts, exact, without exponents', () => {
    expect(said([account])).toEqual([
      {
        id: 'a',
        initial_margin: '1450',
        maintenance_margin: '116',
        equity: '500',
        margin_ratio: '0.232',
        liquidation_price: '57228.91566265060240963855421686746987952',
        bankruptcy_price: '57000',
        tier: null,
      },
    ]);
    const [tiny] = said([{ ...account, entry: '0.00000012', mark: '1.2e-7', quantity: '1e-9' }]);
    expect(tiny).toMatchObject({
      equity: '0.000000000000000006',
      maintenance_margin: '0.00000000000000000048',
    });
  });

  test('is the same for texts and JSON numbers, and null is as good as left out', () => {
    const numbers = {
      ...account,
      entry: 60000,
      quantity: 0.5,
      mark: 58000,
      leverage: 20,
      maintenance_rate: 0.004,
    };
    expect(said([{ ...numbers, wallet: null, tiers: null }])).toEqual(said([account]));
  });

  test('has null where there is no such number', () => {
    const { leverage, ...unlevered } = account;
    expect(leverage).toBe('20');
    expect(said([{ ...unlevered, wallet: '40000' }])[0]).toMatchObject({
      initial_margin: null,
      liquidation_price: null,
      bankruptcy_price: null,
    });
    expect(said([{ ...account, mark: '50000' }])[0]).toMatchObject({ equity: '-3500', margin_ratio: null });
  });

  test('of dydx scales the initial margin by open interest, given in shares or in ppm', () => {
    const terms = { oi_lower: '1000', oi_upper: '2000', oi: '1500' };
    const dydx = { ...account, venue: 'dydx' };
    const [share, ppm, wrong] = said([
      { ...dydx, open_interest: { ...terms, base_imf: '0.2' } },
      { ...dydx, open_interest: { ...terms, base_imf_ppm: 200_000 } },
      { ...dydx, open_interest: { ...terms, base_imf: '0.2', oi_upper: 1 } },
    ]);
    expect(share).toMatchObject({ initial_margin: '17400', maintenance_margin: '116' });
    expect(ppm).toEqual(share);
    expect(wrong!['error']).toBe('open_interest.oi_upper: must not be below oi_lower');
    expect(said([{ ...account, open_interest: terms }])[0]!['error']).toMatch(
      /^open_interest.base_imf: is needed/,
    );
    const given = { ...terms, base_imf: 0.2 };
    expect(said([{ ...account, open_interest: given }])[0]!['error']).toBe(
      'open_interest: does not count at binance',
    );
  });

  test('tells the line of an account without an id', () => {
    const { id: _, ...nameless } = account;
    expect(said([account, nameless])[1]).toMatchObject({ id: null, line: 2 });
  });

  test('shows the formulas with the numbers put in', () => {
    const [{ explain }] = said([account], true) as [{ explain: string[] }];
    expect(explain).toContain('MM = N·MMR − cum = 29000·0.004 − 0 = 116: maintenance margin');
    expect(explain).toContain(
      'LP = (WB − MMo + UPNLo + cum − s·q·E)/(q·MMR − s·q) = ' +
        '(1500 − 0 + 0 + 0 − 1·0.5·60000)/(0.5·0.004 − 1·0.5) = 57228.9156627: ' +
        'liquidation price: equity equals maintenance margin',
    );
    const told = new Set(explain.map((line) => line.split(' = ')[0]));
    const formulas = explain.map((line) => line.split(' = ')).filter(({ length }) => length === 4);
    for (const [, text] of formulas) {
      for (const symbol of text!.match(/[A-Za-z]\w*/g)!) expect(told, text).toContain(symbol);
    }
  });
});

describe('a wrong line names the field and what would do:', () => {
  const tiers = [
    [0, 1000, 0.01, 50, 0],
    [1000, 5000, 0.02, 25, 10],
  ];
  test.each([
    ['not JSON', '{', 'not JSON'],
    ['no object', '[1]', 'must be an object'],
    ['neither account nor formula', {}, 'venue: is needed, or fn for a formula by name'],
    ['an unknown venue', { ...account, venue: 'ftx' }, /^venue: must be one of binance, bybit, /],
    ['an id that is none', { ...account, id: {} }, 'id: must be a text or a whole number'],
    ['a missing field', { ...account, entry: undefined }, 'entry: is needed'],
    ['a size of 0', { ...account, quantity: '0' }, 'quantity: must be above 0'],
    ['words for numbers', { ...account, mark: 'high' }, 'mark: must be a decimal number such as "0.1"'],
    ['a list for a number', { ...account, mark: [1] }, 'mark: must be a number, or a text such as "0.1"'],
    ['too large a number', { ...account, mark: '1e31' }, /^mark: must be from 1e-30 to 1e30 in size/],
    ['too many digits', { ...account, mark: `0.${'1'.repeat(41)}` }, /with 40 digits at most$/],
    ['a rate of 100 %', { ...account, maintenance_rate: 1 }, 'maintenance_rate: must be from 0 to below 1'],
    ['no rate', { ...account, maintenance_rate: null }, 'maintenance_rate: is needed at binance, or tiers'],
    [
      'a field that is none',
      { ...account, taker_fees: 1 },
      /^taker_fees: no such field here; there are id, /,
    ],
    ['cross without a wallet', { ...account, mode: 'cross' }, /^wallet: is needed in cross mode/],
    ['no wallet, no leverage', { ...account, leverage: null }, /^wallet: is needed, or leverage/],
    [
      'tiers where there are none',
      { ...account, venue: 'flat', tiers },
      'tiers: flat has one rate for every size',
    ],
    [
      'a gap between tiers',
      { ...account, tiers: [tiers[0], [1100, 5000, 0.02, 25, 10]] },
      'tiers[1]: must start where the tier before ends, at 1000',
    ],
    ['a tier without a rate', { ...account, tiers: [[0, 1000]] }, 'tiers[0]: needs a maintenance rate'],
    ['a tier that is no list', { ...account, tiers: [7] }, /^tiers\[0\]: must be \[floor, cap, rate/],
    ['a number of a tier', { ...account, tiers: [[0, 10, 2]] }, 'tiers[0][2]: must be from 0 to below 1'],
    ['others', { ...account, others: { maintenance: -1 } }, 'others.maintenance: must not be negative'],
    ['an unknown formula', { fn: 'toString' }, /^fn: must be one of /],
    [
      'a change that is none',
      {
        fn: 'bankruptcyQuoteForDelta',
        quoteBalance: 0,
        positions: [{ market: 'BTC', size: 1, price: 10, mmf: 0.1 }],
        market: 'BTC',
        delta: 1,
      },
      /^delta: must be of opposite sign/,
    ],
  ] as [string, object | string, string | RegExp][])('%s', (_, line, message) => {
    const [answer, next] = said([line, account]);
    expect(answer!['error']).toMatch(message);
    expect(next).toMatchObject({ id: 'a', equity: '500' });
  });
});

test('the help says what is null, and the example in the README runs', () => {
  const { stdout } = command('', '--help');
  expect(stdout).toContain('null stands for');
  const readme = readFileSync(new URL('../../src/clearing/README.md', import.meta.url), 'utf8');
  const [, line, answer] = /echo '(\{[^']*\})' \| npx unwind margin\n```\n+```json\n(\{[^`]*\})\n```/.exec(
    readme,
  )!;
  expect(answers(command(line!).stdout)).toEqual([JSON.parse(answer!)]);
});

describe('tables that contradict themselves', () => {
  const table = (tiers: unknown, more: object = {}) => ({
    ...{ id: 1, venue: 'binance', side: 'long', entry: 100, quantity: 7000, leverage: 20, tiers },
    ...more,
  });

  test.each([
    [
      [[0, 50_000, 0.004, 125, 0], [50_000, 600_000, 0.005, 100, 500]], // prettier-ignore
      'tiers[1]: amount 500 makes the requirement jump at 50000; continuous would be 50',
    ],
    [[[0, 10, 0.02, 20, 0], [10, null, 0.01, 20]], 'tiers[1]: rate 0.01 is below the tier before (0.02)'], // prettier-ignore
    [[[0, 10, 0.02, 60, 0]], 'tiers[0]: leverage 60 is above one over the rate 0.02: opened in breach'],
  ])('%j', (tiers, error) => {
    expect(said([table(tiers)])).toEqual([{ id: 1, error }]);
  });

  test('an amount above notional · rate, at any venue', () => {
    const okx = table([[0, 50_000, 0.01, 20, 0], [50_000, null, 0.02, 20, 1001]], { venue: 'okx' }); // prettier-ignore
    expect(said([okx])[0]!['error']).toBe(
      'tiers[1]: amount 1001 is above floor · rate = 1000: a requirement below 0',
    );
    const single = { ...table(undefined), maintenance_rate: 0.01, maintenance_amount: 7001 };
    expect(said([single])[0]!['error']).toContain('maintenance_amount: is above notional · rate');
  });

  test('an answer says where the last cap is passed', () => {
    const tiers = [[0, 600_000, 0.005, 100, 0]];
    expect(said([table(tiers)])[0]).toMatchObject({ maintenance_margin: '3500', beyond_last_cap: true });
    expect(said([table(tiers, { quantity: 6000 })])[0]).not.toHaveProperty('beyond_last_cap');
    const short = said([table(tiers, { quantity: 6000, side: 'short' })])[0];
    expect(short).toMatchObject({ liquidation_beyond_last_cap: true });
    expect(short).not.toHaveProperty('beyond_last_cap');
  });
});
