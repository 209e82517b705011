/** The report of validations: what was reproduced, how closely, and what was not. */
import type { Check } from '../../validation/validation.ts';
import type { TextTable } from '../tables/text-table.ts';
import { checkRow } from '../words/checks.ts';
import { documentOf } from './document.ts';
import { markup } from './html.ts';
import { tableOf } from './tables.ts';

export interface Validated {
  readonly name: string;
  readonly about: string;
  readonly checks: readonly Check[];
}

/** `command`: that made it. */
export function validationPage(results: readonly Validated[], command: string): string {
  const checks = results.flatMap((result) => result.checks);
  const failed = checks.filter(({ holds }) => !holds);
  const title = 'Are exact and published results reproduced through the engine?';
  const verdict =
    failed.length === 0 ? `All ${checks.length} of them hold.` : `${failed.length} of ${checks.length} FAIL.`;
  return documentOf(
    title,
    markup`<main>
      <header>
        <h1>${title}</h1>
        <p class="answer">
          ${verdict} Each has its target, the value that was found, and how far they may differ.
        </p>
      </header>
      ${results.map(
        (result) => markup`<section>
          <h2>${result.name}</h2>
          <p>${result.about}</p>
          ${result.checks.length === 0 ? markup`<p>no result is known for these settings</p>` : tableOf(tableFor(result))}
        </section>`,
      )}
      <section>
        <h2>Where this comes from</h2>
        <p><code>${command}</code></p>
      </section>
    </main>`,
  );
}

function tableFor({ name, checks }: Validated): TextTable {
  const ranged = checks.some(({ interval }) => interval !== undefined);
  return {
    title: name,
    heads: ['', 'target', 'value', ranged ? '95 % interval' : 'std. error', 'tolerance', 'verdict'],
    rows: checks.map((check) => {
      const [what, ...cells] = checkRow(check);
      return [what, ...cells, check.holds ? 'holds' : 'FAILS'];
    }),
  };
}
