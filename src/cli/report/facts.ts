/** A scorecard for people: each fact with its value, interval, range and verdict. */
import pc from 'picocolors';
import { SECOND } from '../../core/units.ts';
import { shortDuration } from '../../models/experiment.ts';
import type { JudgedFact } from '../../scorecard/facts/judge.ts';
import type { Scorecard } from '../../lab/scorecard/facts.ts';
import { factFormat } from '../../report/words/facts.ts';
import { estimateText, rangeText } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

const LEGEND =
  'Value over all runs [95 % interval: a bootstrap of whole runs, or of their mean]. Refuted: the 95 % interval of one run, ' +
  'a bootstrap of its stretches of 4 min, lies outside of the range.';

export function factsReport(card: Scorecard): string {
  const rows = card.facts.map((fact) => {
    const format = factFormat(fact);
    return [
      fact.name,
      estimateText(fact.value, format),
      rangeText(fact.range, format),
      fact.refuted.length === 0 ? '–' : `${fact.refuted.length}`,
      verdictText(fact),
    ];
  });
  return [
    `${card.runs} runs of ${card.judged_s / 60} min after ${card.warm_up_s} s, without a shock${atVenue(card)} · seed ${card.seed}`,
    tableOfRows(['fact', 'over all runs', 'accepted', 'refuted in', 'verdict'], rows, {
      aligns: ['left', 'right', 'right', 'right', 'left'],
    }),
    `${card.held} of ${card.facts.length} facts hold; in ${card.quiet_runs} of ${card.runs} runs at most one is refuted.`,
    ...unjudgedLines(card),
    pc.dim(wrapped(LEGEND, widthOf(process.stdout))),
  ].join('\n');
}

/** Which of several venues the numbers are of. */
export function atVenue({ venue }: Pick<Scorecard, 'venue'>): string {
  return venue === undefined ? '' : `, at venue ${venue}, the first`;
}

function verdictText({ holds, value }: JudgedFact): string {
  if (holds) return pc.green('holds');
  return Number.isNaN(value.value) ? pc.red('too few to tell') : pc.red('NOT reproduced');
}

/** Which facts nothing is said of, by the length of runs that they need. */
function unjudgedLines({ unjudged }: Scorecard): string[] {
  const lengths = [...new Set(unjudged.map(({ least_s }) => least_s))];
  return lengths.map((length) => {
    const names = unjudged.filter(({ least_s }) => least_s === length).map(({ name }) => name);
    const text = `Not judged, of which only runs of ${shortDuration(length * SECOND)} or more tell: ${names.join(', ')}.`;
    return wrapped(text, widthOf(process.stdout));
  });
}
