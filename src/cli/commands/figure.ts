/** `unwind figure DIR`: the figures of a results folder as SVG, PNG or specifications. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { writeWhole } from '../../lab/store/durable.ts';
import { WIDE } from '../../report/figures/figure.ts';
import { figures as catalogue } from '../../report/figures/index.ts';
import { closing } from '../help.ts';
import { flag, text } from '../options.ts';
import type { FigureOfResults } from '../page/drawings.ts';
import { figuresIn } from '../page/drawings.ts';
import { folderResults } from '../page/folder-results.ts';
import { definitions } from '../report/text.ts';
import { widthOf } from '../report/width.ts';
import { UsageError } from '../usage-error.ts';

interface FigureArguments {
  dir: string;
  only: string | undefined;
  to: string | undefined;
  svg: boolean;
  png: boolean;
  spec: boolean;
}

const FORMS = ['svg', 'png', 'spec'] as const;
type Form = (typeof FORMS)[number];

export const figureCommand: CommandModule<object, FigureArguments> = {
  command: 'figure <dir>',
  describe: 'Draws the figures of a results folder; without --only or --to lists them',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'Results folder' })
      .option('only', text('only', 'This figure alone; without --to it is written to stdout'))
      .option('to', text('to', 'Folder for the files; it is made if it is not there'))
      .option('svg', flag('As SVG, its letters as outlines, which need no font (the default)'))
      .option('png', flag('As PNG, 300 dots an inch'))
      .option('spec', flag('As Vega-Lite with the data in it, to be changed in any editor for it'))
      .epilogue(
        closing([
          ['npx unwind run experiments/lcst.yaml --runs 2 --out out', 'A folder with results'],
          ['npx unwind figure out', 'Which figures they have'],
          ['npx unwind figure out --to pictures --png', 'All of them as pictures for print'],
          ['npx unwind figure out --only frontier --spec', 'What one is made of'],
        ]),
      ),
  async handler({ dir, only, to, ...flags }) {
    const forms = FORMS.filter((form) => flags[form]);
    const wanted: readonly Form[] = forms.length === 0 ? ['svg'] : forms;
    if (only !== undefined && !catalogue.some(({ id }) => id === only))
      throw new UsageError(`--only ${only}: there is no such figure; there are ${idsOf(catalogue)}`);
    const results = await folderResults(dir);
    const { figures: found } = await figuresIn(results, { only });
    if (only !== undefined && found.length === 0)
      throw new UsageError(`--only ${only}: ${dir} has no results for it; see unwind figure ${dir}`);
    if (to !== undefined) await writeFigures(found, wanted, to);
    else if (only === undefined) list(found);
    else if (wanted.length > 1) throw new UsageError('several forms of a figure: need --to FOLDER');
    else process.stdout.write(await drawn(found[0]!, wanted[0]!));
  },
};

function list(found: readonly FigureOfResults[]): void {
  if (found.length === 0) {
    process.stdout.write('no figures of these results\n');
    return;
  }
  const entries = found.map(
    ({ figure, drawing }) => [figure.id, `${drawing.title}. ${drawing.shows}`] as const,
  );
  process.stdout.write(`${definitions(entries, widthOf(process.stdout))}\n`);
}

async function writeFigures(
  found: readonly FigureOfResults[],
  forms: readonly Form[],
  to: string,
): Promise<void> {
  mkdirSync(to, { recursive: true });
  for (const one of found) {
    for (const form of forms) {
      const path = join(to, `${one.figure.id}.${form === 'spec' ? 'vl.json' : form}`);
      writeWhole(path, await drawn(one, form));
      process.stdout.write(`${path}\n`);
    }
  }
}

/** What draws is loaded when something is drawn. */
async function drawn({ drawing }: FigureOfResults, form: Form): Promise<string | Buffer> {
  const spec = drawing.spec(WIDE);
  if (form === 'spec') return `${JSON.stringify(spec, null, 2)}\n`;
  const { svgOf } = await import('../../report/draw/svg.ts');
  const { outlined, pngOf } = await import('../../report/draw/png.ts');
  const svg = await svgOf(spec);
  return form === 'png' ? pngOf(svg) : outlined(svg);
}

function idsOf(figures: readonly { readonly id: string }[]): string {
  return figures.map(({ id }) => id).join(', ');
}
