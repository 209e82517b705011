/**
 * `npm run fuzz`: puts nasty values in the place of every setting of every experiment and preset, runs each file for real,
 * and says what became of it. Fails where a file breaks the program: a stack, an InvariantError, a run without an end.
 *
 *   npm run fuzz -- --files 3000 --seed 1 --workers 2     one file again: --replay PATH [--set path=value]
 */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatPath } from '../../src/core/errors.ts';
import type { Base } from './bases.ts';
import { readBases } from './bases.ts';
import type { Class } from './classes.ts';
import { BAD, CLASSES, classOf } from './classes.ts';
import type { Mutation } from './mutations.ts';
import { mutations, textOf } from './mutations.ts';
import type { Case, Outcome } from './run-file.ts';
import { runFile } from './run-file.ts';

const options = {
  files: { type: 'string', default: '3000' },
  seed: { type: 'string', default: '1' },
  workers: { type: 'string', default: '2' },
  seconds: { type: 'string', default: '20' },
  /** Says of each file what became of it. */
  verbose: { type: 'boolean', default: false },
  replay: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
} as const;
const { values } = parseArgs({ options });
const [files, workers, seconds] = [values.files, values.workers, values.seconds].map(Number) as [
  number,
  number,
  number,
];
const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Files after which a process is replaced, so that what one leaves behind does not add up. */
const FILES_PER_PROCESS = 200;

/** A process and what it is given; replaced when it hangs or dies. */
class Runner {
  readonly #scratch: string;
  #child: ChildProcess | undefined;
  #files = 0;

  constructor(scratch: string) {
    this.#scratch = scratch;
    mkdirSync(scratch, { recursive: true });
  }

  async run(
    one: Case,
  ): Promise<{ readonly outcome?: Outcome; readonly what: Class; readonly stderr: string }> {
    if (this.#files++ % FILES_PER_PROCESS === 0) await this.stop();
    const child = (this.#child ??= fork(new URL('child.js', import.meta.url), [this.#scratch], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--max-old-space-size=1500'],
    }));
    let stderr = '';
    const listen = (text: Buffer): void => void (stderr += text.toString());
    child.stderr!.on('data', listen);
    const alarm = new AbortController();
    const { signal } = alarm;
    child.send(one);
    const answer = await Promise.race([
      once(child, 'message', { signal }).then(([outcome]) => outcome as Outcome),
      once(child, 'exit', { signal }).then(() => 'dead' as const),
      pause<'hang'>(seconds * 1000, 'hang', { signal }),
    ]);
    alarm.abort();
    child.stderr!.off('data', listen);
    if (typeof answer === 'object') return { outcome: answer, what: classOf(answer), stderr };
    await this.stop();
    return { what: answer, stderr };
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#files = 1;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** Tells of a mutation that broke something, with its file, which stays. */
function report(
  folder: string,
  number: number,
  mutation: Mutation,
  what: Class,
  outcome?: Outcome,
  stderr = '',
): void {
  const { base, path, value, sets } = mutation;
  const kept = join(folder, base.folder, `broken-${number}.yaml`);
  writeFileSync(kept, textOf(mutation));
  const errors = [...(outcome?.failures ?? []), ...(outcome?.error ? [outcome.error] : [])];
  const replay = [kept, ...sets.map((set) => `--set '${set}'`)].join(' ');
  process.stdout.write(
    `\n${CLASSES[what]}: ${base.name}  ${formatPath(path)} = ${short(value)}\n` +
      `  npm run fuzz -- --replay ${replay}\n` +
      errors
        .slice(0, 1)
        .map(
          ({ name, message, stack }) =>
            `  ${name}: ${message}\n${stack.split('\n').slice(1, 6).join('\n')}\n`,
        )
        .join('') +
      (what === 'dead' ? `${stderr.slice(-600)}\n` : ''),
  );
}

/** One line. */
function say({ base, path, value }: Mutation, what: Class, outcome?: Outcome): void {
  const why = outcome?.error?.message ?? outcome?.failures[0]?.message ?? '';
  process.stdout.write(`${what}: ${base.name} ${formatPath(path)} = ${short(value)}  ${why}\n`);
}

function short(value: unknown): string {
  return JSON.stringify(value).slice(0, 80);
}

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'unwind-fuzz-'));
  const bases: readonly Base[] = readBases(join(root, 'experiments'));
  for (const { folder } of bases) mkdirSync(join(scratch, folder), { recursive: true });
  for (const folder of ['data', 'presets'])
    cpSync(join(root, 'experiments', folder), join(scratch, folder), { recursive: true });
  const list = mutations(bases, files, values.seed);
  const counts = new Map<Class, number>();
  let next = 0;
  let broken = 0;
  process.stdout.write(
    `${list.length} files, seed ${values.seed}, ${workers} processes, ${seconds} s a file at most\n`,
  );
  const work = async (worker: number): Promise<void> => {
    const runner = new Runner(join(scratch, `worker-${worker}`));
    while (next < list.length) {
      const number = next++;
      const mutation = list[number]!;
      const file = join(scratch, mutation.base.folder, `worker-${worker}.yaml`);
      writeFileSync(file, textOf(mutation));
      const { what, outcome, stderr } = await runner.run({ file, sets: mutation.sets });
      counts.set(what, (counts.get(what) ?? 0) + 1);
      if (values.verbose) say(mutation, what, outcome);
      if (!BAD.includes(what)) continue;
      broken++;
      report(scratch, number, mutation, what, outcome, stderr);
    }
    await runner.stop();
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  const width = Math.max(...[...counts.values()].map((count) => String(count).length));
  for (const [what, text] of Object.entries(CLASSES)) {
    process.stdout.write(`${String(counts.get(what as Class) ?? 0).padStart(width)}  ${text}\n`);
  }
  if (broken === 0) rmSync(scratch, { recursive: true });
  process.stdout.write(`${list.length} files, ${broken} broken, seed ${values.seed}\n`);
  process.exitCode = broken === 0 ? 0 : 1;
}

if (values.replay === undefined) await main();
else {
  const scratch = mkdtempSync(join(tmpdir(), 'unwind-fuzz-'));
  const outcome = await runFile({ file: values.replay, sets: values.set }, scratch);
  rmSync(scratch, { recursive: true });
  for (const { name, message, stack } of outcome.failures)
    process.stdout.write(`${name}: ${message}\n${stack}\n`);
  if (outcome.error !== undefined)
    process.stdout.write(`${outcome.error.name}: ${outcome.error.message}\n${outcome.error.stack}\n`);
  process.stdout.write(`${CLASSES[classOf(outcome)]}\n`);
}
