/**
 * Integer scripts, which a structure and its naive twin play together: arrays of random words, one a command.
 * When the two part, the script is cut down to the words that it takes, and the error says how to see it again.
 */
import fc from 'fast-check';

const WORDS = 0x100000000;
const SHRINKING_MS = 15_000;

type Play = (script: readonly number[]) => void;

/** Plays `scripts` random scripts of up to `longest` words; returns how many words were played in all. */
export function playScripts(scripts: number, longest: number, play: Play): number {
  const { SCRIPT, SCRIPT_SEED } = process.env;
  if (SCRIPT !== undefined) {
    play(JSON.parse(SCRIPT) as number[]);
    return Infinity;
  }
  let played = 0;
  const words = fc.array(fc.integer({ min: 0, max: WORDS - 1 }), { maxLength: longest, size: 'max' });
  const run = fc.check(
    // Biased words would be mostly small: the same command again and again.
    fc.property(fc.noBias(words), (script) => {
      play(script);
      played += script.length;
    }),
    // fast-check cuts arrays item by item, which takes minutes at these lengths; `shortest` takes seconds.
    { numRuns: scripts, endOnFailure: true, ...(SCRIPT_SEED !== undefined && { seed: Number(SCRIPT_SEED) }) },
  );
  if (run.counterexample === null) return played;
  const script = shortest(run.counterexample[0], play);
  throw new Error(
    `${failure(script, play)?.message ?? 'no failure when played again'}\n` +
      `To see it again, run this test with SCRIPT='${JSON.stringify(script)}', ` +
      `or before it was cut from ${run.counterexample[0].length} words, with SCRIPT_SEED=${run.seed}`,
    { cause: failure(script, play) ?? run.errorInstance },
  );
}

function failure(script: readonly number[], play: Play): Error | undefined {
  try {
    play(script);
  } catch (error) {
    return error as Error;
  }
  return undefined;
}

/** Takes out ever smaller pieces, from the end, as long as the rest still fails; then makes the words smaller. */
function shortest(whole: readonly number[], play: Play): readonly number[] {
  const end = performance.now() + SHRINKING_MS;
  const fails = (script: readonly number[]): boolean =>
    performance.now() < end && failure(script, play) !== undefined;
  let script = whole;
  for (let length = Infinity; script.length < length;) {
    length = script.length;
    for (let size = length; size >= 1; size = Math.floor(size / 2)) script = without(script, size, fails);
  }
  for (let at = 0; at < script.length; at++) {
    const smaller = [1, 1 << 8, 1 << 16, 1 << 24].map((below) => script.with(at, script[at]! % below));
    script = smaller.find(fails) ?? script;
  }
  return script;
}

/** Tries to do without each piece of this size, the last first. */
function without(
  script: readonly number[],
  size: number,
  fails: (script: readonly number[]) => boolean,
): readonly number[] {
  for (let at = script.length - size; at > -size; at -= size) {
    const rest = [...script.slice(0, Math.max(0, at)), ...script.slice(at + size)];
    if (fails(rest)) script = rest;
  }
  return script;
}

/** Reads a word as digits of mixed radix; the product of the radices should stay under 2^32. */
export class Digits {
  #rest: number;

  constructor(word: number) {
    this.#rest = word;
  }

  /** An integer in [0, radix). */
  below(radix: number): number {
    const digit = this.#rest % radix;
    this.#rest = (this.#rest - digit) / radix;
    return digit;
  }

  /** One of the values. */
  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

/** What was done, for the message when the twins part. */
export class Story {
  readonly #lines: (readonly [line: string, details: unknown])[] = [];

  /** `details`, which nobody changes later, are told as JSON. */
  add(line: string, details?: unknown): void {
    this.#lines.push([line, details]);
  }

  /** Throws, with the end of the story, unless both say the same: the same number, or the same JSON. */
  same(what: string, engine: unknown, naive: unknown): void {
    if (isAlike(engine, naive)) return;
    const [ours, twins] = [JSON.stringify(engine), JSON.stringify(naive)];
    if (typeof engine !== 'number' && ours === twins) return;
    const from = Math.max(0, this.#lines.length - 40);
    const told = this.#lines
      .slice(from)
      .map(([line, details], i) =>
        [`${from + i}. ${line}`, JSON.stringify(details)].filter(Boolean).join(': '),
      );
    throw new Error(`${what}: engine ${ours}, naive ${twins}, after\n${told.join('\n')}`);
  }
}

/** True only of what is the same JSON. Twins are compared millions of times, and nearly always they are alike. */
function isAlike(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let i = 0; i < one.length; i++) if (!isAlike(one[i], other[i])) return false;
    return true;
  }
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    isAlike(keys, others) &&
    keys.every((key) =>
      isAlike((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
    )
  );
}
