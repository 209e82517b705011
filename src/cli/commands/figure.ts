/** `unwind figure DIR`: the figures of a results folder as SVG, PNG or specifications. */
import { mkdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { CommandModule } from 'yargs';
import { writeWhole } from '../../lab/store/durable.ts';
import { WIDE } from '../../report/figures/figure.ts';
import { titledSpec } from '../../report/figures/titled.ts';
import { figures as catalogue } from '../../report/figures/index.ts';
import { closing } from '../help.ts';
import { flag, text, whole, plugInsFlag } from '../options.ts';
import type { FigureOfResults } from '../page/drawings.ts';
import { figuresIn } from '../page/drawings.ts';
import { folderResults } from '../page/folder-results.ts';
import { replayedOf } from '../page/replayed.ts';
import { busy } from '../progress.ts';
import type { Drawn } from '../../report/results.ts';
import { definitions } from '../report/text.ts';
import { widthOf } from '../report/width.ts';
import { UsageError } from '../usage-error.ts';

interface FigureArguments {
  dir: string;
  run: number | undefined;
  policy: string | undefined;
  shock: string | undefined;
  only: string | undefined;
  to: string | undefined;
  out: string | undefined;
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
      .option('run', whole('run', 'Figures of this one run, which is made again', { from: 0 }))
      .option('policy', text('policy', 'With --run: its policy (default: the first)'))
      .option('shock', text('shock', 'With --run: its shock, by number or title (default: the first)'))
      .option('only', text('only', 'This figure alone; without --to it is written to stdout'))
      .option('to', text('to', 'Folder for the files; it is made if it is not there'))
      .option(
        'out',
        text('out', 'Writes one figure to this file (.svg, .png, .json); with --run the run beside its twin'),
      )
      .option('svg', flag('As SVG, its letters as outlines, which need no font (the default)'))
      .option('png', flag('As PNG, 300 dots an inch'))
      .option('spec', flag('As Vega-Lite with the data in it, to be changed in any editor for it'))
      .option('plugins', plugInsFlag)
      .epilogue(
        closing([
          ['npx unwind run experiments/lcst.yaml --runs 2 --out out', 'A folder with results'],
          ['npx unwind figure out', 'Which figures they have'],
          ['npx unwind figure out --to pictures --png', 'All of them as pictures for print'],
          ['npx unwind figure out --only frontier --spec', 'What one is made of'],
          [
            'npx unwind figure out --run 1 --out run-1.svg',
            'One run beside its twin, in which nobody is liquidated',
          ],
        ]),
      ),
  async handler({ dir, only: chosen, to, out, ...rest }) {
    const form = out === undefined ? undefined : formOf(out, to);
    const forms = form === undefined ? FORMS.filter((one) => rest[one]) : [form];
    const wanted: readonly Form[] = forms.length === 0 ? ['svg'] : forms;
    const only = chosen ?? (out !== undefined && rest.run !== undefined ? BESIDE_TWIN : undefined);
    if (out !== undefined && only === undefined)
      throw new UsageError('--out: one figure; needs --only or --run');
    if (only !== undefined && !catalogue.some(({ id }) => id === only))
      throw new UsageError(`--only ${only}: there is no such figure; there are ${idsOf(catalogue)}`);
    const { figures: found } = await figuresIn(await drawnOf(dir, rest), { only });
    if (only !== undefined && found.length === 0)
      throw new UsageError(
        `--only ${only}: ${dir} has no results for it; ${otherFigures(only, dir, rest.run)}`,
      );
    if (out !== undefined) writeFigure(out, await drawn(found[0]!, wanted[0]!));
    else if (to !== undefined) await writeFigures(found, wanted, to);
    else if (only === undefined) list(found);
    else if (wanted.length > 1) throw new UsageError('several forms of a figure: need --to FOLDER');
    else process.stdout.write(await drawn(found[0]!, wanted[0]!));
  },
};

/** Of a run, the figure that is meant where none is named. */
const BESIDE_TWIN = 'run';

/** What is drawn: the folder's results, or one of its runs. */
async function drawnOf(
  dir: string,
  { run, policy, shock }: Pick<FigureArguments, 'run' | 'policy' | 'shock'>,
): Promise<Drawn> {
  if (run !== undefined)
    return busy(`making run ${run} again`, () => replayedOf(dir, { run, policy, shock }));
  if (policy !== undefined || shock !== undefined)
    throw new UsageError(`--${policy === undefined ? 'shock' : 'policy'}: needs --run, whose it is`);
  return folderResults(dir);
}

/** A figure may be of one run alone, or of all. */
function otherFigures(only: string, dir: string, run: number | undefined): string {
  const isOfRun = catalogue.some(({ id, of }) => id === only && of === 'replayed');
  if (isOfRun && run === undefined) return `it is of one run: --run n`;
  if (!isOfRun && run !== undefined) return `it is of all runs: without --run`;
  return `see unwind figure ${dir}${run === undefined ? '' : ` --run ${run}`}`;
}

/** The form that a file's name says. */
function formOf(out: string, to: string | undefined): Form {
  if (to !== undefined) throw new UsageError('--out and --to: one of them');
  const form = { '.svg': 'svg', '.png': 'png', '.json': 'spec' }[extname(out)] as Form | undefined;
  if (form === undefined) throw new UsageError(`--out ${out}: needs a name that ends in .svg, .png or .json`);
  return form;
}

function writeFigure(path: string, figure: string | Buffer): void {
  writeWhole(path, figure);
  process.stdout.write(`${path}\n`);
}

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
      writeFigure(path, await drawn(one, form));
    }
  }
}

/** What draws is loaded when something is drawn. */
async function drawn({ drawing }: FigureOfResults, form: Form): Promise<string | Buffer> {
  const spec = titledSpec(drawing, WIDE);
  if (form === 'spec') return `${JSON.stringify(spec, null, 2)}\n`;
  const { svgOf } = await import('../../report/draw/svg.ts');
  const { outlined, pngOf } = await import('../../report/draw/png.ts');
  const svg = await svgOf(spec);
  return form === 'png' ? pngOf(svg) : outlined(svg);
}

function idsOf(figures: readonly { readonly id: string }[]): string {
  return figures.map(({ id }) => id).join(', ');
}
