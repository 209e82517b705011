/** A figure on a page: its picture for each width, what it shows, and the command that makes its data. */
import type { Drawing } from '../figures/figure.ts';
import type { Html } from './html.ts';
import { drawn, markup } from './html.ts';

export interface DrawnFigure {
  readonly id: string;
  readonly drawing: Drawing;
  /** SVG for wide and for narrow pages. */
  readonly wide: string;
  readonly narrow: string;
  /** The command line that gives its data. */
  readonly command: string;
  /** What it asks the tables, as a command line; undefined: the summary is enough. */
  readonly question: string | undefined;
}

export function figureOf({ id, drawing, wide, narrow, command, question }: DrawnFigure): Html {
  const { title, shows, runs, bands } = drawing;
  return markup`<figure id="figure-${id}">
    <h3>${title}</h3>
    <p class="small">${shows}</p>
    <div class="wide">${picture(wide, title, `${id}-w`)}</div>
    <div class="narrow">${picture(narrow, title, `${id}-n`)}</div>
    <figcaption>
      ${runs}${bands === undefined ? '' : ` · ${bands}`}<code>${command}</code>
      ${
        question === undefined
          ? undefined
          : markup`<details><summary>The question to the tables</summary><code>${question}</code></details>`
      }
    </figcaption>
  </figure> `;
}

/** With a name for who does not see it, and names of its own for what it refers to inside. */
function picture(svg: string, title: string, prefix: string): Html {
  const own = svg
    .replaceAll(/id="(clip\d+|gradient_\d+)"/g, `id="${prefix}-$1"`)
    .replaceAll(/url\(#(clip\d+|gradient_\d+)\)/g, `url(#${prefix}-$1)`)
    .replace(/ xmlns:xlink="[^"]*"/, '');
  const label = markup` role="img" aria-label="${title}"`.text;
  return drawn(own.replace('<svg ', `<svg${label} `));
}
