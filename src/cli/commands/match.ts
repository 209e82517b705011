/** `unwind match`: an order flow through the matching engine, NDJSON in and NDJSON out. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { flag, wholeOr } from '../options.ts';
import { streamLines } from '../line-stream.ts';
import { MatchSession } from '../match/session.ts';
import { standardInput } from '../standard-input.ts';

interface MatchArguments {
  'self-trade': 'none' | 'cancel-newest' | 'cancel-oldest' | 'cancel-both' | 'decrement';
  book: boolean;
  orders: number;
  accounts: number;
}

/** A Map holds 16.7 million entries. */
const MOST = 10_000_000;

export const matchCommand: CommandModule<object, MatchArguments> = {
  command: 'match',
  describe: 'Runs an order flow through the order book: NDJSON commands on stdin, NDJSON events on stdout',
  builder: (yargs) =>
    yargs
      .option('self-trade', {
        choices: ['none', 'cancel-newest', 'cancel-oldest', 'cancel-both', 'decrement'] as const,
        default: 'none' as const,
        describe: 'What happens when an account would trade with itself',
      })
      .option('book', flag('Ends with the book, as a last line'))
      .option('orders', wholeOr('orders', 'Open orders at most', { from: 1, to: MOST }, 262_144))
      .option('accounts', wholeOr('accounts', 'Accounts at most', { from: 1, to: MOST }, 262_144))
      .epilogue(
        closing(
          [
            [
              `echo '{"op":"limit","id":1,"account":7,"side":"buy","price":9,"quantity":5}' \\
  | npx unwind match --book`,
              'What happens, then the book',
            ],
            ['npx unwind match < orders.ndjson > events.ndjson', 'A file of your own'],
          ],
          'Commands: limit, market, stop, take_profit, mark, cancel, cancel_all, replace, auction, uncross; one a line. Each may carry\n' +
            '"time", which moves the clock that expires_at is compared with; while none has, the clock is the number of the\n' +
            'line. A malformed line is answered by a rejected event with its number, and the stream goes on.',
        ),
      ),
  async handler({ 'self-trade': selfTrade, book, orders, accounts }) {
    const session = new MatchSession({ selfTrade, orders, accounts, book });
    await streamLines(standardInput(), process.stdout, session);
  },
};
