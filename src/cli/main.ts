#!/usr/bin/env node
/** The command line: `unwind COMMAND`. Results go to stdout, progress and errors to stderr; exit code 1 on failure. */
import { hideBin } from 'yargs/helpers';
import { commandLine } from './command-line.ts';

try {
  await commandLine(hideBin(process.argv));
} catch (error) {
  const { fail } = await import('./fail.ts');
  fail(error);
}
