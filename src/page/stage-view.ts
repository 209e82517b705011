/** One world on the page: its heat map, and the ladder beside it. */
import type { Moment, PriceAxis } from '../replay/moment.ts';
import type { Parting } from '../replay/parting.ts';
import { countText, percentText, moneyText } from '../replay/words.ts';
import { el } from './dom.ts';
import { HeatView } from './heat-view.ts';
import { LadderView } from './ladder-view.ts';
import type { Played } from './protocol.ts';
import type { Window } from './window.ts';

export class StageView {
  readonly element: HTMLElement;
  readonly heat: HeatView;
  readonly ladder = new LadderView();
  played: Played | undefined;
  readonly #heading = el('h2');
  readonly #totals = el('p', { class: 'totals' });
  readonly #parting = el('p', { class: 'parting', 'aria-live': 'polite' });
  readonly #pointed = el('p', { class: 'quiet pointed' });
  readonly #money: string;

  constructor(money: string) {
    this.#money = money;
    this.heat = new HeatView('Book over time with prices and forced orders');
    this.heat.money = money;
    this.ladder.money = money;
    this.element = el('section', { class: 'stage' }, [
      el('header', {}, [this.#heading, this.#totals, this.#parting]),
      el('div', { class: 'pictures' }, [this.heat.sheet.canvas, this.ladder.sheet.canvas]),
      this.#pointed,
    ]);
    this.heat.sheet.canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
      this.#pointed.textContent = this.heat.read(offsetX, offsetY);
    });
  }

  name(text: string): void {
    this.#parting.textContent = '';
    this.#heading.textContent = text;
  }

  /** Of a second world: where it and the run differ first; undefined: nowhere. */
  showParting(parting: Parting | undefined): void {
    if (parting === undefined) {
      this.#parting.textContent = 'The two are one history to the end.';
      return;
    }
    const { time_us, events, differs } = parting;
    const words = differs.map(
      ({ what, values }) => `${what} ${countText(values[0])} and ${countText(values[1])}`,
    );
    this.#parting.textContent =
      `They part at ${(time_us / 1e6).toFixed(6)} s (event ${countText(events[0])}): ` +
      `${words.join('; ')}.`;
  }

  show(played: Played, window: Window, tick: string): void {
    this.heat.tick = tick;
    this.played = played;
    this.heat.show(played, window);
  }

  get axis(): PriceAxis {
    return LadderView.axisOf(this.heat.window, this.heat.frame);
  }

  showMoment(moment: Moment, axis: PriceAxis): void {
    this.ladder.show(moment, axis, this.heat.window);
    const fall = this.played === undefined ? Number.NaN : 1 - moment.mark / this.played.track.mark[0]!;
    this.#totals.textContent =
      `${countText(moment.distressed)} in distress · ${countText(moment.liquidations)} forced orders, ` +
      `${moneyText(moment.liquidated)} ${this.#money} · mark ${fall < 0 ? 'up' : 'down'} ${percentText(Math.abs(fall))} · ` +
      `fund ${moneyText(moment.fund)} ${this.#money}`;
  }
}

/** All of time, and the prices that the run reached with some room. */
export function wholeWindow(...played: readonly Played[]): Window {
  let [low, high] = [Infinity, 0];
  let to_us = 1;
  for (const { track, until_us } of played) {
    to_us = Math.max(to_us, until_us);
    for (const column of [track.last, track.mark]) {
      for (const price of column) {
        low = Math.min(low, price);
        high = Math.max(high, price);
      }
    }
  }
  const room = Math.max(1, (high - low) * 0.12, high * 0.002);
  return { from_us: 0, to_us, low: low - room, high: high + room };
}
