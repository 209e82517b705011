/**
 * What a trader's code threw, as text. It may be anything: nothing, a symbol, an object whose `message` throws, a proxy;
 * looking at it must not throw in turn.
 */
import { inspect, types } from 'node:util';

export interface Thrown {
  /** Of the error's class. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** For a full pool: the setting to raise. */
  readonly setting?: string;
}

/** Longest message of an error that is kept, and longest name. */
const LONGEST_MESSAGE = 500;
const LONGEST_NAME = 100;
const LONGEST_STACK = 10_000;

export function readThrown(error: unknown): Thrown {
  if (!types.isNativeError(error)) {
    return { name: 'Error', message: shortened(`threw ${described(error)}, which is no Error`), stack: '' };
  }
  const setting = textOf(error, 'setting');
  return {
    name: shortened(textOf(error, 'name') ?? 'Error', LONGEST_NAME),
    message: shortened(textOf(error, 'message') ?? 'an error whose message cannot be read'),
    stack: shortened(textOf(error, 'stack') ?? '', LONGEST_STACK),
    ...(setting === undefined ? {} : { setting }),
  };
}

/** A property that is a text; undefined: there is none, or it cannot be read. */
function textOf(error: Error, key: string): string | undefined {
  try {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function described(value: unknown): string {
  try {
    return inspect(value, { customInspect: false, showProxy: true, depth: 0, breakLength: Infinity });
  } catch {
    return 'something that cannot be read';
  }
}

function shortened(message: string, longest = LONGEST_MESSAGE): string {
  return message.length > longest ? `${message.slice(0, longest)} …` : message;
}
