#!/usr/bin/env node
/** The command line: `unwind COMMAND`. Results go to stdout, progress and errors to stderr; exit code 1 on failure. */
import { writeSync } from 'node:fs';
import '../lab/store/few-open-files.ts';

try {
  const { hideBin } = await import('yargs/helpers');
  const { commandLine } = await import('./command-line.ts');
  (await import('./written.ts')).endWithReaders();
  await commandLine(hideBin(process.argv));
} catch (error) {
  process.exitCode = 1;
  // Then there is no file left either for what tells all other errors.
  if ((error as NodeJS.ErrnoException).code === 'EMFILE')
    writeSync(
      process.stderr.fd,
      'too many open files: raise the limit of this shell, such as by ulimit -n 1024\n',
    );
  else (await import('./fail.ts')).fail(error);
}
