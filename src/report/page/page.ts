/**
 * A report as one HTML file: it needs no network, no script and no other file. First the question, its answer, the policies and
 * the frontier; then the figures, all numbers, what was assumed, and where it comes from.
 */
import type { Caveat } from '../../models/caveat.ts';
import type { Piece } from '../answer/piece.ts';
import { answerOf } from '../answer/index.ts';
import { cellsUnder, sortOf, tellingShock } from '../focus.ts';
import type { Results } from '../results.ts';
import { headlineTable, tablesOf } from '../tables/results-tables.ts';
import { caveatTexts } from '../words/caveats.ts';
import { upright } from '../tables/text-table.ts';
import type { Html } from './html.ts';
import { markup } from './html.ts';
import type { DrawnFigure } from './figures.ts';
import { figureOf } from './figures.ts';
import { assumptions, provenance } from './provenance.ts';
import { documentOf } from './document.ts';
import { tableOf } from './tables.ts';

export interface Page {
  readonly results: Results;
  readonly figures: readonly DrawnFigure[];
  /** What the folder's files could not give, a sentence each. */
  readonly lacks: readonly string[];
}

/** The file's text. The same results give the same bytes. */
export function pageOf({ results, figures, lacks }: Page): string {
  const { question } = results.origin;
  const body = markup`<main>
    <header>
      <h1>${question}</h1>
      ${answer(answerOf(results))}
    </header>
    <section aria-label="Policies" class="headline">${firstTable(results)}${caveats(results)}</section>
    ${lacks.map((text) => markup`<p class="caveat">${text}</p>`)}
    ${
      figures.length === 0
        ? undefined
        : markup`<section aria-label="Figures" class="figures">${figures.map(figureOf)}</section>`
    }
    <section>
      <h2>All numbers</h2>
      <p class="note">
        Estimate over [95 % interval], or over its one bound (≥, ≤) where so few runs bound one side only.
        VaR95 of losses: bad debt that is not exceeded in 95 % of runs; LaR95: the same of liquidated
        notional. Files: <code>npx unwind table ${results.folder} --wide --csv</code> (or --markdown, --latex).
      </p>
      ${tablesOf(results, true).map((table) => tableOf(upright(table)))}
    </section>
    ${assumptions(results)} ${provenance(results)}
  </main>`;
  return documentOf(question, body);
}

/** Each number carries its value as it stands in the results, and where. */
function answer(pieces: readonly Piece[]): Html | undefined {
  if (pieces.length === 0) return undefined;
  return markup`<p class="answer">
    ${pieces.map((piece) =>
      typeof piece === 'string'
        ? piece
        : markup`<data value="${piece.value}" data-from="${piece.from}">${piece.text}</data>`,
    )}
  </p>`;
}

function firstTable(results: Results): Html | undefined {
  const table = results.kind === 'run' ? headlineTable(results) : tablesOf(results, false)[0];
  return table === undefined ? undefined : tableOf(table);
}

/** What must be known before the numbers of the first table are believed. */
function caveats(results: Results): Html | undefined {
  if (results.kind !== 'run') return undefined;
  const cells =
    sortOf(results) === 'market'
      ? cellsUnder(results, tellingShock(results))
      : results.manifest.summary.cells;
  const isTold = ({ kind }: Caveat): boolean => kind !== 'left_out' && kind !== 'law_refused';
  const texts = caveatTexts(cells, isTold);
  return texts.length === 0 ? undefined : markup`<p class="caveat">${texts.join(' · ')}</p>`;
}
