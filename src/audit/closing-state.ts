/** The end of a run: every balance, position and call is what the replay has come to, and nothing was made or lost. */
import type { Books } from './books.ts';
import type { Ladder } from './ladder.ts';
import type { Row } from './row.ts';

interface Closing {
  readonly accounts: readonly Row[];
  readonly positions: readonly Row[];
  readonly holdings: readonly Row[];
}

/** `opening`: money in all pockets at the beginning. */
export function checkClosing(
  books: Books,
  { accounts, positions, holdings }: Closing,
  opening: bigint,
): void {
  accounts.forEach((row, account) => {
    row.check('account', account);
    row.require(account < books.accounts, 'account', () => `one of ${books.accounts}`);
    checkBalances(books, row, account);
  });
  accounts.at(-1)?.check('account', books.accounts - 1);
  const recorded = accounts.reduce(
    (sum, row) => sum + row.big('money') + row.big('reserve') + row.big('free') - row.big('borrowed'),
    0n,
  );
  if (recorded !== opening) accounts.at(-1)?.differs('money', `${opening} quanta in all, not ${recorded}`);
  checkPositions(books, positions);
  checkLots(books, positions);
  checkHoldings(books, holdings);
}

/** Positions in an instrument sum to nothing. */
export function checkLots(books: Books, rows: readonly Row[]): void {
  for (let i = 0; i < books.instruments; i++) {
    let sum = 0n;
    for (let account = 0; account < books.accounts; account++) sum += books.position(account, i);
    if (sum !== 0n) rows.at(-1)?.differs('lots', `lots of instrument ${i} that sum to 0, not ${sum}`);
  }
}

const CALL_COLUMNS = [
  'account',
  'instrument',
  'generation',
  'parent',
  'fill',
  'mark',
  'outcome',
  'level_ppm',
  'restricted',
  'notices',
  'unmet',
  'topped_up',
  'breach_us',
  'detected_us',
  'sent_us',
  'answered_us',
  'failed_us',
  'liquidated_us',
  'ended_us',
] as const;

export function checkCalls({ calls }: Ladder, rows: readonly Row[]): void {
  rows.forEach((row, i) => {
    row.check('row', i);
    const call = calls[i] ?? row.differs('row', `one of ${calls.length} calls`);
    for (const column of CALL_COLUMNS) row.check(column, call[column]);
  });
  if (rows.length < calls.length) rows.at(-1)?.differs('row', `followed by ${calls.length} calls in all`);
}

function checkBalances(books: Books, row: Row, account: number): void {
  row.check('money', books.in('margin', account));
  row.check('reserve', books.in('reserve', account));
  row.check('free', books.in('free', account));
  row.check('borrowed', -books.in('credit', account));
  row.check('leverage_ppm', books.leverage[account]!);
  row.check('margined', books.margined[account] ? 1 : 0);
  row.check('bids_for', books.bidsFor[account]!);
  row.check('purse', books.purse[account]!);
}

/** All of the open positions, and no others. */
function checkPositions(books: Books, rows: readonly Row[]): void {
  let open = 0;
  for (let account = 0; account < books.accounts; account++) {
    for (let i = 0; i < books.instruments; i++) if (books.position(account, i) !== 0n) open++;
  }
  for (const row of rows) row.check('lots', books.position(row.num('account'), row.num('instrument')));
  if (rows.length !== open) rows.at(-1)?.differs('lots', `${open} open positions in all, not ${rows.length}`);
}

/** All of the assets held, and no others. */
function checkHoldings({ collateral, accounts }: Books, rows: readonly Row[]): void {
  let held = 0;
  for (let asset = 0; asset < collateral.count; asset++) {
    for (let account = 0; account < accounts; account++) {
      if (collateral.held(account, asset) !== 0n) held++;
    }
  }
  for (const row of rows) {
    row.require(row.num('asset') < collateral.count, 'asset', () => `one of ${collateral.count}`);
    row.check('lots', collateral.held(row.num('account'), row.num('asset')));
  }
  if (rows.length !== held) rows.at(-1)?.differs('lots', `${held} holdings in all, not ${rows.length}`);
}
