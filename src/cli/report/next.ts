/** The last lines of a report: where its results are, and commands to go on with, as they can be copied. */
import { shellCommand } from '../../lab/store/shell-command.ts';
import { wrapped, wrappedCommand } from './text.ts';
import { widthOf } from './width.ts';

/** What a command does, and its words. */
export type Next = readonly [about: string, ...words: readonly string[]];

export function nextLines(folder: string, steps: readonly Next[]): string[] {
  return [`results in ${folder}; next:`, ...steps.flatMap(stepLines)];
}

function stepLines([about, ...words]: Next): string[] {
  const width = widthOf(process.stdout);
  return [wrapped(`  ${about}:`, width, 2), wrappedCommand(shellCommand(...words), width, 4)];
}
