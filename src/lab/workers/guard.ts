/**
 * What a trader's code must not do in a worker: end the process, wait for real time, print into the results, or leave
 * something behind that changes the runs after it. Imported first, so that no trader holds the originals. It is a guard
 * against mistakes, not a prison: code that means harm has the rights of the user who runs it.
 */
import { Console } from 'node:console';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timerPromises from 'node:timers/promises';
import { freezeGlobals, freezeLanguage } from './frozen.ts';

const { setImmediate: afterAll } = timers;

/** What promises of a run came to that nobody waited for. */
let strays: unknown[] = [];

/** Ends when everything that is due has been done. Throws the first error that a promise was left with. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => afterAll(resolve));
  const [first] = strays;
  const none = strays.length === 0;
  strays = [];
  if (!none) throw first;
}

/** After all code is loaded. */
export function closeGlobals(): void {
  for (const owner of [globalThis, timerPromises]) refuse(owner, [...TIMERS, 'setImmediate'], NO_TIMERS);
  // Node itself calls that module's `setImmediate`; what a trader does there is done before `settled` ends.
  refuse(timers, TIMERS, NO_TIMERS);
  syncBuiltinESMExports();
  freezeGlobals();
}

const TIMERS = ['setTimeout', 'setInterval'];
const NO_TIMERS = 'simulated time is all that there is: return the delay to the next wake';
/** `reallyExit` stays: Node itself ends a thread by it. */
const PROCESS = ['exit', 'kill', '_kill', 'abort', 'chdir', 'umask', 'send', 'disconnect', 'dlopen'];
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

/** Calls throw from now on. */
function refuse(owner: object, names: readonly string[], why: string): void {
  for (const name of names) {
    const value = (): never => {
      throw new Error(`a trader called ${name}: ${why}`);
    };
    Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true });
  }
}

function open(): void {
  // What it prints must not get into the results on stdout.
  Object.defineProperty(process, 'stdout', { value: process.stderr });
  globalThis.console = new Console(process.stderr, process.stderr);
  process.on('unhandledRejection', (error) => strays.push(error));
  process.on('uncaughtException', (error) => strays.push(error));
  Object.defineProperty(process, 'env', { value: Object.freeze({ ...process.env }) });
  refuse(process, [...PROCESS, ...EVENTS], 'the process is not its own');
  syncBuiltinESMExports();
  freezeLanguage();
}

open();
