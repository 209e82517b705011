/** The exchange against its naive twin: every event and the whole book, command by command. */
import { describe, expect, test } from 'vitest';
import type { MarketRules } from '../../src/market/reports.ts';
import { playScripts } from '../core/naive-script.ts';
import { LONG } from '../setup/long.ts';
import { ExchangeDuel } from './exchange-duel.ts';

/** Scripts of each test (all of them in `npm run long-test`), and commands of the longest: on average half as many. */
const SCRIPTS = LONG ? 375 : 60;
const COMMANDS = 300;

type Bounds = Omit<MarketRules, 'selfTrade'>;

const markets: readonly (readonly [string, boolean, Bounds])[] = [
  ['a narrow market', false, {}],
  ['a wide market', true, {}],
  [
    'a narrow market with collars and halts',
    false,
    {
      collars: { static_ppm: 40_000, dynamic_ppm: 20_000, beyond: 'cut' },
      halt: { move_ppm: 30_000, within_us: 64 },
    },
  ],
  [
    'a wide market with collars and halts',
    true,
    {
      collars: { static_ppm: 900_000, dynamic_ppm: 400_000, beyond: 'reject' },
      halt: { move_ppm: 150_000, within_us: 48 },
    },
  ],
];

let played = 0;

describe.each(['none', 'cancel-newest', 'cancel-oldest', 'cancel-both', 'decrement'] as const)(
  'self-trade prevention %s',
  (selfTrade) => {
    test.each(markets)('%s agrees with plain arrays', (_name, wide, bounds) => {
      const reach: Record<string, number> = {};
      played += playScripts(SCRIPTS, COMMANDS, (script) => {
        const duel = new ExchangeDuel({ selfTrade, ...bounds }, wide, reach);
        for (const word of script) duel.step(word);
      });
      const kinds = ['trade', 'triggered', 'auction', 'forced', 'ioc', 'fok', 'post_only', 'reduce_only'];
      kinds.push('market', 'user', 'expired');
      if (selfTrade !== 'none') kinds.push('self_trade');
      if (bounds.collars !== undefined) kinds.push('collar', 'halted');
      for (const kind of kinds) expect(reach[kind], kind).toBeGreaterThan(LONG ? 20 : 5);
    });
  },
);

test('all in all that was more than 150,000 commands, or a million', () => {
  expect(played).toBeGreaterThan(LONG ? 1_000_000 : 150_000);
});
