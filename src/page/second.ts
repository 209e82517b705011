/** What stands beside the run: another policy, what a laboratory has turned, or the run's own fork. */
import type { Fork } from '../replay/fork.ts';
import type { PageData } from '../replay/page-data.ts';
import { clockText } from '../replay/words.ts';
import type { Place } from './address.ts';
import { seconds } from './address.ts';
import type { Play } from './protocol.ts';

export interface Second {
  readonly title: string;
  readonly play: Play;
  /** When it parts from the run at the earliest, µs; Infinity: it has no such moment. */
  readonly fork_us: number;
  /** Command that makes the same; '': there is none. */
  readonly command: string;
}

/** undefined: nothing. `main`: the run. Throws Error where the address names what is not there. */
export function secondOf(place: Place, data: PageData, main: Play, shock_us: number): Second | undefined {
  if (place.fork_us >= 0) return forked(place, data, main);
  const { policy, beside, settings, isAtShock } = place;
  const other = beside === '' ? policy : beside;
  if (data.kind === 'replay') {
    if (beside === '') return undefined;
    return { title: beside, play: { ...main, policy: beside }, fork_us: Infinity, command: '' };
  }
  if (isAtShock) {
    const fork: Fork = { changes: other === policy ? [] : [{ policy: other }], settings };
    const title = `${other}, with the settings turned, from the shock on`;
    return { title, play: { ...main, fork }, fork_us: shock_us - 1, command: '' };
  }
  const title = `${other}, with the settings turned`;
  return { title, play: { ...main, policy: other, settings }, fork_us: Infinity, command: '' };
}

function forked({ fork_us, change }: Place, { changes, folder, shocks }: PageData, main: Play): Second {
  const known = changes.find(({ text }) => text === change);
  if (known === undefined)
    throw new Error(`the address asks for a fork with ${change}: there is no such change here`);
  const { policy, shock, run } = main;
  const words = ['unwind', 'fork', folder, '--run', String(run), '--policy', policy];
  if (shocks.length > 1) words.push('--shock', String(shock));
  words.push('--at', `${seconds(fork_us)}s`, '--change', change);
  return {
    title: `fork at ${clockText(fork_us)}: ${known.title}`,
    play: { ...main, fork: { at_us: fork_us, changes: [known.change] } },
    fork_us,
    command: folder === '' ? '' : words.map(quoted).join(' '),
  };
}

/** As a shell reads it as one word. */
function quoted(word: string): string {
  return /^[\w./=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
