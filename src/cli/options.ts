/** Options of commands: what each takes, and what is said when something else was typed. */
import { availableParallelism } from 'node:os';
import type { Options } from 'yargs';
import { UsageError } from './usage-error.ts';

interface Range {
  readonly from: number;
  readonly to?: number;
}

/** A whole number. */
export function whole(name: string, describe: string, range: Range) {
  return {
    type: 'string', // yargs' own numbers are NaN for whatever else was typed
    requiresArg: true,
    describe,
    coerce: (typed: unknown): number | undefined => {
      const text = once(name, typed);
      return text === undefined ? undefined : wholeOf(name, text, range);
    },
  } as const satisfies Options;
}

/** The same, never left out. */
export function wholeOr(name: string, describe: string, range: Range, fallback: number) {
  return {
    ...whole(name, `${describe} (default: ${fallback})`, range),
    default: fallback,
    coerce: (typed: unknown): number => wholeOf(name, once(name, typed) ?? String(fallback), range),
  } as const satisfies Options;
}

function wholeOf(name: string, typed: string, { from, to = Number.MAX_SAFE_INTEGER }: Range): number {
  const number = Number(typed);
  if (/^-?\d+$/.test(typed) && number >= from && number <= to) return number;
  const range = to === Number.MAX_SAFE_INTEGER ? `of at least ${from}` : `from ${from} to ${to}`;
  throw new UsageError(`--${name} ${quoted(typed)}: needs a whole number ${range}`);
}

/** A text, as it was typed. */
export function text(name: string, describe: string) {
  return {
    type: 'string',
    requiresArg: true,
    describe,
    coerce: (typed: unknown): string | undefined => once(name, typed),
  } as const satisfies Options;
}

/** What may be given several times. */
export function list(describe: string) {
  return {
    type: 'string',
    array: true,
    nargs: 1,
    default: [] as string[],
    describe,
  } as const satisfies Options;
}

/** What is given or not: undefined where it is not, as yargs takes a default for the value of a flag without one. */
export function flag(describe: string) {
  return { type: 'boolean', nargs: 0, describe } as unknown as {
    type: 'boolean';
    default: boolean;
  };
}

export const jsonFlag = flag('One JSON document on stdout, nothing else');

export const noReportFlag = flag('Without report.html in the folder');

/** Of commands that make runs of a results folder again; command-line.ts hears it for all of them. */
export const plugInsFlag = flag('Agrees to run the plug-ins that the results were made with');

export const wideFlag = flag('Every metric and difference of a market, not the headline alone');

export const workersOption = wholeOr(
  'workers',
  'Workers: runs that are made at the same time',
  { from: 1, to: 1024 },
  availableParallelism(),
);

function once(name: string, typed: unknown): string | undefined {
  if (typed === undefined || typeof typed === 'string') return typed;
  if (!Array.isArray(typed)) return JSON.stringify(typed);
  throw new UsageError(`--${name}: is given ${typed.length} times; once is enough`);
}

function quoted(typed: string): string {
  return typed.trim() === '' ? JSON.stringify(typed) : typed;
}
