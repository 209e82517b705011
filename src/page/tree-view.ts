/** The cascade as it grows: a dot an account that was liquidated, by generation, with a line to whose liquidation broke it. */
import type { ForcedOrders } from '../replay/forced.ts';
import { colour, Sheet } from './dom.ts';

/** More dots than this are not told apart: the largest are drawn. */
const MOST = 600;

interface Dot {
  readonly time_us: number;
  readonly generation: number;
  readonly money: number;
  readonly infector: number;
  place: number;
}

export class TreeView {
  readonly sheet: Sheet;
  #dots: Dot[] = [];
  #rows = 1;
  #generations = 1;
  #left = 0;
  #time = 0;

  constructor() {
    this.sheet = new Sheet('Cascade tree: accounts liquidated, by generation', () => {
      this.draw(this.#time);
    });
  }

  /** Accounts that were not drawn, as too many were liquidated. */
  get leftOut(): number {
    return this.#left;
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
        time_us: forced.time_us[row]!,
        generation,
        money: money.get(account)!,
        infector: parent < 0 ? -1 : (places.get(forced.account[parent]!) ?? -1),
        place,
      };
    });
    this.#rows = filled.reduce((a, b) => Math.max(a, b), 1);
    this.#generations = Math.max(1, filled.length - 1);
  }

  draw(time_us: number): void {
    this.#time = time_us;
    const { sheet } = this;
    const { context, width, height } = sheet;
    sheet.clear();
    const most = this.#dots.reduce((a, { money }) => Math.max(a, money), 1);
    const x = ({ generation }: Dot): number => ((generation - 0.5) / this.#generations) * width;
    const y = ({ place }: Dot): number => 6 + ((place + 0.5) / this.#rows) * (height - 26);
    context.strokeStyle = colour('line');
    context.lineWidth = 1;
    context.beginPath();
    for (const dot of this.#dots) {
      const from = this.#dots[dot.infector];
      if (from === undefined || dot.time_us > time_us) continue;
      context.moveTo(x(from), y(from));
      context.lineTo(x(dot), y(dot));
    }
    context.stroke();
    context.fillStyle = colour('forced-sale');
    for (const dot of this.#dots) {
      if (dot.time_us > time_us) continue;
      context.beginPath();
      context.arc(x(dot), y(dot), 1.5 + 4 * Math.sqrt(dot.money / most), 0, 2 * Math.PI);
      context.fill();
    }
    context.fillStyle = colour('muted');
    context.font = '11px system-ui, sans-serif';
    context.textBaseline = 'bottom';
    context.textAlign = 'center';
    for (let g = 1; g <= this.#generations; g++) {
      if (this.#generations > 12 && g % Math.ceil(this.#generations / 12) !== 1) continue;
      context.fillText(String(g), ((g - 0.5) / this.#generations) * width, height - 2);
    }
  }
}
