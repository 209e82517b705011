/**
 * Any damage to any file of a results folder: each command gives the answer that it gives without it, or names the file.
 * Eight damages; `npm run damage` takes 500 (UNWIND_DAMAGES), of another course with UNWIND_DAMAGE_SEED.
 */
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { expandSeed } from '../../src/core/seed.ts';
import { compareFolder, keepComparison } from '../../src/lab/kept-results.ts';
import { Journal } from '../../src/lab/store/journal.ts';
import { readManifest } from '../../src/lab/store/finished.ts';
import { sealed } from '../../src/lab/store/sealed.ts';
import { recordsOf } from '../../src/lab/run.ts';
import { readOrder } from '../../src/lab/store/order.ts';
import { planOf } from '../../src/lab/plan/plan.ts';
import { designs } from './designs.ts';
import { folderFor } from './interrupted.ts';
import { contentsOf } from './results.ts';
import { inProcess } from './in-process.ts';
import type { Result } from './unwind.ts';
import { repository, sets } from './unwind.ts';

const DAMAGES = Number(process.env['UNWIND_DAMAGES'] ?? 0) || 8;
const SEED = process.env['UNWIND_DAMAGE_SEED'] ?? 'damage';
const root = folderFor('damage');
const at = (name: string): string => join(root, name);

const market = [
  ...[
    'run',
    join(repository, 'test/experiment/fixtures/simple-tune.yaml'),
    '--runs',
    '2',
    '--record',
    '0',
    '--workers',
    '1',
  ],
  ...sets(['until=40 s', 'shocks[0].at=10 s', 'shocks[0].over=10 s', 'shocks[1].at=10 s']),
  ...sets(['population[0].count=10', 'population[3].count=60']),
];
const solvable = [
  ...[
    'run',
    join(repository, 'experiments/validation/solvable-cascade.yaml'),
    '--runs',
    '320',
    '--workers',
    '1',
  ],
];
const sensitivity = designs.sensitivity.args;

const all = (table: string): string =>
  `select count(*) as n, md5(string_agg(t::text, ';' order by t::text)) as rows from ${table} t`;

/** Without the report of what it makes anew, which says how long that took. */
const RESUME = ['resume', '--json', '--workers', '1', '--no-report'];

/** Kinds of folders, and what is asked of each. */
const KINDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  market: [
    ['query', all('runs'), '--json'],
    ['query', all('liquidations'), '--csv'],
    ['compare', '--json'],
    ['verify', '--json'],
    ['fork', '--at', '12s', '--change', 'engine=off', '--json'],
    RESUME,
  ],
  solvable: [['query', all('runs'), '--json'], RESUME],
  unfinished: [['query', all('runs'), '--json'], RESUME],
  sensitivity: [['query', all('points'), '--json'], RESUME],
};

interface Undamaged {
  readonly answers: readonly Result[];
  /** After resume. */
  readonly contents: Record<string, string>;
}
const undamaged = new Map<string, Undamaged>();

beforeAll(async () => {
  await made('market', market);
  keepComparison(at('market'), (await compareFolder(at('market'))).comparison);
  await made('solvable', solvable);
  await made('sensitivity', sensitivity);
  unfinish();
  const gone = spawnSync(process.execPath, ['-e', '0']).pid;
  for (const kind of Object.keys(KINDS)) {
    // Of a process that was killed.
    writeFileSync(join(at(kind), 'lock'), sealed('lock', { pid: gone, host: hostname(), began: '' }));
    cpSync(at(kind), at('work'), { recursive: true });
    const answers: Result[] = [];
    for (const command of KINDS[kind]!) answers.push(await asked(command));
    for (const { code, stderr } of answers) expect(code, stderr).toBe(0);
    undamaged.set(kind, { answers, contents: contentsOf(at('work')) });
    rmSync(at('work'), { recursive: true });
  }
}, 600_000);

/** Without its report, which is drawn from the rest and says how long that took. */
async function made(name: string, command: readonly string[]): Promise<void> {
  const bare = command[0] === 'run' ? ['--no-report'] : [];
  const { code, stderr } = await inProcess([...command, ...bare, '--out', at(name)], root);
  expect(code, stderr).toBe(0);
}

/** The solvable run as it is after half of its batches. */
function unfinish(): void {
  cpSync(at('solvable'), at('unfinished'), { recursive: true });
  const { experiment } = readOrder(at('unfinished'));
  const records = recordsOf(readManifest(at('unfinished'))!, planOf(experiment));
  const kept = records.slice(0, records.length / 2);
  for (const { parts } of records.slice(kept.length))
    for (const { file } of parts) rmSync(join(at('unfinished'), file));
  rmSync(join(at('unfinished'), 'manifest.json'));
  Journal.open(at('unfinished'), kept).close();
}

/** Of the folder `work`. Without how long it took. */
async function asked([name, ...rest]: readonly string[]): Promise<Result> {
  const { code, stdout, stderr } = await inProcess([name!, at('work'), ...rest], root);
  return { code, stdout: stdout.replace(/"timing": \{[^}]*\}/, ''), stderr };
}

test('every damage is found, or changes nothing', { timeout: 7_200_000 }, async () => {
  const course = new Course(SEED);
  const wrong: string[] = [];
  for (let n = 0; n < DAMAGES; n++) {
    const kind = course.one(Object.keys(KINDS));
    rmSync(at('work'), { recursive: true, force: true });
    cpSync(at(kind), at('work'), { recursive: true });
    const damage = damaged(course);
    const title = `${SEED} ${n}: ${kind}: ${damage.what}`;
    // Each command meets the damage, which resume mends: it comes last.
    for (const [i, command] of KINDS[kind]!.entries()) {
      const answer = await asked(command);
      const what = dishonesty(answer, undamaged.get(kind)!.answers[i]!, damage, kind);
      if (what !== undefined) wrong.push(`${title}: ${command.join(' ')}: ${what}`);
      if (command[0] === 'resume' && answer.code === 0)
        expect(contentsOf(at('work')), title).toEqual(contentsOrLess(kind, damage));
    }
    if ((n + 1) % 50 === 0) process.stdout.write(`${n + 1} damages, ${wrong.length} wrong answers\n`);
  }
  expect(wrong).toEqual([]);
  process.stdout.write(`${DAMAGES} damages: each was named, or changed nothing\n`);
});

interface Damage {
  readonly what: string;
  readonly files: readonly string[];
}

/** What is wrong with an answer to a damaged folder; undefined: it is the undamaged one, or names the damaged file. */
function dishonesty(answer: Result, same: Result, { files }: Damage, kind: string): string | undefined {
  const { code, stdout, stderr } = answer;
  const said = `exit code ${code}: ${stdout.slice(0, 300)} ${stderr.slice(0, 600)}`;
  if (/^\s+at .*\d+:\d+\)?$/m.test(`${stdout}\n${stderr}`)) return `a stack: ${said}`;
  if (code === same.code && stdout === same.stdout) return undefined;
  const words = new Set(`${stdout}\n${stderr}`.match(/[\w.-]+/g));
  const named = readdirSync(at(kind)).filter((name) => words.has(name));
  if (!files.some((file) => named.includes(file))) return `no name: ${said}`;
  const blamed = named.find((name) => name.endsWith('.parquet') && !files.includes(name));
  return blamed === undefined ? undefined : `${blamed} is blamed: ${said}`;
}

/** A comparison that was deleted is not missed: it may never have been there. */
function contentsOrLess(kind: string, { files, what }: Damage): Record<string, string> {
  const { 'comparison.json': comparison, ...others } = undamaged.get(kind)!.contents;
  const isGone = files[0] === 'comparison.json' && what.startsWith('deleted');
  return comparison === undefined || isGone ? others : { ...others, 'comparison.json': comparison };
}

/** Does one damage to the folder `work`. */
function damaged(course: Course): Damage {
  const names = readdirSync(at('work')).sort();
  const documents = names.filter((name) => !name.endsWith('.parquet'));
  const name = course.one(course.below(2) === 0 ? documents : names);
  const path = join(at('work'), name);
  const bytes = readFileSync(path);
  const place = course.below(bytes.length);
  const write = (what: string, changed: Uint8Array | string): Damage => {
    writeFileSync(path, changed);
    return { what: `${what} of ${name}`, files: [name] };
  };
  switch (course.below(9)) {
    case 0:
    case 1:
    case 2: {
      const bit = course.below(8);
      bytes[place]! ^= 1 << bit;
      return write(`bit ${bit} of byte ${place}`, bytes);
    }
    case 3:
      return write(`all from byte ${place} cut`, bytes.subarray(0, place));
    case 4:
      return write(`all from byte ${place} zero`, bytes.fill(0, place));
    case 5:
      return write(
        'bytes appended to the end',
        Buffer.concat([bytes, bytes.subarray(0, 1 + course.below(99))]),
      );
    case 6:
      return write('all', course.one(['', '{}', '[]', 'null', '\n']));
    case 7:
      rmSync(path);
      return { what: `deleted: ${name}`, files: [name] };
    default: {
      const other = course.one(names.filter((one) => one !== name));
      renameSync(path, join(at('work'), 'aside'));
      renameSync(join(at('work'), other), path);
      renameSync(join(at('work'), 'aside'), join(at('work'), other));
      return { what: `swapped: ${name} and ${other}`, files: [name, other] };
    }
  }
}

/** Draws that follow from a text. */
class Course {
  readonly #seed: string;
  #n = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  below(n: number): number {
    const [word] = expandSeed(`${this.#seed}/${this.#n++}`);
    return Math.floor(((word! >>> 0) / 2 ** 32) * n);
  }

  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}
