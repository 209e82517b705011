/** A search and a sensitivity analysis, small enough to be interrupted often. */
import { join } from 'node:path';
import { repository, sets } from './unwind.ts';

/** Commands but for `--out`, and how many points each evaluates. */
export const designs = {
  tune: {
    args: [
      ...[
        'tune',
        join(repository, 'test/experiment/fixtures/simple-tune.yaml'),
        '--runs',
        '2',
        '--workers',
        '2',
      ],
      ...sets(['until=40 s', 'shocks[0].at=10 s', 'shocks[0].over=10 s', 'shocks[1].at=10 s']),
      ...sets(['population[0].count=10', 'population[3].count=60', 'market.capacity.liquidations=500']),
      ...sets(['tune.budget=8', 'tune.finalists=2', 'tune.fresh_runs=3']),
    ],
    points: 8 + 2 + 2, // finalists and the file's policies
  },
  sensitivity: {
    args: [
      ...['sensitivity', join(repository, 'experiments/validation/solvable-cascade.yaml')],
      ...['--runs', '2', '--workers', '2'],
      ...sets([
        'solvable.ticks=300',
        'sensitivity={ parameters: { solvable.accounts_per_tick: [0.2, 0.8], solvable.sweep_ticks: ' +
          '{ range: [1, 4], whole: true } }, outputs: [size, generations], points: 8 }',
      ]),
    ],
    points: 8 * (2 + 2),
  },
} as const;
