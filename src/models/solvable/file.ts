/**
 * The solvable cascade in an experiment file: a flat book, Poisson accounts, one sale that sweeps the first
 * ticks.
 */
import { z } from 'zod';
import { MOST } from '../../core/whole.ts';
import { count, lots, number } from '../../core/settings.ts';
import type { CommonFields } from '../../experiment/experiment.ts';
import { commonShape, defineModel } from '../../experiment/experiment.ts';
import type { Splitting } from '../rare/file.ts';
import { rareSchema, readSplitting } from '../rare/file.ts';

const MOST_TICKS = 1_000_000;
const MOST_ACCOUNTS = 10_000_000;

const settingsSchema = z
  .strictObject({
    accounts_per_tick: number({ least: 0, most: 10_000 }).describe(
      'ρ: accounts whose liquidation price is at a tick, on average.',
    ),
    position_lots: lots({ least: 1 }).describe('q: lots of each account.'),
    lots_per_tick: lots({ least: 1 }).describe('k: lots bid at each tick.'),
    sweep_ticks: count({ least: 1, most: MOST_TICKS }).describe('j: ticks that the forced sale sweeps.'),
    ticks: count({ least: 1, most: MOST_TICKS }).default(2000).describe('Ticks that hold bids and accounts.'),
  })
  .refine(({ sweep_ticks, ticks }) => sweep_ticks <= ticks, {
    path: ['sweep_ticks'],
    error: 'must be at most ticks',
  })
  .refine(({ lots_per_tick, ticks }) => lots_per_tick * ticks <= MOST.lots, {
    path: ['lots_per_tick'],
    error: `must leave at most ${MOST.lots} lots on all ticks`,
  })
  .refine(({ accounts_per_tick, ticks }) => accounts_per_tick * ticks <= MOST_ACCOUNTS, {
    path: ['accounts_per_tick'],
    error: `must leave at most ${MOST_ACCOUNTS} accounts on all ticks`,
  })
  // Twice: the number of accounts is drawn.
  .refine(
    ({ accounts_per_tick, ticks, position_lots }) =>
      2 * (accounts_per_tick * ticks + 16) * position_lots <= MOST.lots,
    {
      path: ['position_lots'],
      error: `must leave at most ${MOST.lots} lots in all positions`,
    },
  );

type SolvableBlock = z.output<typeof settingsSchema>;

/** What it adds to an experiment; with a block `rare` it is the probability of one large cascade. */
export type SolvableFields =
  | { readonly model: 'solvable'; readonly solvable: SolvableBlock }
  | { readonly model: 'rare_solvable'; readonly solvable: SolvableBlock; readonly rare: Splitting };

export type SolvableExperiment = CommonFields & Extract<SolvableFields, { readonly model: 'solvable' }>;
export type RareSolvableExperiment = CommonFields &
  Extract<SolvableFields, { readonly model: 'rare_solvable' }>;

const accounts = () => count({ least: 1 });

export const solvable = defineModel({
  block: 'solvable',
  about: 'A flat book without refill, accounts at Poisson places, one sale: the cascade has a known law.',
  schema: z.strictObject({
    ...commonShape,
    solvable: settingsSchema,
    rare: rareSchema(accounts(), {
      event: accounts().describe('Accounts liquidated, so many or more. Levels are of the accounts so far.'),
    }).optional(),
  }),
  read({ solvable, rare }, { problems }): SolvableFields {
    if (rare === undefined) return { model: 'solvable', solvable };
    const splitting = problems.attempt(['rare'], () => readSplitting(rare, rare.event));
    problems.check();
    return { model: 'rare_solvable', solvable, rare: splitting! };
  },
});
