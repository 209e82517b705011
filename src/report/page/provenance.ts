/** What was assumed, and where results come from: enough to make them again. */
import type { Results } from '../results.ts';
import { factsText } from '../words/facts.ts';
import { timeText } from '../words/numbers.ts';
import type { Content, Html } from './html.ts';
import { markup } from './html.ts';
import { textsOf } from './tables.ts';

export function assumptions(results: Results): Html {
  const { inputs, warnings } = results.origin;
  const data = inputs.filter(({ read_as }) => read_as !== undefined);
  const facts = results.kind === 'run' ? results.manifest.facts : undefined;
  return markup`<section>
    <h2>Assumptions, and what was calibrated</h2>
    ${
      data.length === 0
        ? markup`<p>No measured data went in: every number of the model is an assumption of its file.</p>`
        : markup`<p>Taken from measured data; every other number of the model is an assumption of its files:</p>
            <ul>
              ${data.map(({ file, read_as }) => markup`<li><code>${file}</code>: ${read_as}</li>`)}
            </ul>`
    }
    ${warnings.map((text) => markup`<p class="caveat">${text}</p>`)}
    ${
      facts === undefined
        ? markup`<p>These results do not say how far the market behaves as real ones do without a shock.</p>`
        : markup`<p>Held against real markets: ${factsText(facts)}</p>`
    }
    ${
      results.assumptions.length === 0
        ? undefined
        : markup`<details>
            <summary>The model in the words of the ODD protocol</summary>
            ${results.assumptions.map(
              ({ title, lines }) =>
                markup`<h3>${title}</h3>
                  <ul class="small">
                    ${lines.map((line) => markup`<li>${line}</li>`)}
                  </ul>`,
            )}
          </details>`
    }
  </section>`;
}

export function provenance(results: Results): Html {
  const { origin, timing, folder } = results;
  const rows: (readonly [string, Content])[] = [
    ['experiment', origin.experiment],
    ['command', markup`<code>${origin.command}</code>`],
    ['seed', origin.seed],
    ['changed', origin.sets.length === 0 ? 'nothing' : origin.sets.join(', ')],
    ['unwind', `${origin.unwind}, code ${origin.code}`],
    ['made', `${timing.started}, ${timeText(timing.seconds)} on ${timing.workers} workers`],
    ...runRows(results),
    [
      'files',
      origin.inputs.map(({ file, sha256 }) => markup`<div><code>${file} ${sha256.slice(0, 16)}</code></div>`),
    ],
    ['checked by', markup`<code>npx unwind resume ${folder}</code> (every file against its checksum)`],
  ];
  return markup`<section>
    <h2>Where this comes from</h2>
    ${textsOf('Provenance', rows)}
  </section>`;
}

function runRows(results: Results): (readonly [string, Content])[] {
  if (results.kind !== 'run') return [];
  const { manifest } = results;
  const cells = manifest.summary.cells.length;
  return [
    [
      'runs',
      `${manifest.runs} of each of ${cells} ${cells === 1 ? 'cell' : 'cells'}${lostText(manifest.failures.length)}`,
    ],
    ['results hash', markup`<code>${manifest.results_hash}</code>`],
    ['machine', `${manifest.host.cpu}, ${manifest.host.platform}, Node ${manifest.node}`],
  ];
}

function lostText(lost: number): string {
  return lost === 0 ? '' : `, ${lost} of them lost`;
}
