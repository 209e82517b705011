/** The cascade as it grows: a dot an account that was liquidated, by generation, with a line to whose liquidation broke it. */
import type { ForcedOrders } from '../replay/forced.ts';
import { countText } from '../replay/words.ts';
import { colour, Sheet } from './dom.ts';

/** More dots than this are not told apart: the largest are drawn. */
const MOST = 600;
/** A click this near to a dot means it, pixels. */
const NEAR = 9;
const AXIS = 30;
/** Pixels from dot to dot, where there is room. */
const GAP = 8;

const LABEL = 'Cascade tree: accounts liquidated, by generation; arrows go from dot to dot';

/** What arrows do: generations to the right, places down. */
const STEPS: Readonly<Record<string, readonly [generations: number, places: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Dot {
  readonly account: number;
  readonly time_us: number;
  readonly generation: number;
  readonly money: number;
  readonly infector: number;
  readonly place: number;
}

export class TreeView {
  readonly sheet: Sheet;
  #dots: Dot[] = [];
  #rows = 1;
  #generations = 1;
  /** Accounts that are not drawn, as too many were liquidated. */
  #left = 0;
  #time = 0;
  /** The dot that keys have come to. */
  #chosen: Dot | undefined;

  /** `open`: is told the account whose dot was clicked. */
  constructor(open: (account: number) => void) {
    this.sheet = new Sheet(LABEL, () => {
      this.draw(this.#time);
    });
    this.sheet.canvas.addEventListener('click', ({ offsetX, offsetY }) => {
      const dot = this.#nearest(offsetX, offsetY);
      if (dot !== undefined) open(dot.account);
    });
    const { canvas } = this.sheet;
    canvas.tabIndex = 0;
    canvas.addEventListener('keydown', (event) => {
      const { key } = event;
      if (key === 'Enter' && this.#chosen !== undefined) open(this.#chosen.account);
      else if (key in STEPS) this.#step(...STEPS[key]!);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  show(forced: ForcedOrders): void {
    const first = new Map<number, number>();
    const money = new Map<number, number>();
    forced.account.forEach((account, row) => {
      if (!first.has(account)) first.set(account, row);
      money.set(account, (money.get(account) ?? 0) + forced.money[row]!);
    });
    const all = [...first].map(([account, row]) => ({ account, row, money: money.get(account)! }));
    const drawn = all
      .toSorted((a, b) => b.money - a.money)
      .slice(0, MOST)
      .sort((a, b) => a.row - b.row);
    const places = new Map(drawn.map(({ account }, i) => [account, i]));
    const filled: number[] = [];
    this.#left = all.length - drawn.length;
    this.#dots = drawn.map(({ account, row }) => {
      const generation = forced.generation[row]!;
      const parent = forced.parent[row]!;
      const place = (filled[generation] ??= 0);
      filled[generation] = place + 1;
      return {
        account,
        time_us: forced.time_us[row]!,
        generation,
        money: money.get(account)!,
        infector: parent < 0 ? -1 : (places.get(forced.account[parent]!) ?? -1),
        place,
      };
    });
    this.#chosen = undefined;
    this.#rows = filled.reduce((a, b) => Math.max(a, b), 1);
    this.#generations = Math.max(1, filled.length - 1);
  }

  draw(time_us: number): void {
    this.#time = time_us;
    const { sheet } = this;
    const { context } = sheet;
    sheet.clear();
    const most = this.#dots.reduce((a, { money }) => Math.max(a, money), 1);
    context.strokeStyle = colour('line');
    context.lineWidth = 1;
    context.beginPath();
    for (const dot of this.#dots) {
      const from = this.#dots[dot.infector];
      if (from === undefined || dot.time_us > time_us) continue;
      context.moveTo(this.#x(from), this.#y(from));
      context.lineTo(this.#x(dot), this.#y(dot));
    }
    context.stroke();
    context.fillStyle = colour('forced-sale');
    let shown = 0;
    for (const dot of this.#dots) {
      if (dot.time_us > time_us) continue;
      shown++;
      context.beginPath();
      context.arc(this.#x(dot), this.#y(dot), 1.5 + 4 * Math.sqrt(dot.money / most), 0, 2 * Math.PI);
      context.fill();
    }
    if (this.#chosen !== undefined && this.#chosen.time_us <= time_us) this.#drawRing(this.#chosen);
    this.#drawAxis(shown);
  }

  #drawRing(dot: Dot): void {
    const { context } = this.sheet;
    context.strokeStyle = colour('ink');
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(this.#x(dot), this.#y(dot), NEAR - 2, 0, 2 * Math.PI);
    context.stroke();
  }

  /** To another dot: so many generations on, and so many places down among those that are drawn. */
  #step(generations: number, places: number): void {
    const drawn = this.#dots.filter(({ time_us }) => time_us <= this.#time);
    const from = drawn.includes(this.#chosen!) ? this.#chosen! : undefined;
    const generation = (from?.generation ?? 1) + generations;
    const place = from === undefined ? 0 : from.place + places;
    const others = drawn.filter((dot) => dot.generation === generation);
    const nearest = others.toSorted((a, b) => Math.abs(a.place - place) - Math.abs(b.place - place))[0];
    if (nearest === undefined) return;
    this.#chosen = nearest;
    this.sheet.canvas.setAttribute(
      'aria-label',
      `${LABEL}; account ${nearest.account}, generation ${nearest.generation}: Enter opens it`,
    );
    this.draw(this.#time);
  }

  #drawAxis(shown: number): void {
    const { context, width, height } = this.sheet;
    context.fillStyle = colour('muted');
    context.font = '11px system-ui, sans-serif';
    context.textBaseline = 'bottom';
    context.textAlign = 'center';
    const each = Math.ceil(this.#generations / 12);
    for (let g = 1; g <= this.#generations; g++) {
      if (each > 1 && g % each !== 1) continue;
      context.fillText(String(g), ((g - 0.5) / this.#generations) * width, height - 15);
    }
    const left = this.#left === 0 ? '' : `, the largest; ${countText(this.#left)} smaller ones are not drawn`;
    context.fillText(`generation · ${countText(shown)} accounts up to now${left}`, width / 2, height - 1);
  }

  /** Dots of a generation that stand above each other: as many as are told apart, but no more columns than there is room for. */
  get #tall(): number {
    const high = Math.max(1, Math.floor((this.sheet.height - 12 - AXIS) / GAP));
    const columns = Math.max(1, Math.floor(this.sheet.width / this.#generations / GAP) - 1);
    return Math.max(Math.min(high, this.#rows), Math.ceil(this.#rows / columns));
  }

  #x({ generation, place }: Dot): number {
    const columns = Math.ceil(this.#rows / this.#tall);
    const column = (Math.floor(place / this.#tall) - (columns - 1) / 2) * GAP;
    return ((generation - 0.5) / this.#generations) * this.sheet.width + column;
  }

  #y({ place }: Dot): number {
    return 6 + (((place % this.#tall) + 0.5) / this.#tall) * (this.sheet.height - 12 - AXIS);
  }

  /** Of the dots that are drawn. */
  #nearest(x: number, y: number): Dot | undefined {
    let found: Dot | undefined;
    let least = NEAR;
    for (const dot of this.#dots) {
      const away = Math.hypot(this.#x(dot) - x, this.#y(dot) - y);
      if (dot.time_us > this.#time || away >= least) continue;
      least = away;
      found = dot;
    }
    return found;
  }
}
