/** The command that runs one run of an experiment again. */
import type { Experiment } from './experiment/index.ts';

export function replayCommand(
  { file, seed, sets }: Experiment,
  { run, cell }: { readonly run: number; readonly cell: number },
): string {
  const words = ['npx', 'unwind', 'run', file, '--seed', seed];
  for (const set of sets) words.push('--set', set);
  return [...words, '--only-run', String(run), '--only-cell', String(cell)].map(quoted).join(' ');
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
