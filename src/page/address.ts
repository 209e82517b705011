/** What is looked at, in the address: a link to a moment of a run is a finding that others can open. */
import type { Settings } from '../replay/settings.ts';
import { AS_WRITTEN } from '../replay/settings.ts';

export interface Place {
  readonly policy: string;
  readonly shock: number;
  readonly run: number;
  readonly time_us: number;
  /** Number of the book among all of them. */
  readonly book: number;
  /** A second policy beside it; '' : none. */
  readonly beside: string;
  /** −1: none. */
  readonly account: number;
  /** The run beside is this one's fork from here on; −1: it is none. What it changes: `engine=off`. */
  readonly fork_us: number;
  readonly change: string;
  /** What a laboratory turns in the second world; whether from the shock on alone. */
  readonly settings: Settings;
  readonly isAtShock: boolean;
}

export const NOWHERE: Omit<Place, 'policy' | 'shock' | 'run'> = {
  time_us: 0,
  book: 0,
  beside: '',
  account: -1,
  fork_us: -1,
  change: '',
  settings: AS_WRITTEN,
  isAtShock: false,
};

/** Settings of a laboratory that multiply something, by the names that they have in an address. */
const FACTORS = [
  ['leverage', 'leverage'],
  ['openInterest', 'positions'],
  ['depth', 'depth'],
  ['shock', 'size'],
] as const;

export function readPlace(hash: string, fallback: Place): Place {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const number = (name: string): number => Number(given.get(name) ?? Number.NaN);
  const whole = (name: string, other: number): number => {
    const value = number(name);
    return Number.isInteger(value) && value >= 0 ? value : other;
  };
  const micros = (name: string, other: number): number =>
    number(name) >= 0 ? Math.round(number(name) * 1e6) : other;
  const factors = FACTORS.map(([name, short]) => {
    const value = number(short);
    return [name, value >= 1 / 16 && value <= 16 ? value : fallback.settings[name]] as const;
  });
  return {
    policy: given.get('policy') ?? fallback.policy,
    shock: whole('shock', fallback.shock),
    run: whole('run', fallback.run),
    book: whole('book', fallback.book),
    time_us: micros('t', fallback.time_us),
    beside: given.get('beside') ?? fallback.beside,
    account: whole('account', fallback.account),
    fork_us: micros('fork', fallback.fork_us),
    change: given.get('change') ?? fallback.change,
    settings: {
      ...fallback.settings,
      ...Object.fromEntries(factors),
      ladder: given.get('ladder') ?? fallback.settings.ladder,
    },
    isAtShock: given.has('from') ? given.get('from') === 'shock' : fallback.isAtShock,
  };
}

export function writePlace(place: Place): string {
  const { policy, shock, run, book, time_us, beside, account, fork_us, change, settings, isAtShock } = place;
  const parts = new URLSearchParams({ policy, shock: String(shock), run: String(run), t: seconds(time_us) });
  if (book > 0) parts.set('book', String(book));
  if (beside !== '') parts.set('beside', beside);
  if (account >= 0) parts.set('account', String(account));
  if (fork_us >= 0) {
    parts.set('fork', seconds(fork_us));
    parts.set('change', change);
  }
  for (const [name, short] of FACTORS) if (settings[name] !== 1) parts.set(short, String(settings[name]));
  if (settings.ladder !== '') parts.set('ladder', settings.ladder);
  if (isAtShock) parts.set('from', 'shock');
  return `#${parts.toString()}`;
}

/** `63.2`: all digits that a time (µs) has, in seconds. */
export function seconds(time_us: number): string {
  return (time_us / 1e6).toFixed(6).replace(/\.?0+$/, '');
}
