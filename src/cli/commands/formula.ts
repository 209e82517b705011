/** `unwind formula`: exact results of models of order flow, NDJSON in and NDJSON out. */
import type { CommandModule } from 'yargs';
import { formulas } from '../formula/functions.ts';
import { FormulaSession } from '../formula/session.ts';
import { closing } from '../help.ts';
import { streamLines } from '../line-stream.ts';
import { standardInput } from '../standard-input.ts';

const EPILOGUE = [
  'A line is {"id": …, "fn": name, …its fields}, or its fields in "input"; the answer is {"id", "result"}, or {"id", "error"} where something is wrong with the line. null stands for infinity.',
  ...Object.entries(formulas).map(([name, { about }]) => `${name}: ${about}.`),
];

export const formulaCommand: CommandModule = {
  command: 'formula',
  describe: 'Exact results of models of order flow: NDJSON on stdin, NDJSON on stdout',
  builder: (yargs) =>
    yargs.epilogue(
      closing(
        [
          [
            `echo '{"id":1,"fn":"orderSignAutocorrelation","tailExponent":1.5,"lag":10}' \\
  | npx unwind formula`,
            'One answer a line',
          ],
          ['npx unwind formula < cases.ndjson > results.ndjson', 'A file of your own'],
        ],
        EPILOGUE.join('\n\n'),
      ),
    ),
  async handler() {
    await streamLines(standardInput(), process.stdout, new FormulaSession());
  },
};
