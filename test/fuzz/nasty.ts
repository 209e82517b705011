/** Values that break programs: what is put in the place of a setting. */

const NUMBERS = [
  ...[
    0, -0, 1, -1, -3, 2, 7, 0.5, 1.5, 1e-9, 1e-300, 5e-324, 100, 1e3, 1e5, 1e6, 1e8, 1e9, 1e12, 1e15, 1e300,
  ],
  ...[-1e308, 1.7976931348623157e308, NaN, Infinity, -Infinity, 16_777_217, 2_147_483_647, 2_147_483_648],
  ...[-2_147_483_648, 4_294_967_295, 4_294_967_296, 9_007_199_254_740_991, Number.MAX_SAFE_INTEGER + 2],
];

const TEXTS = [
  ...['', ' ', 'x', '0', '-1', '1e999', '0x10', '1_000', '1,000', '٣', 'NaN', 'true', 'none', 'null'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '../../../etc/hostname',
    '/dev/zero',
    '\u0000',
    '💥',
    '%',
    '%s',
  ],
  ...[
    '5 %',
    '-5 %',
    '100 %',
    '101 %',
    '1e308 %',
    '-1e308 %',
    '1e-300 %',
    '0 s',
    '1 us',
    '1 s',
    '-1 s',
    '1e-300 s',
  ],
  ...[
    '1e12 s',
    '1e300 d',
    '3650 d',
    '4000 d',
    '1 month',
    '10 BTC',
    '1e30 BTC',
    '1e-9 BTC',
    '0.0005 BTC',
    '1 ETH',
  ],
  ...[
    '1e300 USDT',
    '-1 USDT',
    '1e-300 per s',
    '1e300 per s',
    '0 per s',
    '1 per d',
    '1e6 per s',
    '1e8 % per year',
  ],
  ...[
    '1e308 depths',
    '0 depths',
    '-1 depths',
    '1 depths',
    'x'.repeat(5000),
    '[1, 2]',
    '{ a: 1 }',
    '*a',
    '&a 1',
  ],
];

const NODES: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [1, 2, 3],
  [[]],
  { a: 1 },
  { grid: [1, -1] },
  [null],
];

/** All of them. */
const NASTY: readonly unknown[] = [...NUMBERS, ...TEXTS, ...NODES];

/** How much larger or smaller a number becomes: nonsense of a size that a range may let through. */
const SCALES = [0, -1, 0.1, 0.5, 0.99, 1.01, 2, 10, 100, 1e3, 1e4, 1e6, 1e9, 1e-2, 1e-3, 1e-6, 1e-9];

/** A value for a setting, by two numbers from 0 to 1: one of NASTY, or the number that is there, scaled. */
export function nastyFor(written: unknown, kind: number, which: number): unknown {
  const [, number, unit] = /^\s*([-+]?[\d.]+(?:e[-+]?\d+)?)\s*(.*)$/i.exec(String(written)) ?? [];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(which * list.length)]!;
  if (number === undefined || typeof written === 'object') return pick(NASTY);
  if (kind < 0.6) return withUnit(Number(number) * pick(SCALES), unit!);
  const value = pick(NASTY);
  return typeof value === 'number' && kind < 0.9 ? withUnit(value, unit!) : value;
}

function withUnit(value: number, unit: string): number | string {
  return unit === '' ? value : `${value} ${unit}`;
}
