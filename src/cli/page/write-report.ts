/** Makes the report of a results folder: reads, draws, and puts the page together. */
import { shellCommand } from '../../lab/store/shell-command.ts';
import type { Layout } from '../../report/figures/figure.ts';
import { HALF, NARROW } from '../../report/figures/figure.ts';
import type { DrawnFigure } from '../../report/page/figures.ts';
import type { Results } from '../../report/results.ts';
import type { FigureOfResults } from './drawings.ts';
import { figuresIn } from './drawings.ts';

/** The page’s text. `most`: rows of tables that are read for a figure. Throws OutputError where a file is damaged. */
export async function reportOf(results: Results, most?: number): Promise<string> {
  const { pageOf } = await import('../../report/page/page.ts');
  const { figures: found, tooLong } = await figuresIn(results, { most });
  const figures: DrawnFigure[] = [];
  for (const one of found) figures.push(await drawnFor(results.folder, one));
  const lacks = tooLong.map(
    (id) =>
      `The figure ${id} is left out, as its tables are long; ${shellCommand('report', results.folder)} has it.`,
  );
  return pageOf({ results, figures, lacks });
}

async function drawnFor(folder: string, { figure, drawing, asked }: FigureOfResults): Promise<DrawnFigure> {
  const { svgOf } = await import('../../report/draw/svg.ts');
  const svg = (layout: Layout): Promise<string> => svgOf(drawing.spec(layout));
  const { id } = figure;
  return {
    id,
    drawing,
    wide: await svg(HALF),
    narrow: await svg(NARROW),
    command: shellCommand('figure', folder, '--only', id, '--spec'),
    question: asked && shellCommand('query', folder, asked),
  };
}
