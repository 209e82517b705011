/**
 * `unwind validate` with few runs: every check is there, and the verdict decides the exit code. All of it with
 * `npm run validate-test`; in `npm test` one of each sort, as each takes some seconds.
 */
import { expect, test } from 'vitest';
import { inProcess, unwindHere } from './in-process.ts';
import { repository, sets } from './unwind.ts';

interface Report {
  holds: boolean;
  validations: { name: string; checks: { what: string; target: number; value: number; holds: boolean }[] }[];
}

const IS_WHOLE = process.env['UNWIND_VALIDATIONS'] !== undefined;

/** All of them, or the first. */
const some = <Case>(cases: Case[]): Case[] => (IS_WHOLE ? cases : cases.slice(0, 1));

/** On one worker: what a start of each costs is most of these runs. */
async function validate(name: string, changes: readonly string[], ...options: string[]) {
  return unwindHere(['validate', name, '--workers', '1', ...options, ...sets(changes)], repository);
}

test('the solvable cascade holds', async () => {
  const { code, stdout, stderr } = await validate('cascade', ['runs=2000'], '--json');
  expect(code, stderr).toBe(0);
  const report = JSON.parse(stdout) as Report;
  expect(report.holds).toBe(true);
  expect(report.validations.map(({ name }) => name)).toEqual(['cascade']);
  const means = report.validations[0]!.checks.filter(({ what }) => what.endsWith('mean'));
  expect(means.map(({ target }) => target)).toEqual([1, expect.closeTo(4, 9), expect.closeTo(19, 9)]);
});

test.runIf(IS_WHOLE)('what runs give does not depend on the sizes of pools', async () => {
  const { code, stdout, stderr } = await validate('capacities', ['runs=3'], '--json');
  expect(code, stderr).toBe(0);
  const { checks } = (JSON.parse(stdout) as Report).validations[0]!;
  expect(checks.map(({ value, holds }) => [value, holds])).toEqual([
    [1, true],
    [expect.any(Number), true],
  ]);
  expect(checks[1]!.value).toBeGreaterThan(10);
});

test('a target that is not met is reported, with exit code 1', async () => {
  // Positions of 15 lots on levels of 10: a sale ends inside a level, so the law does not hold exactly.
  const changes = [
    `runs=${IS_WHOLE ? 3000 : 1000}`,
    'solvable.position_lots=15',
    'solvable.accounts_per_tick=0.3',
  ];
  const { code, stdout } = await validate('cascade', changes, '--json');
  const report = JSON.parse(stdout) as Report;
  expect(report.holds).toBe(false);
  expect(code).toBe(1);
});

test.each(
  some<[string, string[]]>([
    ['margin', ['runs=24']],
    ['order-book-race', ['runs=400', 'book_race.bid=2', 'book_race.market_rate=1.2']],
    ['stationary-book', ['runs=8', 'stationary_book.time=500']],
    ['depletion', ['runs=500', 'depletion.arrival_rate=0.8', 'depletion.moves=50']],
    ['zero-intelligence', ['runs=8', 'zero.time=40']],
    ['market-maker', ['runs=2000', 'market_maker.aversion=0.3', 'market_maker.steps=100']],
    ['activity', ['runs=4', 'activity.time=100000 min', 'activity.relaxation=[3 min, 100 min]']],
    ['latent-book', ['runs=2', 'latent_book.width_ticks=16', 'latent_book.rate=3', 'latent_book.until=1.5']],
    ['metaorders', ['runs=20', 'metaorders.metaorders=3000', 'metaorders.memory=1 s']],
    ['splitting', ['runs=200', 'rare.particles=300']],
    ['rare-cascade', ['runs=24', 'rare.event=20', 'rare.particles=60']],
    ['estimators', ['runs=6']],
    ['coverage', ['runs=24']],
  ]),
)('%s holds with fewer runs and other settings', async (name, changes) => {
  const { code, stdout, stderr } = await validate(name, changes, '--json');
  expect(code, stderr).toBe(0);
  const report = JSON.parse(stdout) as Report;
  expect(report.validations.map((validation) => validation.name)).toEqual([name]);
  expect(report.validations[0]!.checks.length).toBeGreaterThanOrEqual(5);
});

test.runIf(IS_WHOLE)('a fall is as much deeper as the leverage says that funds keep', async () => {
  const changes = ['runs=2', 'population[0].params.leverage=6'];
  const { code, stdout, stderr } = await validate('leverage-spiral', changes, '--json');
  expect(code, stderr).toBe(0);
  const { checks } = (JSON.parse(stdout) as Report).validations[0]!;
  // φ = 5 · A/D, and A is 6/10 of the file's.
  expect(checks.map(({ target }) => target)).toEqual(
    [0.03, 0.048, 0.0375].map((share): unknown => expect.closeTo(1 / (1 - 5 * share), 9)),
  );
});

test.each(
  some<[string, string, string[], RegExp]>([
    ['ticks as wide as the spread', 'market-maker', ['market_maker.tick=1', 'runs=1000'], /mean profit/],
    ['funds that wait', 'leverage-spiral', ['population[0].params.band=1 %', 'runs=2'], /total fall/],
    [
      'activity that varies within a return',
      'activity',
      ['activity.every=5 s', 'activity.relaxation=[5 s, 20 s]', 'activity.time=20000 min', 'runs=2'],
      /kurtosis/,
    ],
    [
      'a market that forgets its flow within a metaorder',
      'metaorders',
      ['metaorders.memory=20 us', 'metaorders.metaorders=3000', 'runs=2'],
      /variance per order/,
    ],
    ['a book that is not continuous', 'latent-book', ['latent_book.width_ticks=2', 'runs=2'], /= (1|0.5):/],
  ]),
)('with %s %s fails', async (_what, name, changes, rows) => {
  const { code, stdout } = await validate(name, changes, '--json');
  expect(code).toBe(1);
  const failing = (JSON.parse(stdout) as Report).validations[0]!.checks.filter(({ what }) => rows.test(what));
  expect(failing.length).toBeGreaterThan(0);
  for (const { holds, what } of failing) expect(holds, what).toBe(false);
});

test('settings without a known result have no checks', async () => {
  const changes = ['runs=2', 'stationary_book.time=10', 'stationary_book.market_rate=1'];
  const { code, stdout } = await validate('stationary-book', changes);
  expect(code).toBe(0);
  expect(stdout).toContain('no result is known for these settings');
});

test('a start that has no exact target is refused in one line', async () => {
  const args = ['validate', 'order-book-race', '--set', 'book_race.bid=500'];
  const { code, stderr } = await inProcess(args, repository);
  expect(code).toBe(1);
  expect(stderr).toContain('book_race: no exact target: ');
  expect(stderr).not.toContain('.js:');
});

test('margins along other prices than the published have no targets but the jumps', async () => {
  const changes = ['runs=2', 'procyclicality.prices.garch.beta=0.8'];
  const { code, stdout } = await validate('margin', changes, '--json');
  expect(code).toBe(0);
  const { checks } = (JSON.parse(stdout) as Report).validations[0]!;
  expect(checks.map(({ what }) => what)).toEqual(
    [3, 5, 10].map((sigmas) => `EWMA .94: jump after ${sigmas} σ`),
  );
});
