/** Who pays what, as one JSON document: numbers as decimal texts, exact but for prices. */
import { ConfigError, InvariantError } from '../../core/errors.ts';
import { ZERO } from './decimal.ts';
import type { Method, WrittenDocument } from './input.ts';
import { readDocument } from './input.ts';
import { DEFAULT_RANK } from './deleverage.ts';
import { methods } from './methods.ts';
import type { Account } from './situation.ts';
import { Situation } from './situation.ts';

/** Significant digits of a price that is a quotient. */
const PRICE_DIGITS = 20;

/** The answer to one document; wrong ones are answered too, by `error`. */
export function answer(json: unknown, explain: boolean): object {
  const id = typeof json === 'object' && json !== null && 'id' in json ? { id: json.id } : {};
  const document = readDocument(json);
  if ('error' in document) return { ...id, error: document.error };
  try {
    return { ...id, ...settle(document, explain) };
  } catch (error) {
    if (error instanceof ConfigError) return { ...id, error: error.describe() };
    throw error;
  }
}

/** The insurance fund pays first, then the methods in the order given. */
function settle(document: WrittenDocument, explain: boolean): object {
  const situation = new Situation(document);
  const asked = typeof document.method === 'string' ? [document.method] : document.method;
  const order = [...new Set<Method>(['insurance', ...asked])];
  const loss = situation.owed;
  for (const account of situation.accounts) {
    if (account.equity < 0) situation.say(`${account.name} owes ${situation.text(-account.equity)}`);
  }
  for (const method of order) methods[method](situation, document);
  closeRest(situation, order);
  check(situation, loss);
  return {
    method: document.method,
    ...(order.includes('queue') && { rank: document.rank ?? DEFAULT_RANK }),
    loss: situation.text(loss),
    paid: paidBy(situation),
    unpaid: situation.text(situation.owed),
    insurance_fund: { before: situation.text(situation.fundBefore), after: situation.text(situation.fund) },
    quantum: situation.money.unit,
    accounts: situation.accounts.map((account) => row(situation, account)),
    ...(explain && { steps: situation.steps }),
  };
}

function paidBy(situation: Situation): object {
  const { accounts, fundBefore, fund, vaultBefore, vault, capitalBefore, capital, writtenOff } = situation;
  const sum = (of: (account: Account) => number) =>
    accounts.reduce((total, account) => total + of(account), 0);
  return {
    insurance_fund: situation.text(fundBefore - fund),
    vault: situation.text(vaultBefore - vault),
    own_capital: situation.text(capitalBefore - capital),
    contributions: situation.text(sum(({ contributed }) => contributed)),
    accounts: situation.text(sum(({ paid }) => paid)),
    written_off: situation.text(writtenOff),
  };
}

/**
 * Accounts that owe are closed: at the mark, or by the fund, whatever ADL did not close. Only where ADL found nobody, and
 * nobody else paid, does the rest of the position stay.
 */
function closeRest(situation: Situation, order: readonly Method[]): void {
  const deleveraged = order.includes('queue') || order.includes('pro-rata');
  for (const account of situation.accounts) {
    if (account.equity >= 0 || (deleveraged && situation.debt(account) > 0)) continue;
    account.closed = situation.size.whole(account.position.abs());
  }
}

/** Throws InvariantError unless what was lost is what others bore, and nobody bore more than it had. */
function check(situation: Situation, loss: number): void {
  const { accounts, fundBefore, fund, vaultBefore, vault, capitalBefore, capital, writtenOff } = situation;
  let borne = fundBefore - fund + vaultBefore - vault + capitalBefore - capital + writtenOff + situation.owed;
  for (const account of accounts) {
    borne += account.paid + account.contributed;
    if (account.paid > 0 && account.paid > account.equity) {
      throw new InvariantError(`account ${account.name} pays more than it has`);
    }
  }
  if (borne !== loss) throw new InvariantError(`of ${loss} quanta lost, ${borne} were borne`);
  if (fund < 0 || vault < 0 || capital < 0) throw new InvariantError('a fund pays more than it has');
}

function row(situation: Situation, account: Account): object {
  const { id, position, profit, collateral, equity, paid, covered, contributed, closed } = account;
  const { mark, money, size } = situation;
  const open = size.decimal(situation.lots(account)).times(position.isNegative() ? -1 : 1);
  const after = money.decimal(equity - paid + covered);
  // The open part of the profit; position and profit have few enough digits for this to be exact.
  const unrealised = position.isZero() ? profit && ZERO : profit?.times(open).div(position);
  const borne = equity < 0 ? covered : -paid; // by which the price of the closing differs from the mark
  return {
    id,
    paid: money.decimal(paid).toString(),
    ...(contributed > 0 && { contributed: money.decimal(contributed).toString() }),
    ...(covered > 0 && { covered: money.decimal(covered).toString() }),
    ...(unrealised !== undefined &&
      collateral !== undefined && {
        realised: after.minus(collateral).minus(unrealised).toString(),
        unrealised: unrealised.toString(),
      }),
    ...(closed > 0 && {
      closed: size.decimal(closed).toString(),
      ...(mark !== undefined && {
        close_price: mark
          .plus(
            money
              .decimal(borne)
              .div(size.decimal(closed))
              .times(position.isNegative() ? -1 : 1),
          )
          .toSignificantDigits(PRICE_DIGITS)
          .toString(),
      }),
    }),
    position: open.toString(),
    equity: after.toString(),
  };
}
