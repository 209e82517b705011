/**
 * Real time and chance that no seed draws have no place in a run: a trader that asks for them loses it. Otherwise results
 * would differ from run to run of the same command.
 */
import crypto from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { refuse } from './refuse.ts';

const NO_CLOCK = 'the time of a run is market.time';
const NO_CHANCE = 'random numbers come from rng alone';

const CHANCE = ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'getRandomValues'];
const CLOCKS = ['now', 'mark', 'measure', 'toJSON'];
const OF_PROCESS = ['hrtime', 'uptime', 'cpuUsage', 'resourceUsage', 'memoryUsage'];

/**
 * Before any trader's code is loaded, so that none holds the originals. Packages stir their generators when they are loaded:
 * `Math.random` gives them a constant.
 */
export function refuseClocksAndChance(isLoading: () => boolean): void {
  // A plain store: a property that is defined anew makes V8 look up each function of Math by name (a sixth more CPU).
  Math.random = () => {
    if (isLoading()) return 0.5;
    throw new Error(`a trader called Math.random: ${NO_CHANCE}`);
  };
  for (const owner of [crypto, Object.getPrototypeOf(crypto.webcrypto) as object])
    refuse(owner, present(CHANCE, owner), NO_CHANCE, 'crypto.');
  for (const owner of [performance, Object.getPrototypeOf(performance) as object])
    refuse(owner, present(CLOCKS, owner), NO_CLOCK, 'performance.');
  refuse(process, OF_PROCESS, NO_CLOCK, 'process.');
  refuse(process.hrtime, ['bigint'], NO_CLOCK, 'process.hrtime.');
  refuseDate();
  const { Now } = (Reflect.get(globalThis, 'Temporal') ?? {}) as { Now?: object }; // of later versions of Node
  if (Now !== undefined) refuse(Now, Object.getOwnPropertyNames(Now), NO_CLOCK, 'Temporal.Now.');
}

/** Those of the names that it has. An accessor that stays leads to what is refused elsewhere. */
function present(names: readonly string[], owner: object): string[] {
  return names.filter((name) => Object.getOwnPropertyDescriptor(owner, name)?.configurable === true);
}

/** Dates that are told remain, and are what they were; the one of this moment is refused. */
function refuseDate(): void {
  const RealDate = Date;
  const refused = (): never => {
    throw new Error(`a trader called new Date(): ${NO_CLOCK}`);
  };
  globalThis.Date = new Proxy(RealDate, {
    apply: refused,
    construct: (target, args, made) =>
      args.length === 0 ? refused() : (Reflect.construct(target, args, made) as Date),
  });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: Date });
  refuse(RealDate, ['now'], NO_CLOCK, 'Date.');
}
