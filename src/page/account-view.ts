/** One account in words, or the largest ones as a list. */
import type { AccountView, CallView } from '../replay/account.ts';
import type { PriceOf } from '../replay/prices.ts';
import { pricesOf } from '../replay/prices.ts';
import { countText, moneyText } from '../replay/words.ts';
import type { Book, PageData } from '../replay/page-data.ts';
import { el } from './dom.ts';

export function accountCard(view: AccountView, data: PageData, book: Book): HTMLElement {
  const books = data.books.filter(({ venue }) => venue === book.venue);
  const inTicks = pricesOf(books);
  const price: PriceOf = (ticks, instrument) => inTicks(Math.round(ticks), instrument);
  const rows: [string, string][] = [
    ['equity', `${moneyText(view.equity)} ${data.money}`],
    ['maintenance requirement', `${moneyText(view.maintenance)} ${data.money}`],
    ['health (equity over maintenance)', Number.isFinite(view.health) ? view.health.toFixed(2) : '–'],
    ['leverage', view.leverage === 0 ? 'no position' : `${moneyText(view.leverage)}x`],
    ['reserve elsewhere', `${moneyText(view.reserve)} ${data.money}`],
  ];
  for (const { instrument, lots, entry, trigger, profit, notional } of view.positions) {
    const { lot, base } = books[instrument]!;
    rows.push(
      [
        lots > 0 ? 'long' : 'short',
        `${moneyText(Math.abs(lots) * Number(lot))} ${base}, ${moneyText(notional)} ${data.money}`,
      ],
      ['entered at', price(entry, instrument)],
      ['looked at next at', trigger === 0 ? 'no mark' : price(trigger, instrument)],
      ['unrealised', `${moneyText(profit)} ${data.money}`],
    );
  }
  const group = view.group === '' ? 'the venue’s own' : `${view.group}, number ${view.member}`;
  return el('div', { class: 'card' }, [
    el('h3', {}, `Account ${view.account}`),
    el('p', { class: 'quiet' }, group),
    el(
      'dl',
      {},
      rows.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
    ),
    ...view.calls.map((call) => callParagraph(call, data, price)),
    ...view.orders
      .slice(0, 20)
      .map((order) =>
        el(
          'p',
          {},
          `${order.time_s.toFixed(3)} s: forced to ${order.lots < 0 ? 'sell' : 'buy'} ${countText(Math.abs(order.lots))} lots; ` +
            `${countText(order.filled)} traded${Number.isNaN(order.price) ? '' : ` at ${price(order.price, order.instrument)} on average`}, fee ${moneyText(order.fee)}.`,
        ),
      ),
    ...(view.orders.length > 20
      ? [el('p', { class: 'quiet' }, `… and ${view.orders.length - 20} more.`)]
      : []),
  ]);
}

function callParagraph(call: CallView, { money }: PageData, price: PriceOf): HTMLElement {
  const steps = [
    `broke at a mark of ${price(call.mark, call.instrument)} at ${call.breach_s.toFixed(3)} s`,
    call.culprit < 0 ? 'through ordinary flow' : `through the liquidation of account ${call.culprit}`,
    `generation ${call.generation}`,
  ];
  const then = (seconds: number, text: string): void => {
    if (!Number.isNaN(seconds)) steps.push(`${text} at ${seconds.toFixed(3)} s`);
  };
  then(call.sent_s, 'called');
  if (call.topped_up > 0) then(call.answered_s, `brought ${moneyText(call.topped_up)} ${money}`);
  else then(call.answered_s, 'answered that there is no money');
  then(call.failed_s, 'call unmet');
  then(call.liquidated_s, 'first forced order');
  then(call.ended_s, call.outcome === 'met' ? 'healthy again' : 'closed');
  return el('p', {}, `${steps.join(', ')}.`);
}

/** A row each; opening one is `open`. */
export function accountList(
  views: readonly AccountView[],
  money: string,
  open: (account: number) => void,
): HTMLElement {
  const rows = views.map((view) => {
    const button = el('button', { type: 'button', class: 'link' }, String(view.account));
    button.addEventListener('click', () => {
      open(view.account);
    });
    const side = (view.positions[0]?.lots ?? 0) > 0 ? 'long' : 'short';
    const size = view.positions.reduce((sum, { notional }) => sum + notional, 0);
    return el('tr', {}, [
      el('td', {}, button),
      el('td', {}, side),
      el('td', { class: 'number' }, `${moneyText(size)} ${money}`),
      el('td', { class: 'number' }, `${moneyText(view.leverage)}x`),
      el('td', { class: 'number' }, view.health.toFixed(2)),
    ]);
  });
  const head = ['account', 'side', 'position', 'leverage', 'health'].map((name) =>
    el('th', { scope: 'col' }, name),
  );
  return el('table', { class: 'accounts' }, [
    el('caption', {}, 'The ten largest positions now'),
    el('thead', {}, el('tr', {}, head)),
    el('tbody', {}, rows),
  ]);
}
