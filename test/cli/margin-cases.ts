// The worked cases as lines of `unwind margin`, and a plain account; shared by the tests of the command.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MarginSession } from '../../src/cli/margin/session.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The answers to these lines, by a session of its own. */
export function said(lines: readonly (object | string)[], explain = false): Row[] {
  const session = new MarginSession({ explain });
  lines.forEach((line, i) => {
    session.line(typeof line === 'string' ? line : JSON.stringify(line), i + 1);
  });
  return answers(session.out);
}

export const answers = (out: string): Row[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

export function casesOf(file: string, key = 'cases'): Row[] {
  const path = fileURLToPath(new URL(`cases/${file}.json`, import.meta.url));
  return (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Row[]>)[key]!;
}

interface Case {
  readonly title: string;
  readonly line: Row;
  readonly expected: Row;
  /** Relative above 1, absolute below. */
  readonly tolerance: number;
}

/** A row of a file as the line that it is, with the name of its function where the row has none. */
function caseOf(row: Row, number: number, fn: string, tolerance: number, expected?: Row): Case {
  const answer = Object.entries(row).find(([key]) => key.startsWith('expected'))?.[1];
  return {
    title: `${fn} ${(row['id'] as string | undefined) ?? number + 1}`,
    line: { id: number, ...row, fn },
    expected: expected ?? (typeof answer === 'object' ? (answer as Row) : { result: answer }),
    tolerance,
  };
}

const fnOf = (row: Row) => row['fn'] as string;
const { generalAfter: _unknown, ...movedLevels } = casesOf('ladder_and_social_loss', 'marginLevels')[2]![
  'expected'
] as Row;

export const CASES: Case[] = [
  ...casesOf('liquidation_prices').map((row, i) => caseOf(row, i, fnOf(row), 1e-6)),
  ...casesOf('bankruptcy_and_fund').map((row, i) => caseOf(row, i, fnOf(row), 0)),
  ...casesOf('partial_liquidation').map((row, i) =>
    caseOf(row, i, fnOf(row), fnOf(row).endsWith('Weight') ? 1e-4 : 1e-9),
  ),
  ...casesOf('hyperliquid').map((row, i) => {
    const { liq, backstop, backstopThreshold } = row;
    const expected = backstop === undefined ? { liq } : { liq, backstop, backstopThreshold };
    return caseOf(row, i, 'hyperliquid_isolated', 1e-9, expected);
  }),
  // What was free before the third row's transfer is not in it, so what is free after cannot be computed.
  ...casesOf('ladder_and_social_loss', 'marginLevels').map((row, i) =>
    caseOf(row, i, 'marginLevels', 0, i === 2 ? movedLevels : undefined),
  ),
];

export const account = {
  id: 'a',
  venue: 'binance',
  side: 'long',
  entry: '60000',
  quantity: '0.5',
  mark: '58000',
  leverage: '20',
  maintenance_rate: '0.004',
};
