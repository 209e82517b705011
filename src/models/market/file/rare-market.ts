/** The block `rare` of a market: which event of its scores is meant, which score is climbed, and when it is looked at. */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { growing } from '../../../core/registry.ts';
import { duration, multiple } from '../../../core/settings.ts';
import { scores } from '../../../sim/observe/scores/index.ts';
import type { Splitting } from '../../rare/file.ts';
import { rareSchema, readSplitting } from '../../rare/file.ts';

const CONDITION = /^\s*([\w-]+)\s*>=\s*(.+?)\s*$/;
const EXAMPLE = 'liquidated >= 20 %';

const level = multiple({ above: 0 });

export const rareMarketSchema = growing(() =>
  rareSchema(level, {
    event: z
      .string()
      .regex(CONDITION, { error: `needs a condition such as ${EXAMPLE}` })
      .describe(
        `A score that is at a share or above, such as ${EXAMPLE}. ${scores.all.map(({ name, about }) => `${name}: ${about}`).join(' ')}`,
      ),
    score: z
      .enum(scores.names as [string, ...string[]])
      .optional()
      .describe('Score that levels are of, if not that of the event: one that rises on the way to it.'),
    positions: z
      .enum(['drawn', 'fixed'])
      .default('drawn')
      .describe(
        'drawn: each trajectory has traders of its own, so that the probability is that of a market drawn at random. fixed: ' +
          'all have the same, those that SEED draws, so that it is that of this market, which splitting needs less effort for.',
      ),
    check_every: duration({ positive: true })
      .prefault('100 ms')
      .describe(
        'Simulated time between looks at the scores: level and event count from the first that finds them.',
      ),
  }),
);

type Written = z.output<typeof rareMarketSchema>;

/** What the block adds to an experiment. */
export interface RareMarketSettings {
  readonly splitting: Splitting;
  readonly score: string;
  readonly event: { readonly score: string; readonly threshold: number; readonly text: string };
  /** True: all trajectories begin with the same traders and positions. */
  readonly fixed_positions: boolean;
  readonly check_every_us: number;
}

/** Throws ConfigError with the path inside the block. */
export function readRareMarket(written: Written): RareMarketSettings {
  const event = readEvent(written.event);
  const score = written.score ?? event.score;
  // The event stands above all levels; of its own score, none may lie beyond it.
  const top = score === event.score ? event.threshold : Infinity;
  const splitting = readSplitting(written, Infinity, top);
  return {
    splitting,
    score,
    event,
    fixed_positions: written.positions === 'fixed',
    check_every_us: written.check_every,
  };
}

function readEvent(text: string): RareMarketSettings['event'] {
  const [, score, amount] = CONDITION.exec(text)!;
  if (scores.find(score) === undefined)
    throw new ConfigError(['event'], `needs one of ${scores.names.join(', ')} before >=, got ${score!}`);
  const plain = Number(amount);
  const threshold = level.safeParse(Number.isNaN(plain) ? amount : plain);
  if (!threshold.success) throw new ConfigError(['event'], threshold.error.issues[0]!.message);
  return { score: score!, threshold: threshold.data, text: text.trim() };
}
