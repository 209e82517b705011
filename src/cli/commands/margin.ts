/** `unwind margin`: margin, liquidation and bankruptcy prices of given accounts, NDJSON in and NDJSON out. */
import type { CommandModule } from 'yargs';
import { closing } from '../help.ts';
import { flag } from '../options.ts';
import { venues } from '../../published/venues/index.ts';
import { streamLines } from '../line-stream.ts';
import { functions } from '../margin/functions.ts';
import { MarginSession } from '../margin/session.ts';
import { standardInput } from '../standard-input.ts';

/** Paragraphs; the terminal's width breaks them. */
const EPILOGUE = [
  `A line is an account with a position: venue (${venues.map(({ name }) => name).join(', ')}), side, entry, quantity;
  mode (isolated), mark (the entry price if left out), wallet (entry·quantity/leverage if left out and isolated),
  leverage, maintenance_rate and maintenance_amount, or tiers: [[floor, cap, rate, max leverage, amount], …] ([[floor,
  max leverage], …] at hyperliquid); taker_fee (okx, gate), others: {maintenance, unrealised} of the account's other
  positions (cross), open_interest: {base_imf or base_imf_ppm, oi_lower, oi_upper, oi} (dydx). Numbers are texts or JSON
  numbers; amounts that a table leaves out make it continuous (none at okx).`,
  `null stands for: an initial margin without a leverage, the ratio of an account without equity, a price that is not
  above 0, a tier without a table. margin_ratio is requirement over equity, 1 at the breach. tier is that of the notional
  now, from 1; liquidation_tier the one at the liquidation price. A wrong line is answered by {"id", "error"}, and the
  stream goes on; a line without id by null and its number.`,
  `Or a formula by name, {"id", "fn", …its fields, or "input": {…}}, answered by {"id", "result"}:
  ${Object.keys(functions).join(', ')}.`,
].map((paragraph) => paragraph.replaceAll(/\s+/g, ' '));

export const marginCommand: CommandModule<object, { explain: boolean }> = {
  command: 'margin',
  describe: 'Margin, liquidation and bankruptcy prices of accounts: NDJSON on stdin, NDJSON on stdout',
  builder: (yargs) =>
    yargs.option('explain', flag('Adds the formulas with the numbers put in')).epilogue(
      closing(
        [
          [
            `echo '{"venue":"flat","side":"long","entry":100,"quantity":1,' \\
  '"leverage":10,"maintenance_rate":0.01}' | npx unwind margin --explain`,
            'One account, with the working',
          ],
          ['npx unwind margin < accounts.ndjson > margins.ndjson', 'A file of your own, one answer a line'],
        ],
        EPILOGUE.join('\n\n'),
      ),
    ),
  async handler({ explain }) {
    await streamLines(standardInput(), process.stdout, new MarginSession({ explain }));
  },
};
