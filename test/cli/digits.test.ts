/** What comes in on standard input: digits as they were written, byte-order marks, and an input that is none. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { readJson, writeJson } from '../../src/cli/json.ts';
import { main, repository } from './unwind.ts';

const COMMANDS = ['match', 'margin', 'waterfall'] as const;

/** What a command answers to an input, a line an answer. */
function answers(command: string, input: string): unknown[] {
  const { stdout, stderr } = spawnSync(process.execPath, [main, command], {
    cwd: repository,
    input,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const read = readJson(line);
      return 'value' in read ? read.value : read;
    });
}

describe('JSON keeps the digits', () => {
  const DIGITS = [
    '9007199254740993',
    '-12345678901234567891',
    '100.00000000000000001',
    '0.1234567890123456789',
    '1e400',
    '1E-400',
  ];
  test.each(DIGITS)('%s is written as it was read', (text) => {
    const read = readJson(`{"a":[${text}]}`) as { value: object };
    expect(writeJson(read.value)).toBe(`{"a":[${text}]}`);
  });

  test.each(['0', '-5', '0.1', '9007199254740991', '1e22', '123456789.125'])('%s is a number', (text) => {
    expect(readJson(text)).toEqual({ value: Number(text) });
  });

  test.each([
    ['{"a":1,"a":2}', 'the key "a" appears twice, with different values'],
    ['{"__proto__":{"a":1}}', '__proto__ is no name'],
    ['{"a":.5}', 'not JSON'],
    ['{"a":e5}', 'not JSON'],
    ['[1,]', 'not JSON'],
    ['', 'not JSON'],
    ['['.repeat(60_000) + ']'.repeat(60_000), 'nested too deeply'],
  ])('%# is refused', (text, refused) => {
    expect(readJson(text)).toEqual({ refused });
  });

  test('a byte-order mark and line ends of Windows do not count', () => {
    expect(readJson('\uFEFF{"a":1}\r')).toEqual({ value: { a: 1 } });
  });
});

test('margin computes with the digits of JSON numbers, and gives ids back as they are', () => {
  const account = (id: string, entry: string) =>
    `{"id":${id},"venue":"binance","side":"long","entry":${entry},"quantity":1,"leverage":1,"maintenance_rate":0}`;
  const lines = [
    account('12345678901234567891', '9007199254740993'),
    account('12345678901234567892', '1.2345678901234567890123456789e28'),
    '{"id":3,"fn":"socialLossDepositHaircut","loss":1e400,"deposits":1}',
    '{"id":4,"fn":"socialLossDepositHaircut","loss":9007199254740993,"deposits":1e30}',
  ];
  const found = answers('margin', `\uFEFF${lines.join('\r\n')}\r\n`).map(writeJson);
  expect(found[0]).toMatch(/^{"id":12345678901234567891,"initial_margin":"9007199254740993",/);
  expect(found[1]).toMatch(/^{"id":12345678901234567892,"initial_margin":"12345678901234567890123456789",/);
  expect(found[2]).toBe(
    '{"id":3,"error":"loss: must be from 1e-30 to 1e30 in size, with 40 digits at most"}',
  );
  expect(found[3]).toBe('{"id":4,"result":"0.000000000000009007199254740993"}');
});

test('waterfall computes with the digits of JSON numbers, and gives ids back as they are', () => {
  const document = `{"id":9007199254740993,"quantum":1,"method":"write-off","accounts":[
    {"id":9007199254740993,"equity":-4000000000000001.0000000000000000},
    {"id":9007199254740994,"equity":1}]}`;
  const [answer] = answers('waterfall', `\uFEFF${document}\r\n`).map(writeJson);
  expect(answer).toMatch(/^{"id":9007199254740993,"method":"write-off","loss":"4000000000000001"/);
  expect(answer).toContain('"accounts":[{"id":9007199254740993,"paid":"0","covered":"4000000000000001"');
  // A double would make whole numbers of both.
  const finer = '{"accounts":[{"id":1,"equity":-1.00000000000000001}],"quantum":1}';
  expect(answers('waterfall', finer)).toEqual([
    { error: 'money: numbers of 17 decimals cannot be counted in units of 1' },
  ]);
});

test('match takes no number for an integer that it is not, and the first line of a file with a mark', () => {
  const order = (id: string, price: string) =>
    `{"op":"limit","id":${id},"account":1,"side":"buy","price":${price},"quantity":1}`;
  const lines = [
    order('1', '100'),
    order('2', '100.00000000000000001'),
    order('9007199254740990.6', '100'),
    '{"op":"auction","reference":100,"limit":0.33333333333333333333}',
    order('3', '1e2'),
  ];
  expect(answers('match', `\uFEFF${lines.join('\r\n')}\r\n`)).toEqual([
    { event: 'accepted', id: 1 },
    { event: 'rejected', id: 2, line: 2, reason: 'price must be an integer' },
    { event: 'rejected', line: 3, reason: 'id must be an integer' },
    { event: 'accepted', id: 3 },
  ]);
});

describe.each(COMMANDS)('%s', (command) => {
  const said = (path: string, flags: string) => {
    const file = openSync(path, flags);
    try {
      const { status, stdout, stderr } = spawnSync(process.execPath, [main, command], {
        cwd: repository,
        stdio: [file, 'pipe', 'pipe'],
        encoding: 'utf8',
      });
      return { status, stdout, stderr };
    } finally {
      closeSync(file);
    }
  };

  test.each([
    ['a folder', tmpdir(), 'r', 'is a folder'],
    ['closed, for which Node opens the null device', devNull, 'r', 'is closed or the null device'],
  ])('refuses a standard input that is %s', (_what, path, flags, message) => {
    expect(said(path, flags)).toEqual({
      status: 1,
      stdout: '',
      stderr: `standard input ${message}; give it a file or a pipe, such as < FILE\n`,
    });
  });
});
