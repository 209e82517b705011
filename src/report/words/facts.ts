/** How far a market behaves as real ones do before anything is done to it, in a few sentences. */
import type { FactsBeside, NoFacts } from '../../scorecard/facts/stood-beside.ts';
import type { JudgedFact } from '../../scorecard/facts/judge.ts';
import type { Format } from './numbers.ts';
import { estimateText, money, percent, plain, rangeText } from './numbers.ts';

const FORMATS: Readonly<Record<JudgedFact['format'], Format>> = {
  number: (value) => (Math.abs(value) < 0.1 ? fine(value) : plain(value)),
  percent,
  money,
};

export function factFormat({ format }: Pick<JudgedFact, 'format'>): Format {
  return FORMATS[format];
}

export function factsText(beside: FactsBeside | NoFacts): string {
  return 'failed' in beside ? `The market without a shock was not judged: ${beside.failed}` : textOf(beside);
}

function textOf({ policy, runs, judged_s, facts, unjudged }: FactsBeside): string {
  const of = (verdict: string) => facts.filter((fact) => fact.verdict === verdict);
  const refuted = of('refuted').map((fact) => {
    const format = factFormat(fact);
    return `${fact.name} ${estimateText(fact.value, format)} (accepted ${rangeText(fact.range, format)})`;
  });
  const open = of('open').map(({ name }) => name);
  return [
    `The market without a shock, ${runs} runs of ${judged_s / 60} min under ${policy}: ${of('holds').length} of ` +
      `${facts.length} facts hold.`,
    ...(refuted.length === 0 ? [] : [`Not reproduced: ${refuted.join('; ')}.`]),
    ...(open.length === 0 ? [] : [`Open, as so few tell too little: ${open.join('; ')}.`]),
    ...(unjudged.length === 0 ? [] : [`${unjudged.length} more need longer runs (unwind facts).`]),
  ].join(' ');
}

function fine(value: number): string {
  return value === 0 ? '0' : value.toFixed(3);
}
