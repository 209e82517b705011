/**
 * The block `rare` of an experiment file: a probability too small to be met in plain runs, estimated by splitting. Each run
 * is then a whole estimate, of many trajectories.
 */
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { count, share } from '../../core/settings.ts';

const MOST_LEVELS = 10_000;
const MOST_PARTICLES = 1_000_000;

/** How a probability is split, ready for `stats/splitting`. */
export interface Splitting {
  readonly method: 'fixed' | 'adaptive';
  /** Trajectories that set out from each level. */
  readonly particles: number;
  /** Of the score, rising; the last one is the event. */
  readonly levels: readonly number[];
  /** Least number of particles killed at a time, by the adaptive method. */
  readonly kill: number;
}

/**
 * Schema of the block: what `own` says of the event, and how it is split. `level` reads a level of the score.
 */
export function rareSchema<L extends z.ZodType<number>, E extends z.ZodRawShape>(level: L, own: E) {
  const shared = {
    ...own,
    particles: count({ least: 2, most: MOST_PARTICLES }).describe(
      'Trajectories that set out from each level. From about 100 on intervals hold.',
    ),
    levels: z
      .union([
        z.array(level),
        z.strictObject({
          every: level.describe('Distance between levels.'),
          to: level.optional().describe('Highest level below the event; all that are, if left out.'),
        }),
      ])
      .describe('Levels of the score below the event, rising: a list, or a distance.'),
  };
  return z
    .discriminatedUnion('method', [
      z.strictObject({
        method: z.literal('fixed').describe('Fixed effort: each level in its turn.'),
        ...shared,
      }),
      z.strictObject({
        method: z
          .literal('adaptive')
          .describe('Adaptive multilevel splitting: levels only say which scores are told apart.'),
        ...shared,
        kill: share({ above: 0, most: 0.99 })
          .prefault('10 %')
          .describe('Least share of the particles that is killed at a time; 0.001 of 1000: the last one.'),
      }),
    ])
    .describe('A rare event, whose probability is estimated by splitting. A run is one estimate.');
}

interface Written {
  readonly method: 'fixed' | 'adaptive';
  readonly particles: number;
  readonly levels: readonly number[] | { readonly every: number; readonly to?: number | undefined };
  readonly kill?: number;
}

/** `event`: level of the score at which it happens; `top`: all levels that are written lie below it. Throws ConfigError. */
export function readSplitting(written: Written, event: number, top = event): Splitting {
  const { method, particles, kill = 0 } = written;
  return {
    method,
    particles,
    levels: [...levelsOf(written.levels, top), event],
    kill: Math.min(particles - 1, Math.max(1, Math.round(kill * particles))),
  };
}

function levelsOf(written: Written['levels'], top: number): readonly number[] {
  if (isList(written)) {
    written.forEach((level, i) => {
      if (i > 0 && !(level > written[i - 1]!)) throw new ConfigError(['levels', i], 'must rise');
      if (!(level < top)) throw new ConfigError(['levels', i], 'must be below the event');
    });
    return written;
  }
  const { every, to } = written;
  if (to === undefined && top === Infinity)
    throw new ConfigError(['levels', 'to'], 'needs a highest level, as the event is of another score');
  if (to !== undefined && !(to < top)) throw new ConfigError(['levels', 'to'], 'must be below the event');
  // How many fit, whatever the rounding of shares.
  const count = to === undefined ? Math.ceil(top / every - 1e-9) - 1 : Math.floor(to / every + 1e-9);
  if (count > MOST_LEVELS)
    throw new ConfigError(['levels', 'every'], `must make at most ${MOST_LEVELS} levels, makes ${count}`);
  return Array.from({ length: Math.max(0, count) }, (_, i) => (i + 1) * every);
}

/** An array has a method named `every`, too. */
function isList(levels: Written['levels']): levels is readonly number[] {
  return Array.isArray(levels);
}
