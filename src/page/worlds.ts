/** Asks the engine for the worlds that are looked at: the run, what stands beside it, and its twin; none twice. */
import { TWIN } from '../replay/fork.ts';
import type { Book, PageData } from '../replay/page-data.ts';
import type { Place } from './address.ts';
import type { Engine } from './engine.ts';
import type { Play, Played, Which } from './protocol.ts';
import type { Second } from './second.ts';
import { secondOf } from './second.ts';

export interface Shows {
  readonly main: (played: Played) => void;
  /** undefined: nothing stands beside the run. */
  readonly second: (second: Second | undefined, played: Played | undefined) => void;
  readonly twin: (played: Played) => void;
  readonly say: (text: string) => void;
}

export class Worlds {
  readonly #engine: Engine;
  readonly #data: PageData;
  readonly #shows: Shows;
  /** What each of the engine's worlds is of. */
  readonly #known = new Map<Which, { readonly key: string; readonly played: Played }>();
  /** Stands for what is being made: an older one's worlds are not shown. */
  #made = 0;

  constructor(engine: Engine, data: PageData, shows: Shows) {
    this.#engine = engine;
    this.#data = data;
    this.#shows = shows;
  }

  /** False: something newer was asked for meanwhile. Throws Error with what the page says. */
  async make(place: Place, { venue, instrument }: Book): Promise<boolean> {
    const made = ++this.#made;
    const isOld = (): boolean => made !== this.#made;
    const { policy, shock, run } = place;
    const play: Play = { policy, shock, run, venue, instrument };
    const main = await this.#play('main', play, `run ${run} under ${policy}`);
    if (isOld()) return false;
    this.#shows.main(main);
    const second = secondOf(place, this.#data, play, main.shock_us);
    this.#shows.second(second, undefined);
    if (second !== undefined) {
      const other = await this.#play('other', second.play, second.title);
      if (isOld()) return false;
      this.#shows.second(second, other);
    }
    const twin = await this.#play('twin', { ...play, fork: TWIN }, 'the twin, in which nobody is liquidated');
    if (isOld()) return false;
    this.#shows.twin(twin);
    return true;
  }

  async #play(which: Which, play: Play, word: string): Promise<Played> {
    const key = JSON.stringify(play);
    const known = this.#known.get(which);
    if (known?.key === key) return known.played;
    this.#known.delete(which);
    const answer = await this.#engine.ask({ ask: 'play', which, play }, (more) => {
      if ('share' in more) this.#shows.say(`Making ${word}: ${Math.round(100 * more.share)} %`);
    });
    if (!('played' in answer)) throw new Error(`${word} was given up`);
    this.#known.set(which, { key, played: answer.played });
    return answer.played;
  }
}
