/** The replay: one run from its seed, played, with another policy beside it if one is chosen. */
import type { Moment } from '../replay/moment.ts';
import { HEALTH_EDGES } from '../replay/moment.ts';
import type { Settings } from '../replay/settings.ts';
import { countText, moneyText } from '../replay/words.ts';
import { accountCard, accountList } from './account-view.ts';
import type { Place } from './address.ts';
import { readPlace, writePlace } from './address.ts';
import { BarView } from './bars.ts';
import { Controls } from './controls.ts';
import type { Book, PageData } from '../replay/page-data.ts';
import { RECORDED } from '../replay/page-data.ts';
import { colour, el } from './dom.ts';
import { Engine } from './engine.ts';
import { layout } from './layout.ts';
import { LogView } from './log-view.ts';
import type { Play, Played, Which } from './protocol.ts';
import { StageView, wholeWindow } from './stage-view.ts';
import { TreeView } from './tree-view.ts';
import { timeAt, zoomed } from './window.ts';

/** What the page adds to the worlds: settings of the one beside; and who wants to know when worlds have changed. */
export interface Beside {
  readonly settings: () => Settings | undefined;
  readonly changed: () => void;
}

export class Replay {
  readonly element: HTMLElement;
  readonly engine: Engine;
  readonly #data: PageData;
  readonly #main: StageView;
  readonly #other: StageView;
  readonly #controls: Controls;
  readonly #log: LogView;
  readonly #tree = new TreeView();
  readonly #health = new BarView('Accounts by health: equity over maintenance requirement');
  readonly #account = el('div', { class: 'account', 'aria-live': 'polite' });
  readonly #status = el('p', { class: 'status', role: 'status' });
  readonly #world = el('p', { class: 'quiet world' });
  readonly #place: { -readonly [K in keyof Place]: Place[K] };
  #beside: Beside | undefined;
  #playing = false;
  #last = 0;
  #asking = false;
  #events = 0;
  /** Stands for what is being made: an older one's worlds are not shown. */
  #made = 0;

  constructor(data: PageData) {
    this.#data = data;
    this.#place = {
      ...readPlace(location.hash, { ...data.start, book: 0, time_us: 0, beside: '', account: -1 }),
    };
    if (!data.policies.includes(this.#place.policy)) this.#place.policy = data.start.policy;
    this.engine = new Engine((message) => {
      this.#say(`The engine has stopped: ${message}`);
    });
    this.#main = new StageView(data.money);
    this.#other = new StageView(data.money);
    this.#controls = new Controls({
      toggle: () => {
        this.#toggle();
      },
      go: (time) => {
        this.go(time);
      },
      step: (events) => void this.#step(events),
      speed: () => undefined,
      toParting: () => void this.#toParting(),
    });
    this.#log = new LogView(
      data.money,
      (time) => {
        this.go(time);
      },
      (account) => void this.openAccount(account),
    );
    this.element = layout(
      data,
      this.#place,
      {
        stages: [this.#main.element, this.#other.element],
        log: this.#log.element,
        health: this.#health.sheet.canvas,
        tree: this.#tree.sheet.canvas,
        account: this.#account,
        world: this.#world,
        status: this.#status,
        controls: this.#controls.element,
      },
      {
        choose: (change) => {
          Object.assign(this.#place, change);
          this.#write();
          void this.make();
        },
        listLargest: () => void this.#listLargest(),
        openAccount: (account) => void this.openAccount(account),
      },
    );
    for (const { heat } of [this.#main, this.#other]) this.#listenTo(heat.sheet.canvas, heat);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      for (const { heat } of [this.#main, this.#other]) heat.paintHeat();
      this.#draw();
    });
  }

  async begin(beside?: Beside): Promise<void> {
    this.#beside = beside;
    await this.engine.ask({ ask: 'experiment', text: this.#data.experiment });
    await this.make();
    requestAnimationFrame((now) => {
      this.#frame(now);
    });
    if (this.#place.account >= 0) await this.openAccount(this.#place.account);
  }

  /** What is looked at of the worlds. */
  get #book(): Book {
    return this.#data.books[this.#place.book] ?? this.#data.books[0]!;
  }

  get place(): Place {
    return this.#place;
  }

  /** Makes the worlds of what is chosen. */
  async make(): Promise<void> {
    const made = ++this.#made;
    this.#playing = false;
    const { policy, shock, run, beside } = this.#place;
    const { venue, instrument, tick } = this.#book;
    const settings = this.#beside?.settings();
    const two = beside !== '' || settings !== undefined;
    this.#other.element.hidden = !two;
    this.#controls.hasTwo = two;
    try {
      const main = await this.#play('main', { policy, shock, run, venue, instrument });
      if (made !== this.#made) return;
      const window = wholeWindow(main);
      this.#main.name(`${policy} · ${this.#data.shocks[shock] ?? 'no shock'} · run ${run}`);
      this.#main.show(main, window, tick);
      this.#controls.until_us = main.until_us;
      this.#log.show(main.log);
      this.#tree.show(main.forced);
      this.#sayWorld(main);
      this.go(Math.min(this.#place.time_us, main.until_us));
      if (two) {
        const other = await this.#play('other', {
          policy: beside === '' ? policy : beside,
          shock,
          run,
          venue,
          instrument,
          ...(settings === undefined ? {} : { settings }),
        });
        if (made !== this.#made) return;
        const both = wholeWindow(main, other);
        this.#other.name(
          `${beside === '' ? policy : beside}${settings === undefined ? '' : ', with the settings turned'}`,
        );
        this.#other.show(other, both, tick);
        this.#main.show(main, both, tick);
      }
      const twin = await this.#play('twin', { policy, shock, run, venue, instrument, engineOff: true });
      if (made !== this.#made) return;
      this.#main.heat.showTwin(twin);
      this.#say('');
      this.#draw();
      await this.#look();
      this.#beside?.changed();
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  go(time_us: number): void {
    this.#place.time_us = Math.max(0, Math.min(time_us, this.#main.played?.until_us ?? 0));
    this.#draw();
    void this.#look();
  }

  async openAccount(account: number): Promise<void> {
    this.#place.account = account;
    this.#playing = false;
    try {
      const answer = await this.engine.ask({ ask: 'account', which: 'main', account });
      if ('account' in answer)
        this.#account.replaceChildren(accountCard(answer.account, this.#data, this.#book));
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
    this.#write();
  }

  async #listLargest(): Promise<void> {
    const answer = await this.engine.ask({ ask: 'largest', which: 'main' });
    if (!('accounts' in answer)) return;
    const list = accountList(answer.accounts, this.#data.money, (account) => void this.openAccount(account));
    this.#account.replaceChildren(list);
  }

  async #play(which: Which, play: Play): Promise<Played> {
    const word =
      which === 'twin' ? 'the twin, in which nobody is liquidated' : `run ${play.run} under ${play.policy}`;
    const answer = await this.engine.ask({ ask: 'play', which, play }, (more) => {
      if ('share' in more) this.#say(`Making ${word}: ${Math.round(100 * more.share)} %`);
    });
    if ('played' in answer) return answer.played;
    throw new Error(`${word} was given up`);
  }

  #listenTo(canvas: HTMLCanvasElement, heat: StageView['heat']): void {
    canvas.tabIndex = 0;
    canvas.addEventListener('click', ({ offsetX }) => {
      this.go(timeAt(offsetX, heat.window, heat.frame));
    });
    const zoom = (factor: number, at_us: number): void => {
      const until = this.#main.played?.until_us ?? 1;
      for (const stage of [this.#main, this.#other])
        stage.heat.window = zoomed(stage.heat.window, factor, at_us, until);
      this.#draw();
    };
    canvas.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(event.offsetX, heat.window, heat.frame));
      },
      { passive: false },
    );
    canvas.addEventListener('keydown', ({ key }) => {
      if (key === '+') zoom(0.7, this.#place.time_us);
      if (key === '-' || key === '−') zoom(1.4, this.#place.time_us);
      if (key === 'ArrowLeft') this.go(this.#place.time_us - 1e6);
      if (key === 'ArrowRight') this.go(this.#place.time_us + 1e6);
    });
  }

  #toggle(): void {
    const until = this.#main.played?.until_us ?? 0;
    if (!this.#playing && this.#place.time_us >= until) this.#place.time_us = 0;
    this.#playing = !this.#playing;
    this.#draw();
    if (!this.#playing) void this.#look();
  }

  async #step(events: number): Promise<void> {
    this.#playing = false;
    const { axis } = this.#main;
    const answer = await this.engine.ask({ ask: 'step', which: 'main', events, axis });
    if (!('moment' in answer)) return;
    this.#place.time_us = answer.moment.time_us;
    this.#showMoment(answer.moment, axis);
    this.#draw();
    this.#write();
  }

  async #toParting(): Promise<void> {
    if (this.#other.element.hidden) return;
    this.#playing = false;
    const answer = await this.engine.ask({ ask: 'parting' });
    if (!('parting' in answer)) return;
    if (answer.parting === undefined) {
      this.#say('The two are one history to the end.');
      return;
    }
    const { time_us, events, differs } = answer.parting;
    const words = differs.map(
      ({ what, values }) => `${what} ${countText(values[0])} and ${countText(values[1])}`,
    );
    this.#say(
      `They part at ${(time_us / 1e6).toFixed(6)} s (event ${countText(events[0])}): ${words.join('; ')}.`,
    );
    this.go(time_us);
  }

  #frame(now: number): void {
    if (this.#playing) {
      const until = this.#main.played?.until_us ?? 0;
      this.#place.time_us = Math.min(
        until,
        this.#place.time_us + (now - this.#last) * 1000 * this.#controls.speed,
      );
      if (this.#place.time_us >= until) this.#playing = false;
      this.#draw();
      if (!this.#asking) void this.#look();
    }
    this.#last = now;
    requestAnimationFrame((next) => {
      this.#frame(next);
    });
  }

  /** Draws what is known of the time without the engine. */
  #draw(): void {
    const { time_us } = this.#place;
    this.#main.heat.draw(time_us);
    if (!this.#other.element.hidden) this.#other.heat.draw(time_us);
    this.#log.draw(time_us);
    this.#tree.draw(time_us);
    this.#controls.show(time_us, this.#events, this.#playing);
  }

  /** Asks the engine for the moment, and shows it; one question at a time, the last one in the end. */
  async #look(): Promise<void> {
    if (this.#asking || this.#main.played === undefined) return;
    this.#asking = true;
    try {
      let asked: number;
      do {
        asked = this.#place.time_us;
        await this.#lookAt('main', this.#main, asked);
        if (!this.#other.element.hidden && this.#other.played !== undefined)
          await this.#lookAt('other', this.#other, asked);
      } while (!this.#playing && asked !== this.#place.time_us);
    } finally {
      this.#asking = false;
    }
    if (!this.#playing) this.#write();
  }

  async #lookAt(which: Which, stage: StageView, time_us: number): Promise<void> {
    const { axis } = stage;
    const answer = await this.engine.ask({ ask: 'moment', which, time_us, axis });
    if (!('moment' in answer)) return;
    if (which === 'main') this.#showMoment(answer.moment, axis);
    else stage.showMoment(answer.moment, axis);
  }

  #showMoment(moment: Moment, axis: StageView['axis']): void {
    this.#events = moment.events;
    this.#main.showMoment(moment, axis);
    this.#controls.show(this.#place.time_us, moment.events, this.#playing);
    const [safe, near] = [colour('bid'), colour('forced-sale')];
    this.#health.show({
      counts: moment.health,
      colourOf: (bin) => ((HEALTH_EDGES[bin] ?? Infinity) <= 1 ? near : safe),
      title: `${countText(moment.positions)} accounts with positions`,
      labels: [1, 2, 4, 16, 64].map((health) => ({
        bin: HEALTH_EDGES.indexOf(health) + 1,
        text: String(health),
      })),
    });
  }

  /** What proves that this is the run: its hash, and what the results folder says of it beside what came out here. */
  #sayWorld({ hash, events, took_ms, forced, shock_us }: Played): void {
    const { unwind, seed, recorded, policies } = this.#data;
    const { policy, shock, run } = this.#place;
    const key = [policies.indexOf(policy), shock, run];
    const row = recorded.find((one) => key.every((value, i) => one[i] === value));
    const liquidated = new Set(forced.account.filter((_, i) => forced.time_us[i]! >= shock_us));
    const there = row?.[RECORDED.indexOf('accounts')];
    this.#world.replaceChildren(
      'World hash at the end ',
      el('code', { 'data-world-hash': hash }, hash),
      `: ${countText(events)} events, made here in ${(took_ms / 1000).toFixed(2)} s; ${moneyText(events / (took_ms / 1000))} events/s. Seed ${seed}, unwind ${unwind}. `,
      `Accounts liquidated from the shock on: ${countText(liquidated.size)} here`,
      there === undefined
        ? '.'
        : `, ${countText(there)} in the results folder${there === liquidated.size ? '.' : ': THIS IS NOT THE RUN THAT WAS RECORDED.'}`,
    );
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }

  #write(): void {
    history.replaceState(null, '', writePlace(this.#place));
  }
}
