/**
 * What a trader of the user's may do to the runs of others: nothing. Each deed is done in some runs of a batch; these are
 * lost by name, and the others have the bytes that they have where nobody does anything. `npm run rogue-test` takes more
 * runs, more deeds and other numbers of workers.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { packageWith } from './own-agent.ts';
import { contentsOf } from './results.ts';
import { AGENT, DEEDS } from './rogue-agent.ts';
import { unwind } from './unwind.ts';

const IS_WHOLE = process.env['UNWIND_ROGUES'] !== undefined;
/** The first few; all of them in the whole test. */
const some = <T>(few: number, all: readonly T[]): T[] => all.slice(0, IS_WHOLE ? all.length : few);

const EXPERIMENT = `
question: What is lost?
seed: rogue
until: 2 s
runs: ${IS_WHOLE ? 160 : 24}
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
  const all = [
    ...['exit', 'send', 'abort', 'kill', 'chdir', 'execSync', 'spawn', 'Worker', 'on'].map(
      (name) => `Error: a trader called ${name}: the process is not its own`,
    ),
    'Error: an error whose message cannot be read',
    ...['{ toString: [Function: toString] }', 'null', 'undefined', 'Symbol(s)', 'Proxy [ {}, [Object] ]'].map(
      (what) => `Error: threw ${what}, which is no Error`,
    ),
    'RangeError: left behind',
    'RangeError: later',
    `Error: ${unreachable}`,
    "TypeError: Cannot assign to read only property 'floor' of object '#<Object>'",
    'TypeError: Cannot add property seen, object is not extensible',
    "TypeError: Cannot assign to read only property 'Math' of object '#<Object>'",
    "TypeError: Cannot delete property 'Number' of #<Object>",
  ].sort();
  expect(all).toEqual(expect.arrayContaining(made.said));
  if (IS_WHOLE) expect(made.said).toEqual(all);
  else expect(made.said.length).toBeGreaterThan(5);
  expect(made.runs).toEqual(runs);
  expect(made.results_hash).toBe(results_hash);
});

test.runIf(IS_WHOLE)(
  'what asks for real time or chance is lost, and dates that are told are as ever',
  LONG,
  () => {
    const { runs } = reference();
    const made = madeWith('chance', 'told', 'chance', '--workers', '2');
    for (const said of made.said)
      expect(said).toMatch(
        /^Error: a trader called (Math|Date|performance|crypto|process|new Date).*: (the time of a run is market.time|random numbers come from rng alone)$/,
      );
    expect(made.said).toContain('Error: a trader called Date.now: the time of a run is market.time');
    expect(made.said).toContain('Error: a trader called Math.random: random numbers come from rng alone');
    expect(runs).toEqual(expect.arrayContaining(made.runs)); // less those that only told a date
  },
);

const RUNS = IS_WHOLE ? '20' : '8';

test.each(some(1, ['2', '1', '4']))(
  'a run that changes what runs share is lost with what it changed, and none meets it: %s workers',
  LONG,
  (workers) => {
    const undisturbed = madeWith('null', 'null', `few-${workers}`, '--runs', RUNS);
    const made = madeWith('push', 'declared', `meddled-${workers}`, '--workers', workers, '--runs', RUNS);
    expect(made.runs).toEqual(undisturbed.runs);
    expect(made.results_hash).toBe(undisturbed.results_hash);
    for (const said of made.said)
      expect(said).toMatch(
        /^(Meddled: changed .+, which all runs of a thread share|TypeError: Cannot add property seen, object is not extensible)$/, // built-in functions are frozen
      );
  },
);

test.runIf(IS_WHOLE)('what a trader adds to what it is handed fails its run', LONG, () => {
  const made = madeWith('remembers', 'order', 'handed', '--runs', '30');
  expect(made.said).toEqual(['TypeError: Cannot add property seen, object is not extensible']);
});

test.each(some(1, ['4', '1']))('a variable that outlives a run is found: %s workers', LONG, (workers) => {
  const deed = DEEDS.indexOf('counts');
  const params = `population[0].params={ first: ${deed}, count: 1 }`;
  const out = `counts-${workers}`;
  const { code, stderr } = rogue.run(
    'run',
    'rogue.yaml',
    '--set',
    params,
    '--out',
    out,
    '--workers',
    workers,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^code of your own remembers from one run to the next \(rogue\): run \d+ of a, no shock, made again after others, has \w+ \S+ instead of \S+; keep what a trader remembers in its state$/m,
  );
});

const MEMORY = 'OutOfMemory: took more than 256 MB (--run-memory)';

test.each(
  some(1, [
    ['loop', 'RunTimeout: did not end within 3 s (--run-timeout)'],
    ['numbers', MEMORY],
    ['objects', MEMORY],
    ['small_arrays', MEMORY],
    ['large_arrays', MEMORY],
    ['empty_arrays', MEMORY],
    ['buffers', MEMORY],
    ['texts', MEMORY],
    ['map', MEMORY],
    ['huge', MEMORY],
    ['really', 'ThreadEnded: ended its thread each time that it was tried: worker exited with code: 3'],
  ] as const),
)('%s ends the run, is told of at once, and resume comes to the same bytes', LONG, (deed, said) => {
  const limits = deed === 'loop' ? ['--run-timeout', '3s'] : ['--run-timeout', '60s'];
  const made = madeWith(deed, deed, deed, '--workers', '2', '--runs', '3', '--run-memory', '256', ...limits);
  expect(made.said).toEqual([said]);
  expect(made.runs).toEqual([2]);
  const [{ run, name, message, replay }] = made.failures as [(typeof made.failures)[0]];
  expect(made.stderr).toContain(`run ${run} of a, no shock: ${name}: ${message}; see it again: ${replay}\n`);
  if (deed !== 'loop') return;
  const before = contentsOf(join(rogue.work, deed));
  rmSync(join(rogue.work, deed, 'runs-00000.parquet'));
  const again = rogue.run('resume', deed);
  expect(again.code, again.stderr).toBe(0);
  expect(contentsOf(join(rogue.work, deed))).toEqual(before);
});

test.runIf(IS_WHOLE)('a call that nothing interrupts ends the command, in one line', LONG, () => {
  const params = `population[0].params={ first: ${DEEDS.indexOf('stuck')}, count: 1 }`;
  const args = ['--runs', '3', '--run-timeout', '3s', '--out', 'stuck', '--set', params];
  const { code, stderr } = rogue.run('run', 'rogue.yaml', ...args);
  expect(code).toBe(null); // by a signal, as there is no other way
  expect(stderr).toMatch(
    /^run 2: RunTimeout: did not end within 3 s \(--run-timeout\), and is in a call that nothing interrupts: the command ends itself$/m,
  );
});

test.runIf(IS_WHOLE)('commands that make single runs have the same limits', LONG, () => {
  const params = `population[0].params={ first: ${DEEDS.indexOf('loop')}, count: 1 }`;
  const facts = rogue.run(
    'facts',
    'rogue.yaml',
    '--runs',
    '3',
    '--run-timeout',
    '2s',
    '--set',
    params,
    '--set',
    'until=400 s',
  );
  expect(facts.code).toBe(1);
  expect(facts.stderr).toMatch(/^run \d: RunTimeout: did not end within 2 s \(--run-timeout\)\n$/);
  const later = packageWith(
    'later',
    AGENT.replaceAll("'rogue'", "'later'"),
    EXPERIMENT.replace('kind: rogue', 'kind: later'),
  );
  expect(later.run('run', 'later.yaml', '--runs', '3', '--out', 'out').code).toBe(0);
  const file = join(dirname(later.main), '../../agents/later.js');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('none: () => undefined', 'none: () => { for (;;); }'),
  );
  const args = ['--run', '2', '--at', '1s', '--change', 'engine=off', '--run-timeout', '2s'];
  expect(unwind(['fork', 'out', ...args], later.work, later.main)).toMatchObject({
    code: 1,
    stderr: 'run 2: RunTimeout: did not end within 2 s (--run-timeout)\n',
  });
});

test.runIf(IS_WHOLE)('a file that changes the language when it is loaded is refused', LONG, () => {
  const early = packageWith('early', `Map.prototype.seen = 1;\n${AGENT}`, EXPERIMENT);
  expect(early.run('run', 'early.yaml', '--runs', '3')).toMatchObject({
    code: 1,
    stderr:
      'a worker thread cannot load its code: code of a trader changed Map.prototype.seen when it was loaded\n',
  });
});

test('what is patched without an error, or printed, changes nothing on any number of workers', LONG, () => {
  const undisturbed = madeWith('none', 'none', 'none').results_hash;
  for (const workers of some(1, ['4', '2'])) {
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
])('limits that are none are refused: %j', async (args, message) => {
  const refused = await rogue.runHere('run', 'rogue.yaml', ...args);
  expect(refused).toMatchObject({ code: 1, stderr: `${message}\n` });
});
