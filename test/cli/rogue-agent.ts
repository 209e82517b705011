/** A trader that does harm: one deed, or one of several, in some runs. */

export const AGENT = `
import { execSync, spawn } from 'node:child_process';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { setTimeout as later } from 'node:timers';
import { Worker } from 'node:worker_threads';
import { defineAgent, number, seconds } from '../src/index.js';

const hoard = [];
const known = new Map();
let seen = 0;
const deeds = {
  none: () => undefined,
  loop: () => { for (;;); },
  numbers: () => { for (;;) hoard.push(1); },
  objects: () => { for (;;) hoard.push({ hoard, at: hoard.length }); },
  small_arrays: () => { for (;;) hoard.push(new Float64Array(1e5).fill(1)); },
  large_arrays: () => { for (;;) hoard.push(new Float64Array(1e6).fill(1)); },
  empty_arrays: () => { for (;;) hoard.push(new Float64Array(1e6)); },
  buffers: () => { for (;;) hoard.push(Buffer.alloc(1e6)); },
  map: () => { for (let i = 0; ; i++) known.set(i, [i]); },
  doubling: () => { for (let text = 'x' + hoard.length; ; ) hoard.push((text += text)); },
  huge: () => { hoard.push(new Float64Array(2 ** 27).fill(1)); },
  texts: () => { for (;;) hoard.push(String(hoard.length).repeat(1000) + hoard.length); },
  stuck: () => { pbkdf2Sync('a', 'b', 2 ** 31 - 1, 64, 'sha512'); },
  really: () => process.reallyExit(3),
  exit: () => process.exit(3),
  send: () => process.send({}),
  abort: () => process.abort(),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  chdir: () => process.chdir('/'),
  command: () => execSync('sleep 1000'),
  child: () => spawn('sleep', ['1000']),
  thread: () => new Worker('for (;;);', { eval: true }),
  listen: () => process.on('exit', () => undefined),
  message: () => { throw Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('no'); } }); },
  text: () => { throw { toString() { throw new Error('no'); } }; },
  null: () => { throw null; },
  undefined: () => { throw undefined; },
  symbol: () => { throw Symbol('s'); },
  proxy: () => { throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } }); },
  rejection: () => { Promise.reject(new RangeError('left behind')); },
  tick: () => { process.nextTick(() => { throw new RangeError('later'); }); },
  timer: () => { setTimeout(() => undefined, 0); },
  node_timer: () => { later(() => undefined, 0); },
  math: () => { Math.floor = () => 1; },
  global: () => { globalThis.seen = 1; },
  replaced: () => { globalThis.Math = {}; },
  deleted: () => { delete globalThis.Number; },
  push: () => { Array.prototype.push = () => 0; },
  added: () => { Object.prototype.seen = 1; },
  getter: () => { Object.defineProperty(Map.prototype, 'size', { get: () => 7 }); },
  static: () => { Array.from = () => []; },
  parent: () => { Object.setPrototypeOf(Set.prototype, null); },
  iterator: () => { Object.getPrototypeOf([].values()).next = () => ({ done: true }); },
  stamped: () => { Array.prototype.map.seen = 1; },
  promise: () => { Promise.prototype.then = () => undefined; throw new RangeError('and threw'); },
  sealed: () => { Object.freeze(Float64Array.prototype); },
  market: (me, market) => { Object.getPrototypeOf(market).buy = () => 0; },
  luck: (me, market, rng) => { rng.constructor.prototype.uniform = () => 0.5; },
  account: (me) => { Object.defineProperty(Object.getPrototypeOf(me), 'position', { get: () => 0 }); },
  declared: () => { kind.params.count.value = 7; },
  trace: () => { Error.prepareStackTrace = () => ''; },
  match: () => { RegExp.prototype[Symbol.match] = () => null; },
  generator: () => { Object.getPrototypeOf(function* () {}).seen = 1; },
  remembers: (me) => { me.seen = 1; },
  order: (me, market) => { market.seen = 1; },
  chance: () => Math.random(),
  now: () => Date.now(),
  today: () => new Date(),
  calls_date: () => Date(),
  constructs: () => new (Object.getPrototypeOf(new Date(0)).constructor)(),
  stopwatch: () => performance.now(),
  its_prototype: () => Object.getPrototypeOf(performance).now.call(performance),
  uuid: () => crypto.randomUUID(),
  node_crypto: () => randomBytes(4),
  hrtime: () => process.hrtime.bigint(),
  told: () => { if (new Date(2020, 1).getTime() !== Date.UTC(2020, 1) + new Date(2020, 1).getTimezoneOffset() * 60_000 || !(new Date(0) instanceof Date)) throw new Error('no'); },
  counts: (me, market) => { if (++seen > 2) market.buy(1 + seen); },
  listens: (me, market) => { hoard.push(market.mid); if (hoard.length > 3) throw new Error('full'); },
  knows: (me, market) => { known.set(market.mid, 2 * market.mid); },
  environment: () => { try { process.env.SEEN = '1'; } catch {} },
  quiet: () => { Reflect.defineProperty(Math, 'exp', { value: () => 0 }); },
  print: () => { console.log('printed'); process.stdout.write('printed too'); },
};
const names = Object.keys(deeds);

const kind = defineAgent({
  kind: 'rogue',
  about: 'Does harm.',
  params: { first: number(0, 'Number of the first deed.'), count: number(1, 'How many it chooses from.') },
  wake(me, market, rng) {
    market.buy(1);
    const chosen = me.first + Math.floor(rng.uniform() * me.count);
    if (rng.chance(0.4)) deeds[names[chosen]](me, market, rng);
    return seconds(1);
  },
});
export default kind;
`;

/** Names of its deeds, in their order. */
export const DEEDS = [...AGENT.matchAll(/^ {2}(\w+): \(.*?\) =>/gm)].map(([, name]) => name!);
