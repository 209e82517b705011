/** The figures that a folder's results have, drawn. */
import type { Drawing, Figure } from '../../report/figures/figure.ts';
import { figuresOf } from '../../report/figures/index.ts';
import type { Drawn } from '../../report/results.ts';
import { answersTo } from './answers.ts';

export interface FigureOfResults {
  readonly figure: Figure;
  readonly drawing: Drawing;
  /** What the tables were asked for it; undefined: nothing. */
  readonly asked: string | undefined;
}

export interface FiguresOfResults {
  readonly figures: readonly FigureOfResults[];
  /** Names of those whose tables have more rows than are read. */
  readonly tooLong: readonly string[];
}

/**
 * In the order of a report. `only`: one of them alone; `most`: rows of tables. Throws OutputError where a file of the folder
 * is damaged.
 */
export async function figuresIn(
  results: Drawn,
  { only, most }: { readonly only?: string | undefined; readonly most?: number | undefined } = {},
): Promise<FiguresOfResults> {
  const wanted = figuresOf(results).filter(({ id }) => only === undefined || id === only);
  const venues = results.kind === 'run' ? results.venues : [];
  const { rows, asked, tooLong } = await answersTo(results.folder, wanted, venues, most);
  const figures = wanted.flatMap((figure) => {
    const drawing = figure.draw(results, rows.get(figure.id) ?? []);
    return drawing === undefined ? [] : [{ figure, drawing, asked: asked.get(figure.id) }];
  });
  return { figures, tooLong };
}
