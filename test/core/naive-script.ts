/**
 * Integer scripts, which a structure and its naive twin play together: arrays of random words, one a command.
 * When the two part, fast-check shrinks the script and prints it, with the seed and path that replay it:
 * `SCRIPT_SEED=… SCRIPT_PATH=… npx vitest run <the test's file> -t '<its name>'`.
 */
import fc from 'fast-check';

const WORDS = 0x100000000;

/** Plays `scripts` scripts of up to `longest` words; returns how many words were played in all. */
export function playScripts(
  scripts: number,
  longest: number,
  play: (script: readonly number[]) => void,
): number {
  let played = 0;
  const words = fc.array(fc.integer({ min: 0, max: WORDS - 1 }), { maxLength: longest, size: 'max' });
  fc.assert(
    // Biased words would be mostly small: the same command again and again.
    fc.property(fc.noBias(words), (script) => {
      play(script);
      played += script.length;
    }),
    // Shrinking stops after a while: a script that is still long is better than none.
    { numRuns: scripts, interruptAfterTimeLimit: 60_000, ...replayed() },
  );
  return played;
}

function replayed(): { seed?: number; path?: string } {
  const { SCRIPT_SEED: seed, SCRIPT_PATH: path } = process.env;
  if (seed === undefined) return {};
  return path === undefined ? { seed: Number(seed) } : { seed: Number(seed), path };
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
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line);
  }

  /** Throws, with the end of the story, unless both say the same (as JSON for anything but numbers). */
  same(what: string, engine: unknown, naive: unknown): void {
    if (Object.is(engine, naive)) return;
    const [ours, twins] = [JSON.stringify(engine), JSON.stringify(naive)];
    if (typeof engine !== 'number' && ours === twins) return;
    const from = Math.max(0, this.#lines.length - 40);
    const told = this.#lines.slice(from).map((line, i) => `${from + i}. ${line}`);
    throw new Error(`${what}: engine ${ours}, naive ${twins}, after\n${told.join('\n')}`);
  }
}
