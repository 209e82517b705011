/**
 * What a trader of the user's may do to the runs of others: nothing. Each deed is done in some runs of a batch; these are
 * lost by name, and the others have the bytes that they have where nobody does anything.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageWith } from './own-agent.ts';
import { contentsOf } from './results.ts';
import { AGENT, DEEDS } from './rogue-agent.ts';

const EXPERIMENT = `
question: What is lost?
seed: rogue
until: 2 s
runs: 160
market:
  money: USDT
  instruments:
    - { name: X, tick: 0.1 USDT, lot: 0.001 X, price: 1000 USDT, book: { flat: { lots_per_tick: 50, ticks: 200 } } }
population:
  - { kind: rogue, count: 1 }
policies:
  a: { margin: { rule: flat, leverage: 10 }, ladder: immediate }
`;

const rogue = packageWith('rogue', AGENT, EXPERIMENT);

/** What came of runs in which deeds of this row of the list are done. */
function madeWith(first: string, last: string, out: string, ...more: string[]) {
  const [from, to] = [DEEDS.indexOf(first), DEEDS.indexOf(last)];
  const params = `population[0].params={ first: ${from}, count: ${to - from + 1} }`;
  const { code, stdout, stderr } = rogue.run('run', 'rogue.yaml', '--set', params, '--out', out, ...more);
  expect(code, stderr).toBe(0);
  const { results_hash, failures } = rogue.manifestOf(out);
  const said = [...new Set(failures.map(({ name, message }) => `${name}: ${message}`))].sort();
  return { stdout, stderr, results_hash, failures, said, runs: failures.map(({ run }) => run) };
}

let good: ReturnType<typeof madeWith> | undefined;
/** Where the same runs fail of themselves. */
const reference = () => (good ??= madeWith('null', 'null', 'reference'));

const LONG = { timeout: 600_000 };

test('a run that does harm is lost by name, and no other', LONG, () => {
  const { runs, results_hash } = reference();
  const made = madeWith('exit', 'deleted', 'thrown', '--workers', '2');
  const unreachable =
    'a trader called setTimeout: simulated time is all that there is: return the delay to the next wake';
  expect(made.said).toEqual(
    [
      ...['exit', 'send', 'abort', 'kill', 'chdir', 'on'].map(
        (name) => `Error: a trader called ${name}: the process is not its own`,
      ),
      'Error: an error whose message cannot be read',
      ...[
        '{ toString: [Function: toString] }',
        'null',
        'undefined',
        'Symbol(s)',
        'Proxy [ {}, [Object] ]',
      ].map((what) => `Error: threw ${what}, which is no Error`),
      'RangeError: left behind',
      'RangeError: later',
      `Error: ${unreachable}`,
      "TypeError: Cannot assign to read only property 'floor' of object '#<Object>'",
      'TypeError: Cannot add property seen, object is not extensible',
      "TypeError: Cannot assign to read only property 'Math' of object '#<Object>'",
      "TypeError: Cannot delete property 'Number' of #<Object>",
    ].sort(),
  );
  expect(made.runs).toEqual(runs);
  expect(made.results_hash).toBe(results_hash);
});

test(
  'a run that changes the language is lost with what it changed, and none meets it: 1, 2 and 4 workers',
  LONG,
  () => {
    const { runs, results_hash } = reference();
    const few = ['--runs', '24'];
    const undisturbed = madeWith('null', 'null', 'few', ...few);
    expect(undisturbed.runs).toEqual(runs.filter((run) => run < 24));
    for (const workers of ['1', '2', '4']) {
      const made = madeWith('push', 'sealed', `meddled-${workers}`, '--workers', workers, ...few);
      expect(made.runs).toEqual(undisturbed.runs);
      expect(made.results_hash).toBe(undisturbed.results_hash);
      for (const said of made.said)
        expect(said).toMatch(/^Meddled: changed .+, which all runs of a thread share$/);
    }
    expect(results_hash).not.toBe(undisturbed.results_hash);
  },
);

test.each([
  ['push', 'Array.prototype.push'],
  ['added', 'Object.prototype, to which something was added'],
  ['getter', 'Map.prototype.size'],
  ['static', 'Array.from'],
  ['parent', 'Set.prototype'],
  ['iterator', 'iterators of arrays.next'],
  ['stamped', 'Array.prototype.map, to which something was added'],
  ['promise', 'Promise.prototype.then'],
  ['sealed', 'Float64Array.prototype'],
])('%s is found', LONG, (deed, what) => {
  const made = madeWith(deed, deed, deed, '--runs', '4');
  expect(made.said).toEqual([`Meddled: changed ${what}, which all runs of a thread share`]);
});

const FEW_RUNS = 6;
const MEMORY = 'OutOfMemory: took more than 256 MB (--run-memory)';

test.each([
  ['loop', 'RunTimeout: did not end within 5 s (--run-timeout)'],
  ['small_arrays', MEMORY],
  ['really', 'ThreadEnded: ended its thread each time that it was tried: worker exited with code: 3'],
])('%s ends the run, is told of at once, and resume comes to the same bytes', LONG, (deed, said) => {
  const { runs } = reference();
  const limits = ['--run-timeout', '5s', '--run-memory', '256'];
  const made = madeWith(deed, deed, deed, '--workers', '2', '--runs', String(FEW_RUNS), ...limits);
  expect(made.said).toEqual([said]);
  expect(made.runs).toEqual(runs.filter((run) => run < FEW_RUNS));
  for (const { run, name, message, replay } of made.failures)
    expect(made.stderr).toContain(
      `run ${run} of a, no shock: ${name}: ${message}; see it again: ${replay}\n`,
    );
  if (deed !== 'loop') return;
  const before = contentsOf(join(rogue.work, deed));
  rmSync(join(rogue.work, deed, 'runs-00000.parquet'));
  const again = rogue.run('resume', deed);
  expect(again.code, again.stderr).toBe(0);
  expect(contentsOf(join(rogue.work, deed))).toEqual(before);
});

test('what is patched without an error, or printed, changes nothing on any number of workers', LONG, () => {
  const undisturbed = madeWith('none', 'none', 'none').results_hash;
  for (const workers of ['2', '4']) {
    const made = madeWith('environment', 'print', `silent-${workers}`, '--json', '--workers', workers);
    expect(made.said).toEqual([]);
    expect(made.results_hash).toBe(undisturbed);
    expect(JSON.parse(made.stdout)).toHaveProperty('cells');
    expect(made.stderr).toContain('printed too');
  }
});

test.each([
  [['--run-timeout', '0'], '--run-timeout 0: needs a time longer than 0, such as 30s'],
  [['--run-memory', '1.5'], '--run-memory 1.5: needs a whole number from 256 to 1000000'],
])('limits that are none are refused: %j', (args, message) => {
  expect(rogue.run('run', 'rogue.yaml', ...args)).toMatchObject({ code: 1, stderr: `${message}\n` });
});
