/** A process that runs one file after another, as it is told, and says what became of each. */
import type { Case } from './run-file.ts';
import { runFile } from './run-file.ts';

const scratch = process.argv[2]!;

process.on('message', (one: Case) => {
  void runFile(one, scratch).then((outcome) => process.send!(outcome));
});
process.on('disconnect', () => process.exit());
