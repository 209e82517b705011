/**
 * The accounts of a document in whole quanta and lots, with what the document leaves out worked out, and what happens to
 * them: money and lots that change hands, counted like in the engine.
 */
import { ConfigError } from '../../core/errors.ts';
import { Claims } from '../../clearing/waterfall/allocation.ts';
import type { Exact } from './decimal.ts';
import { Quantum, ZERO } from './decimal.ts';
import type { WrittenAccount, WrittenDocument } from './input.ts';
import { nameOf } from './input.ts';

export interface Account {
  readonly id: WrittenAccount['id'];
  /** The same as a text. */
  readonly name: string;
  /** Signed, as given. */
  readonly position: Exact;
  /** Unrealised at the mark; undefined when neither the entry nor equity and collateral say it. */
  readonly profit: Exact | undefined;
  readonly collateral: Exact | undefined;
  /** Quanta. */
  readonly equity: number;
  readonly maintenance: Exact | undefined;
  /** Quanta of the default fund that are this account's. */
  contribution: number;
  /** Quanta of contribution spent: not from its equity. */
  contributed: number;
  /** Quanta that it pays for others from its equity. */
  paid: number;
  /** Quanta of its own debt that are covered. */
  covered: number;
  /** Lots (unsigned) of its position closed. */
  closed: number;
}

export class Situation {
  readonly accounts: readonly Account[];
  readonly mark: Exact | undefined;
  readonly money: Quantum;
  readonly size: Quantum;
  readonly claims: Claims;
  readonly steps: string[] = [];
  /** Quanta that the funds hold before. */
  readonly fundBefore: number;
  fund: number;
  readonly vaultBefore: number;
  vault: number;
  readonly capitalBefore: number;
  capital: number;
  writtenOff = 0;

  constructor(document: WrittenDocument) {
    const { mark, insurance_fund: fund = ZERO, vault = ZERO, own_capital: capital = ZERO } = document;
    const { quantum, lot } = document;
    this.mark = mark;
    refuseDoubled(document.accounts);
    const known = document.accounts.map((account, i) => workOut(account, mark, ['accounts', i]));
    const contributions = document.accounts.map(({ contribution }) => contribution ?? ZERO);
    const money = known.flatMap(({ equity, profit, collateral }) => [
      equity,
      profit ?? ZERO,
      collateral ?? ZERO,
    ]);
    this.money = new Quantum('money', [fund, vault, capital, ...contributions, ...money], quantum);
    const positions = known.map(({ position }) => position);
    this.size = new Quantum('positions', positions, lot);
    this.accounts = known.map(({ equity, ...account }, i) => ({
      ...account,
      name: nameOf(account.id),
      equity: this.money.whole(equity),
      contribution: this.money.whole(contributions[i]!),
      contributed: 0,
      paid: 0,
      covered: 0,
      closed: 0,
    }));
    this.claims = new Claims(known.length);
    this.fund = this.fundBefore = this.money.whole(fund);
    this.vault = this.vaultBefore = this.money.whole(vault);
    this.capital = this.capitalBefore = this.money.whole(capital);
  }

  /** Quanta that an account still owes. */
  debt({ equity, covered }: Account): number {
    return equity < 0 ? -equity - covered : 0;
  }

  /** Quanta that all still owe. */
  get owed(): number {
    return this.accounts.reduce((sum, account) => sum + this.debt(account), 0);
  }

  /** Quanta that an account still has to lose. */
  free({ equity, paid }: Account): number {
    return equity > paid ? equity - paid : 0;
  }

  lots({ position, closed }: Account): number {
    return this.size.whole(position.abs()) - closed;
  }

  /** Unrealised profit of the whole position, quanta. Throws ConfigError when nothing says it. */
  gain(account: Account): number {
    if (account.profit !== undefined) return this.money.whole(account.profit);
    throw new ConfigError(
      [],
      `account ${account.name}: needs entry, or equity and collateral, to know its gain`,
    );
  }

  /** Covers debts of `quanta` in all, in the order of the accounts. */
  cover(quanta: number): void {
    let left = quanta;
    for (const account of this.accounts) {
      const part = Math.min(left, this.debt(account));
      account.covered += part;
      left -= part;
    }
  }

  /** A line for --explain. */
  say(step: string): void {
    this.steps.push(step);
  }

  text(quanta: number): string {
    return this.money.decimal(quanta).toString();
  }
}

/** Two accounts of one name could not be told apart in the answer. */
function refuseDoubled(accounts: readonly WrittenAccount[]): void {
  const places = new Map<string, number>();
  accounts.forEach(({ id }, i) => {
    const name = nameOf(id);
    const first = places.get(name);
    if (first !== undefined)
      throw new ConfigError(['accounts', i, 'id'], `${name} is the id of accounts[${first}] already`);
    places.set(name, i);
  });
}

/** What is left out follows from the rest: equity = collateral + profit, profit = position · (mark − entry). */
function workOut(written: WrittenAccount, mark: Exact | undefined, path: readonly (string | number)[]) {
  const { id, position = ZERO, maintenance } = written;
  const { entry } = written;
  let { equity, collateral } = written;
  let profit: Exact | undefined;
  if (position.isZero()) profit = ZERO;
  else if (entry !== undefined && mark !== undefined) profit = position.times(mark.minus(entry));
  else if (equity !== undefined && collateral !== undefined) profit = equity.minus(collateral);
  if (equity === undefined) {
    if (collateral === undefined || profit === undefined) {
      throw new ConfigError(path, 'needs equity, or collateral with position, entry and the mark');
    }
    equity = collateral.plus(profit);
  }
  if (profit !== undefined) {
    collateral ??= equity.minus(profit);
    const worked = collateral.plus(profit);
    if (!equity.eq(worked)) {
      throw new ConfigError(
        [...path, 'equity'],
        `is ${equity.toString()}, but collateral + position · (mark − entry) = ${worked.toString()}`,
      );
    }
  }
  return { id, position, maintenance, equity, collateral, profit };
}
