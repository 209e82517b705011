/**
 * What a trader's code must not do in a worker: end the process, wait for real time, print into the results, or leave
 * something behind that changes the runs after it. Imported first, so that no trader holds the originals. It is a guard
 * against mistakes, not a prison: code that means harm has the rights of the user who runs it.
 */
import childProcess from 'node:child_process';
import { Console } from 'node:console';
import { randomInt } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timerPromises from 'node:timers/promises';
import workerThreads, { parentPort } from 'node:worker_threads';
import { readThrown } from './thrown.ts';
import { freezeGlobals, freezeLanguage } from './frozen.ts';
import { Intrinsics } from './intrinsics.ts';
import { refuseClocksAndChance } from './no-chance.ts';
import { refuse } from './refuse.ts';

const { setImmediate: afterAll, setTimeout: later } = timers;
const drawn = randomInt; // an import would become what is refused
const reallyExit = (process as unknown as { reallyExit(code: number): never }).reallyExit.bind(process);

/** What a thread whose code cannot be loaded tells of it. */
export interface Unloaded {
  readonly unloaded: string;
}

/** What promises of a run came to that nobody waited for. */
let strays: unknown[] = [];
/** All code is there: what is thrown from now on is a run's. */
let isLoaded = false;

/** Ends when everything that is due has been done. Throws the first error that a promise was left with. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => afterAll(resolve));
  const [first] = strays;
  const none = strays.length === 0;
  strays = [];
  if (!none) throw first;
}

/** So long at most, at random. For tests: no result may depend on who reports first. */
export async function pauseAtMost(delay_ms: number): Promise<void> {
  if (delay_ms > 0) await new Promise((resolve) => later(resolve, drawn(delay_ms + 1)));
}

/** A thread without its code is of no use; the pool is told why. */
function giveUp(error: unknown): never {
  parentPort?.postMessage({ unloaded: readThrown(error).message } satisfies Unloaded);
  return reallyExit(1);
}

/** After all code is loaded. Throws where it has changed what runs share. */
export function closeGlobals(): void {
  const what = shared.changed;
  if (what !== undefined) throw new Error(`code of a trader changed ${what} when it was loaded`);
  for (const owner of [globalThis, timerPromises]) refuse(owner, [...TIMERS, 'setImmediate'], NO_TIMERS);
  // Node itself calls that module's `setImmediate`; what a trader does there is done before `settled` ends.
  refuse(timers, TIMERS, NO_TIMERS);
  syncBuiltinESMExports();
  freezeGlobals();
  isLoaded = true;
}

const TIMERS = ['setTimeout', 'setInterval'];
const NO_TIMERS = 'simulated time is all that there is: return the delay to the next wake';
const NOT_ITS_OWN = 'the process is not its own';
/** `reallyExit` stays: Node itself ends a thread by it. */
const PROCESS = ['exit', 'kill', '_kill', 'abort', 'chdir', 'umask', 'send', 'disconnect', 'dlopen'];
/** What they start outlives a run, and a thread that waits for one of them cannot be ended. */
const STARTERS = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'];
/** Of the process as an emitter of events: what traders leave there would be heard in the next run. */
const EVENTS = [
  'on',
  'once',
  'addListener',
  'prependListener',
  'off',
  'removeListener',
  'removeAllListeners',
];

function open(): void {
  // What it prints must not get into the results on stdout.
  Object.defineProperty(process, 'stdout', { value: process.stderr });
  globalThis.console = new Console(process.stderr, process.stderr);
  for (const event of ['unhandledRejection', 'uncaughtException'])
    process.on(event, (error: unknown) => {
      if (isLoaded) strays.push(error);
      else giveUp(error);
    });
  Object.defineProperty(process, 'env', { value: Object.freeze({ ...process.env }) });
  refuse(process, [...PROCESS, ...EVENTS], NOT_ITS_OWN);
  refuse(childProcess, STARTERS, NOT_ITS_OWN);
  refuse(childProcess.ChildProcess.prototype, ['spawn'], NOT_ITS_OWN);
  refuse(workerThreads, ['Worker'], NOT_ITS_OWN);
  refuseClocksAndChance(() => !isLoaded);
  syncBuiltinESMExports();
  freezeLanguage();
}

open();

/** What all runs of the thread share. */
export const shared = new Intrinsics();
