/** One run in words: its story, who was largest, and one account. */
import pc from 'picocolors';
import type { MarketExperiment } from '../../models/experiment.ts';
import type { AccountView, CallView } from '../../replay/account.ts';
import type { PageData } from '../../replay/page-data.ts';
import type { Shown } from '../../replay/show.ts';
import type { PriceOf } from '../../replay/prices.ts';
import { pricesOf } from '../../replay/prices.ts';
import { clockText, countText, moneyText } from '../../replay/words.ts';
import { policyAt } from '../../models/market/venue-columns.ts';
import { plain } from '../../report/words/numbers.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

interface Words {
  readonly price: PriceOf;
  readonly money: string;
}

/** `venue`: number of the venue whose view it is. */
export function showReport(
  experiment: MarketExperiment,
  { policy, shock, run }: PageData['start'],
  shown: Shown,
  venue: number,
): string {
  const width = widthOf(process.stdout);
  const { money, venues, shocks, seed } = experiment;
  const { name, instruments } = venues[venue]!;
  const words: Words = { price: pricesOf(instruments), money };
  const title = `run ${run} of ${policyAt(name === '' ? { policy } : { policy, venue: name })}, ${shocks[shock]!.title}`;
  const story = shown.story.map(({ time_us, text }) =>
    indented(`${clockText(time_us).padStart(9)}  `, text, width),
  );
  const parts = [
    pc.bold(wrapped(title, width)),
    story.join('\n'),
    pc.bold('The largest positions just before the shock'),
    largest(shown, words),
    ...(shown.account === undefined ? [] : [accountText(shown.account, words, width)]),
    pc.dim(wrapped(`seed ${seed}, ${countText(shown.events)} events, world hash ${shown.hash}`, width)),
  ];
  return `${parts.join('\n')}\n`;
}

function largest({ largest: before, ends }: Shown, { money }: Words): string {
  const rows = before.map((view, i) => [
    String(view.account),
    (view.positions[0]?.lots ?? 0) > 0 ? 'long' : 'short',
    moneyText(view.positions.reduce((sum, { notional }) => sum + notional, 0)),
    `${plain(view.leverage)}x`,
    plain(view.health),
    endOf(ends[i]!),
  ]);
  return tableOfRows(['account', 'side', `position\n${money}`, 'leverage', 'health', 'in the end'], rows, {
    aligns: ['left', 'left', 'right', 'right', 'right', 'left'],
  });
}

function endOf({ calls, positions }: AccountView): string {
  const last = calls.at(-1);
  if (last !== undefined && last.outcome !== 'met')
    return last.outcome === 'open' ? 'in distress' : last.outcome;
  const held = positions.length > 0 ? 'holds' : 'holds nothing';
  return last === undefined ? held : `${held}, was called`;
}

function accountText(view: AccountView, words: Words, width: number): string {
  const { price, money } = words;
  const whose = view.group === '' ? 'the venue’s own' : `number ${view.member} of ${view.group}`;
  const lines = [
    `equity ${moneyText(view.equity)} ${money}, reserve ${moneyText(view.reserve)} ${money} in the end`,
    ...view.positions.map(
      ({ instrument, lots, entry, notional, profit }) =>
        `${lots > 0 ? 'long' : 'short'} ${countText(Math.abs(lots))} lots, ${moneyText(notional)} ${money}, from ` +
        `${price(Math.round(entry), instrument)}; unrealised ${moneyText(profit)} ${money}`,
    ),
    ...view.calls.map((call) => callText(call, words)),
    ...view.orders.map(
      ({ instrument, time_s, lots, filled, price: mean, fee }) =>
        `${clockText(time_s * 1e6)} forced to ${lots < 0 ? 'sell' : 'buy'} ${countText(Math.abs(lots))} lots: ` +
        `${countText(filled)} trade${Number.isNaN(mean) ? '' : ` at ${price(Math.round(mean), instrument)}`}, fee ${moneyText(fee)} ${money}`,
    ),
  ];
  if (view.calls.length === 0) lines.push('never called');
  return [
    pc.bold(`Account ${view.account} (${whose})`),
    ...lines.map((line) => indented('  ', line, width)),
  ].join('\n');
}

function callText(call: CallView, { price, money }: Words): string {
  const at = (seconds: number): string => clockText(seconds * 1e6);
  const steps = [
    `${at(call.breach_s)} breaks at a mark of ${price(call.mark, call.instrument)} through ` +
      (call.culprit < 0 ? 'ordinary flow' : `the liquidation of account ${call.culprit}`) +
      `, generation ${call.generation}`,
  ];
  if (!Number.isNaN(call.sent_s)) steps.push(`called at ${at(call.sent_s)}`);
  if (!Number.isNaN(call.answered_s)) {
    steps.push(
      `${call.topped_up > 0 ? `brings ${moneyText(call.topped_up)} ${money}` : 'brings nothing'} at ${at(call.answered_s)}`,
    );
  }
  if (!Number.isNaN(call.failed_s)) steps.push(`call unmet at ${at(call.failed_s)}`);
  if (!Number.isNaN(call.ended_s))
    steps.push(`${call.outcome === 'met' ? 'healthy again' : call.outcome} at ${at(call.ended_s)}`);
  return steps.join('; ');
}

/** Text behind a lead, its further lines under its first. */
function indented(lead: string, text: string, width: number): string {
  return (
    lead + wrapped(text, Math.max(20, width - lead.length)).replaceAll('\n', `\n${' '.repeat(lead.length)}`)
  );
}
