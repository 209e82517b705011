/** Tables of a page, from tables of texts. */
import type { TextTable } from '../tables/text-table.ts';
import { cellText, headText } from '../tables/text-table.ts';
import type { Content, Html } from './html.ts';
import { drawn, markup } from './html.ts';

/** On a phone no more columns stand beside the names: cells of more stand below each other, each with its head. */
const MOST_BESIDE = 1;

/** A cell’s second line, its interval, stands small under the first. */
export function tableOf({ title, heads, rows }: TextTable): Html {
  const [first, ...columns] = heads;
  const isText = columns.map((_, i) => rows.every((row) => typeof row[i + 1] === 'string'));
  const classes = columns.length > MOST_BESIDE ? 'wide-table many' : 'wide-table';
  const kinds = isText.map((is) => (is ? drawn(' class="text"') : undefined));
  return markup`<div class="${classes}" tabindex="0" role="region" aria-label="${title}">
    <table>
      <caption>
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">${headText(first!)}</th>
          ${columns.map((head, i) => markup`<th scope="col"${kinds[i]}>${headText(head)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, ...cells]) =>
            markup`<tr>
              <th scope="row">${name.replaceAll('\n', ' ')}</th>
              ${cells.map((cell, i) => markup`<td${kinds[i]} data-label="${headText(columns[i]!)}">${linesOf(cellText(cell))}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function linesOf(cell: string): Content {
  const [value = '', interval] = cell.split('\n');
  return interval === undefined ? value : markup`${value}<small>${interval}</small>`;
}

/** What something is, a row each. */
export function textsOf(title: string, rows: readonly (readonly [name: string, text: Content])[]): Html {
  return markup`<table class="texts">
    <caption>
      ${title}
    </caption>
    <tbody>
      ${rows.map(
        ([name, text]) =>
          markup`<tr>
            <th scope="row">${name}</th>
            <td>${text}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}
