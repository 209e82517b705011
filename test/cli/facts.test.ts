/** Facts beside the results of a run: the numbers of `unwind facts`, in the document, the report and after a resume. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { unwindHere } from './in-process.ts';
import { repository, sets } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-facts-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const bench = join(repository, 'experiments/bench.yaml');
const small = sets(['population[0].count=20', 'population[4].count=150', 'population[5].count=100']);

interface Told {
  facts: { name: string; value: { value: number | null }; verdict: string }[];
  unjudged: string[];
  runs: number;
}

test('a run tells the facts of its market without the shock, as unwind facts does', async () => {
  const short = sets([
    'until=20 s',
    'shock.at=10 s',
    'shock.over=5 s',
    'shock.notional=1e6',
    'facts.for=5 min',
  ]);
  const run = await unwindHere(
    ['run', bench, '--runs', '1', ...short, ...small, '--out', 'out', '--json'],
    folder,
  );
  expect(run.code, run.stderr).toBe(0);
  const { facts: beside } = JSON.parse(run.stdout) as { facts: Told };
  const alone = await unwindHere(
    ['facts', bench, '--runs', '1', ...sets(['until=5 min', 'shock.at=10 s']), ...small, '--json'],
    folder,
  );
  const card = JSON.parse(alone.stdout) as { facts: Told['facts']; unjudged: { name: string }[] };
  expect(beside.runs).toBe(1); // no more than the experiment has
  expect(beside.facts.map(({ name, value }) => [name, value])).toEqual(
    card.facts.map(({ name, value }) => [name, value]),
  );
  expect(beside.unjudged).toEqual(card.unjudged.map(({ name }) => name));

  const again = await unwindHere(['resume', 'out'], folder);
  const held = beside.facts.filter(({ verdict }) => verdict === 'holds').length;
  expect(again.stdout.replaceAll(/\s+/g, ' ')).toContain(`: ${held} of ${beside.facts.length} facts hold.`);
});
