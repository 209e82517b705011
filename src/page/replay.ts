/** The replay: one run from its seed, played, with another world beside it if one is chosen. */
import type { Moment } from '../replay/moment.ts';
import type { Book, PageData } from '../replay/page-data.ts';
import type { Settings } from '../replay/settings.ts';
import type { Place } from './address.ts';
import { NOWHERE, readPlace, writePlace } from './address.ts';
import { AccountPanel } from './account-panel.ts';
import { Chooser } from './chooser.ts';
import { Controls } from './controls.ts';
import { el } from './dom.ts';
import { Engine } from './engine.ts';
import { HealthView } from './health-view.ts';
import { listen } from './heat-gestures.ts';
import { layout } from './layout.ts';
import { LogView } from './log-view.ts';
import { Lookout } from './lookout.ts';
import { Playhead } from './playhead.ts';
import type { Played, Which } from './protocol.ts';
import type { Second } from './second.ts';
import { StageView, wholeWindow } from './stage-view.ts';
import { TreeView } from './tree-view.ts';
import { WorldNote } from './world-note.ts';
import { Worlds } from './worlds.ts';

export class Replay {
  readonly element: HTMLElement;
  readonly engine: Engine;
  readonly #data: PageData;
  readonly #main: StageView;
  readonly #other: StageView;
  readonly #controls: Controls;
  readonly #chooser: Chooser;
  readonly #head: Playhead;
  readonly #lookout: Lookout;
  readonly #worlds: Worlds;
  readonly #log: LogView;
  readonly #tree = new TreeView((account) => void this.openAccount(account));
  readonly #health = new HealthView();
  readonly #accounts: AccountPanel;
  readonly #status = el('p', { class: 'status', role: 'status' });
  readonly #note = new WorldNote();
  #place: Place;
  /** Time at which the two worlds part, µs; NaN: they do not, or there is one alone. */
  #parting_us = Number.NaN;
  #events = 0;
  /** Is told when other worlds stand there. */
  changed: () => void = () => undefined;

  constructor(data: PageData) {
    this.#data = data;
    const place = readPlace(location.hash, { ...NOWHERE, ...data.start });
    this.#place = data.policies.includes(place.policy) ? place : { ...place, policy: data.start.policy };
    this.engine = new Engine((message) => {
      this.#say(`The engine has stopped: ${message}`);
    });
    this.#main = new StageView(data.money);
    this.#other = new StageView(data.money);
    this.#accounts = new AccountPanel(this.engine, data, {
      open: (account) => void this.openAccount(account),
      fail: this.#fail,
    });
    this.#controls = this.#madeControls();
    this.#head = new Playhead(place.time_us, {
      speed: () => this.#controls.speed,
      moved: () => {
        this.#draw();
        void this.#lookout.look();
      },
    });
    const stages = [
      ['main', this.#main],
      ['other', this.#other],
    ] as const;
    this.#lookout = new Lookout(this.engine, this.#head, stages, {
      show: this.#showMoment,
      rested: this.#write,
      fail: this.#fail,
    });
    this.#log = new LogView(data.money, this.go, (account) => void this.openAccount(account));
    this.#chooser = new Chooser(data, this.#status, {
      choose: this.choose,
      fork: this.#fork,
    });
    this.#worlds = new Worlds(this.engine, data, {
      main: this.#showMain,
      second: this.#showSecond,
      twin: (twin) => {
        this.#main.heat.showTwin(twin);
      },
      say: this.#say,
    });
    this.element = this.#layout();
    listen([this.#main, this.#other], {
      go: this.go,
      now_us: () => this.#head.time_us,
      until_us: () => this.#main.played?.until_us ?? 1,
      zoomed: () => {
        this.#draw();
        void this.#lookout.look();
      },
    });
    for (const media of ['(prefers-color-scheme: dark)', 'print'])
      matchMedia(media).addEventListener('change', () => {
        for (const { heat } of [this.#main, this.#other]) heat.paintHeat();
        this.#draw();
      });
  }

  async begin(): Promise<void> {
    await this.engine.ask({ ask: 'experiment', text: this.#data.experiment });
    await this.make();
    this.#head.begin();
    // Somebody puts another address into this page.
    addEventListener('hashchange', () => {
      const place = readPlace(location.hash, { ...NOWHERE, ...this.#data.start });
      this.#head.stop(place.time_us);
      this.choose(place);
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

  /** Something else is to be looked at. */
  readonly choose = (change: Partial<Place>): void => {
    this.#place = { ...this.#place, ...change };
    this.#write();
    void this.make();
  };

  /** Something of the second world is turned; whoever turns it says when it is made. */
  turn(change: Partial<Settings>): void {
    this.#place = { ...this.#place, settings: { ...this.#place.settings, ...change } };
    this.#write();
  }

  /** Makes the worlds of what is chosen. */
  async make(): Promise<void> {
    this.#head.stop();
    this.#chooser.show(this.#place);
    try {
      if (!(await this.#worlds.make(this.#place, this.#book))) return;
      this.#say('');
      this.#draw();
      await this.#lookout.look();
      this.changed();
    } catch (error) {
      this.#fail(error);
    }
  }

  readonly go = (time_us: number): void => {
    this.#head.go(time_us);
  };

  async openAccount(account: number): Promise<void> {
    this.#place = { ...this.#place, account };
    this.#head.stop();
    await this.#accounts.show(account, this.#book);
    this.#write();
  }

  #madeControls(): Controls {
    return new Controls({
      toggle: () => {
        this.#head.toggle();
      },
      go: this.go,
      step: (events) => void this.#lookout.step(events),
      toParting: () => {
        if (Number.isNaN(this.#parting_us)) return;
        this.#head.stop();
        this.go(this.#parting_us);
      },
      fork: () => {
        this.#fork(this.#chooser.change);
      },
      takeBack: () => {
        if (this.#place.fork_us >= 0) this.choose({ fork_us: -1, change: '' });
      },
    });
  }

  #layout(): HTMLElement {
    return layout({
      stages: [this.#main.element, this.#other.element],
      chooser: this.#chooser.element,
      log: this.#log.element,
      health: this.#health.canvas,
      tree: this.#tree.sheet.canvas,
      account: this.#accounts.element,
      world: this.#note.element,
      controls: this.#controls.element,
    });
  }

  readonly #showMain = (main: Played): void => {
    const { policy, shock, run } = this.#place;
    this.#main.name(`${policy} · ${this.#data.shocks[shock] ?? 'no shock'} · run ${run}`);
    this.#main.show(main, wholeWindow(main), this.#book.tick);
    this.#controls.until_us = main.until_us;
    this.#head.until_us = main.until_us;
    this.#log.show(main.log);
    this.#tree.show(main.forced);
    this.#note.show(main, this.#data, this.#place);
    this.go(this.#head.time_us);
  };

  readonly #showSecond = (second: Second | undefined, other: Played | undefined): void => {
    this.#other.element.hidden = second === undefined;
    this.#controls.hasTwo = second !== undefined;
    this.#parting_us = Number.NaN;
    const fork_us = second?.fork_us ?? Infinity;
    for (const { heat } of [this.#main, this.#other]) heat.fork_us = fork_us;
    this.#note.showSecond(second, other);
    if (second !== undefined) this.#other.name(second.title);
    const main = this.#main.played;
    if (other === undefined || main === undefined) return;
    const both = wholeWindow(main, other);
    this.#other.show(other, both, this.#book.tick);
    this.#main.show(main, both, this.#book.tick);
    void this.#tellParting();
  };

  async #tellParting(): Promise<void> {
    const answer = await this.engine.ask({ ask: 'parting' });
    if (!('parting' in answer)) return;
    this.#parting_us = answer.parting?.time_us ?? Number.NaN;
    this.#other.showParting(answer.parting);
  }

  readonly #fork = (change: string): void => {
    const { time_us } = this.#head;
    this.choose({ fork_us: Math.floor(time_us), change, beside: '' });
  };

  /** Draws what is known of the time without the engine. */
  #draw(): void {
    const { time_us, isPlaying } = this.#head;
    this.#main.heat.draw(time_us);
    if (!this.#other.element.hidden) this.#other.heat.draw(time_us);
    this.#log.draw(time_us);
    this.#tree.draw(time_us);
    this.#controls.show(time_us, this.#events, isPlaying);
  }

  readonly #showMoment = (which: Which, moment: Moment, axis: StageView['axis']): void => {
    if (which === 'other') {
      this.#other.showMoment(moment, axis);
      return;
    }
    this.#events = moment.events;
    this.#main.showMoment(moment, axis);
    this.#health.show(moment);
    this.#draw();
  };

  readonly #fail = (error: unknown): void => {
    this.#say(error instanceof Error ? error.message : String(error));
  };

  readonly #say = (text: string): void => {
    this.#status.textContent = text;
  };

  readonly #write = (): void => {
    this.#place = { ...this.#place, time_us: this.#head.time_us };
    history.replaceState(null, '', writePlace(this.#place));
  };
}
