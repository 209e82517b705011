/**
 * An experiment in the words of the ODD protocol (overview, design concepts, details), as Markdown, from what it and the kinds
 * of trader declare. Source: V. Grimm et al., JASSS 23 (2020) 7.
 */
import { listAgents } from './catalogue.ts';
import type { MarketExperiment } from '../models/experiment.ts';
import { shortDuration } from '../models/experiment.ts';

type Described = Omit<MarketExperiment, 'model'>;

export function oddOf(experiment: Described): string {
  const { question, instruments, policies, shocks, groups, inputs, seed, runs, until_us, money } = experiment;
  const used = new Set(groups.map(({ kind }) => kind));
  const kinds = listAgents().filter(({ name }) => used.has(name));
  const list = (items: readonly string[]): string => items.map((item) => `* ${item}`).join('\n');
  const sections: readonly (readonly [string, string])[] = [
    ['Purpose and patterns', question],
    [
      'Entities, state variables and scales',
      list([
        ...instruments.map(({ name, lot }) => `Instrument ${name}: order book, mark and index; lot ${lot}.`),
        `Account: money in ${money}, lots in each instrument, reserve.`,
        ...kinds.map(({ name, settings }) => `Trader ${name}: ${settings.map(parameter).join('; ')}.`),
        `Time: whole microseconds; a run is ${shortDuration(until_us)}.`,
      ]),
    ],
    [
      'Process overview and scheduling',
      'One event at a time, by time and then by sequence: an agent wakes, its orders meet the book, fills change the ' +
        'ledger, the mark follows, accounts below their trigger are called, and what that makes are further events.',
    ],
    [
      'Design concepts',
      list([
        'Emergence: prices, cascades and recoveries. Interaction: through the book and the mark alone.',
        `Stochasticity: a stream for each agent and purpose, from ${seed}/RUN; ${runs} runs of each cell.`,
        `Compared on the same luck: ${Object.keys(policies).join(', ')}.`,
        `Done from outside: ${shocks.map(({ title }) => title).join('; ')}.`,
      ]),
    ],
    ['Initialization', list(groups.map(({ name, kind, count }) => `${count} ${name} (${kind})`))],
    ['Input data', list(inputs.map(({ file, sha256 }) => `${file}, SHA-256 ${sha256}`))],
    ['Submodels', list(kinds.map(({ name, about }) => `${name}: ${about}`))],
  ];
  return [`# ${experiment.name}`, ...sections.map(([title, text]) => `## ${title}\n\n${text}`)].join('\n\n');
}

function parameter({ name, unit, about }: ReturnType<typeof listAgents>[number]['settings'][number]): string {
  return `${name}${unit === undefined ? '' : ` (${unit})`}: ${about.replace(/\.$/, '')}`;
}
