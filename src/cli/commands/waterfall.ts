/** `unwind waterfall`: who pays for accounts that owe more than they have. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { flag } from '../options.ts';
import { ranks } from '../../clearing/waterfall/ranks.ts';
import { writeJson } from '../json.ts';
import { standardInput } from '../standard-input.ts';
import { METHODS } from '../waterfall/input.ts';
import { answers } from '../waterfall/stream.ts';

const EPILOGUE = `A document: {"accounts": [{"id", "equity", "position", "entry", "collateral"}, …], "mark", "insurance_fund", "method",
"rank"}; or a case of loss socialisation: {"id", "mark": [before, after], "insurance", "positions": {NAME: {"size",
"collateral"}, …}}. One document, a list of them, or one a line. Numbers are texts or JSON numbers; positions are signed.
Accounts with negative equity owe; the insurance fund pays first, what it leaves is the method's, or the methods' in order.

equity may be left out where collateral, position and entry give it (equity = collateral + position · (mark − entry)), and
entry or collateral where the others give them. An account may carry its maintenance margin (for rank binance; without it
the notional stands for it, as under one flat rate) and its contribution to the default fund.

Methods (${METHODS.join(', ')}):
  insurance
    the fund alone
  queue
    opposite positions in profit are closed at the bankruptcy price, the highest rank first
  pro-rata
    the same, in proportion to positive equity ("by": "size": to positions); a debt without a position is paid by \
everybody with equity
  haircut-winners
    winners pay in proportion to their gains; what each keeps is rounded down, and what rounding leaves goes to the \
winner with the least collateral (the default)
  backstop
    a vault pays from "vault", its capital
  default-fund
    defaulter's contribution, "own_capital", members' contributions, then up to "assessment" (1) times them
  write-off
    nobody
Ranks: ${ranks.map(({ name }) => name).join(', ')} (see unwind policies).

Shares are rounded to "quantum" (money) and "lot" (positions), powers of ten: 0.00000001 if nothing else is said and the
sums are not too large for it; a case of loss socialisation in whole numbers is answered in whole numbers.

Answer: what each paid (and what was covered of its debt), realised and unrealised profit, position closed and left, equity
after. Money is exact: Σ paid + unpaid = loss. A price that is a quotient has 20 digits.`;

export const waterfallCommand: CommandModule<object, { explain: boolean }> = {
  command: 'waterfall',
  describe: 'Who pays for accounts that owe more than they have: JSON on stdin, JSON on stdout',
  builder: (yargs) =>
    yargs.option('explain', flag('Adds the steps, with their numbers')).epilogue(
      closing(
        [
          [
            `echo '{"mark":80,"insurance_fund":10,"method":"queue","rank":"bitmex",
  "accounts":[
  {"id":"broke","position":10,"entry":100,"collateral":150},
  {"id":"a","position":-4,"entry":100,"collateral":20},
  {"id":"b","position":-8,"entry":90,"collateral":160}]}' \\
  | npx unwind waterfall --explain`,
            'One document, with the steps',
          ],
          ['npx unwind waterfall < accounts.json', 'A file of your own: a document, or one a line'],
        ],
        EPILOGUE,
      ),
    ),
  async handler({ explain }) {
    const chunks: Buffer[] = [];
    for await (const chunk of standardInput()) chunks.push(chunk);
    for (const line of answers(Buffer.concat(chunks).toString('utf8'), explain)) {
      if ('error' in line) process.exitCode = 1;
      process.stdout.write(`${writeJson(line)}\n`);
    }
  },
};
