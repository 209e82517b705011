/** What is looked at, in the address: a link to a moment of a run is a finding that others can open. */
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
}

export function readPlace(hash: string, fallback: Place): Place {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const whole = (name: string, other: number): number => {
    const value = Number(given.get(name) ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 ? value : other;
  };
  const seconds = Number(given.get('t') ?? Number.NaN);
  return {
    policy: given.get('policy') ?? fallback.policy,
    shock: whole('shock', fallback.shock),
    run: whole('run', fallback.run),
    book: whole('book', fallback.book),
    time_us: seconds >= 0 ? Math.round(seconds * 1e6) : fallback.time_us,
    beside: given.get('beside') ?? fallback.beside,
    account: whole('account', fallback.account),
  };
}

export function writePlace({ policy, shock, run, book, time_us, beside, account }: Place): string {
  const parts = new URLSearchParams({
    policy,
    shock: String(shock),
    run: String(run),
    t: (time_us / 1e6).toFixed(6).replace(/\.?0+$/, ''),
  });
  if (book > 0) parts.set('book', String(book));
  if (beside !== '') parts.set('beside', beside);
  if (account >= 0) parts.set('account', String(account));
  return `#${parts.toString()}`;
}
