/** The price ladder against a Map of queues, with keys that travel far beyond the window, up and down. */
import { describe, expect, test } from 'vitest';
import { EMPTY, Ladder, ladderSchema, MAX_KEY } from '../../src/core/ladder.ts';
import { World } from '../../src/core/world.ts';
import { NaiveLadder } from './naive-ladder.ts';
import { Digits, playScripts, Story } from './naive-script.ts';
import { LONG } from '../setup/long.ts';

const LINES = 3;
const NODES = 180;
const SPAN = 1024;

function newLadder(nodes = NODES, lines = LINES, span = SPAN) {
  const world = new World(ladderSchema(nodes, lines, span));
  const ladder = new Ladder(nodes, lines, span, world.tables);
  ladder.reset();
  return { world, ladder, base: world.tables.lines.base };
}

/** A line as the ladder tells it: [key, nodes] by falling key, and what of it lies in the far list. */
function told(ladder: Ladder, line: number, base: number): { all: [number, number[]][]; far: number } {
  const queues = new Map<number, number[]>();
  let previous = Infinity;
  let far = 0;
  ladder.forEach(line, (node, key) => {
    if (key >= base) expect(key).toBeLessThanOrEqual(previous);
    else far++;
    if (key >= base) expect(far).toBe(0); // the window comes first
    previous = key;
    expect(ladder.keyOf(node)).toBe(key);
    queues.set(key, [...(queues.get(key) ?? []), node]);
  });
  return { all: [...queues].sort(([a], [b]) => b - a), far };
}

/** How far a play went, so that a test can say that it tested what it means to. */
interface Travel {
  up: number;
  down: number;
  far: number;
}

class Play {
  readonly #naive = new NaiveLadder(LINES);
  readonly #story = new Story();
  readonly #free = Array.from({ length: NODES }, (_, i) => i);
  readonly #linked: { node: number; line: number }[] = [];
  // Line 0 has prices, line 1 mirrored prices (negative keys), line 2 crosses zero.
  readonly #centre = [50_000, ~50_000, 0];
  readonly #travel: Travel;
  #world = newLadder();

  constructor(travel: Travel) {
    this.#travel = travel;
  }

  step(word: number): void {
    const digits = new Digits(word);
    const act = digits.below(24);
    const line = digits.below(LINES);
    const base = this.#world.base[line]!;
    const busy = this.#world.ladder.best[line] !== EMPTY;
    if (act < 7) this.#insert(line, digits.below(64) - 32);
    else if (act < 9) this.#insert(line, digits.below(4000) - 2000);
    else if (act < 14) this.#insert(line, -digits.below(20_000));
    else if (act < 17) this.#removeAny(digits);
    else if (act < 19) this.#removeBest(line, 1 + digits.below(2));
    else if (act === 19) this.#removeBest(line, digits.below(20) === 0 ? NODES : 3);
    else if (act === 20) this.#drift(line, digits.below(600) - 300);
    else if (act === 21) this.#drift(line, digits.below(8) === 0 ? -digits.below(2_000_000) : 1 + SPAN);
    else if (act === 22) this.#drift(line, (digits.below(2) * 2 - 1) * digits.below(5 * SPAN));
    else this.#fork();
    if (busy && this.#world.base[line]! > base) this.#travel.up++;
    if (busy && this.#world.base[line]! < base) this.#travel.down++;
    this.#compare(line, digits);
  }

  /** Every queue of every line. */
  audit(): void {
    const { ladder, base } = this.#world;
    for (let line = 0; line < LINES; line++) {
      const { all, far } = told(ladder, line, base[line]!);
      const keys = this.#naive.keys(line);
      const expected = keys.map((key) => [key, this.#naive.at(line, key)]);
      this.#story.same(`line ${line}`, all, expected);
      this.#travel.far = Math.max(this.#travel.far, far);
      for (const key of keys) {
        if (key < base[line]!) break;
        const below = this.#belowInWindow(line, key);
        this.#story.same(`below(${line}, ${key})`, ladder.below(line, key), below);
      }
    }
  }

  #insert(line: number, offset: number): void {
    const node = this.#free.pop();
    if (node === undefined) return;
    const key = Math.max(-MAX_KEY, Math.min(MAX_KEY, this.#centre[line]! + offset));
    this.#story.add(`insert ${node} at ${key} of line ${line}`);
    this.#world.ladder.insert(line, key, node);
    this.#naive.insert(line, key, node);
    this.#linked.push({ node, line });
  }

  #removeAny(digits: Digits): void {
    if (this.#linked.length > 0) this.#remove(digits.below(this.#linked.length));
  }

  /** Takes what is first at the best key, as matching does: the window empties and slides down. */
  #removeBest(line: number, times: number): void {
    for (let i = 0; i < times; i++) {
      const best = this.#naive.best(line);
      if (best === undefined) return;
      const first = this.#naive.at(line, best)[0]!;
      this.#remove(this.#linked.findIndex(({ node }) => node === first));
      this.#compareBest(line);
    }
  }

  #remove(index: number): void {
    const { node, line } = this.#linked.splice(index, 1)[0]!;
    this.#story.add(`remove ${node} of line ${line}`);
    this.#world.ladder.remove(node);
    this.#naive.remove(node);
    this.#story.same('still linked', this.#world.ladder.isLinked(node), false);
    this.#free.push(node);
  }

  #drift(line: number, by: number): void {
    this.#centre[line]! += by;
  }

  /** Goes on in another world: the ladder keeps nothing outside of its columns. */
  #fork(): void {
    const other = newLadder();
    other.world.load(this.#world.world.save());
    this.#world = other;
  }

  #compareBest(line: number): void {
    const { ladder } = this.#world;
    const best = this.#naive.best(line);
    this.#story.same('best', ladder.best[line], best ?? EMPTY);
    if (best === undefined) return;
    this.#story.same('first at best', ladder.firstAtBest(line), this.#naive.at(line, best)[0]!);
  }

  #compare(line: number, digits: Digits): void {
    this.#compareBest(line);
    const { ladder, base } = this.#world;
    const key = base[line]! + digits.below(64 * SPAN) - 20 * SPAN;
    const queue = this.#naive.at(line, key);
    const first = ladder.firstAt(line, key);
    this.#story.same(`firstAt(${line}, ${key})`, first, queue[0] ?? -1);
    this.#story.same(`below(${line}, ${key})`, ladder.below(line, key), this.#belowInWindow(line, key));
    const any = this.#linked[digits.below(10)];
    if (any === undefined) return;
    const its = this.#naive.at(any.line, ladder.keyOf(any.node));
    this.#story.same(`firstAt(${any.line})`, ladder.firstAt(any.line, ladder.keyOf(any.node)), its[0]!);
    const behind = its[its.indexOf(any.node) + 1] ?? -1;
    this.#story.same(`nextAt(${any.node})`, ladder.nextAt(any.node), behind);
  }

  #belowInWindow(line: number, key: number): number {
    const base = this.#world.base[line]!;
    const below = this.#naive.below(line, key);
    return below !== undefined && below >= base ? below : EMPTY;
  }
}

test('agrees with a Map of queues, wherever the keys travel', () => {
  const travel: Travel = { up: 0, down: 0, far: 0 };
  const played = playScripts(LONG ? 40 : 20, 12_000, (script) => {
    const play = new Play(travel);
    script.forEach((word, i) => {
      play.step(word);
      if (i % 200 === 0) play.audit();
    });
    play.audit();
  });
  expect(played).toBeGreaterThan(LONG ? 100_000 : 50_000);
  expect(travel.up).toBeGreaterThan(500);
  expect(travel.down).toBeGreaterThan(500);
  expect(travel.far).toBeGreaterThan(50);
});

test('empties to the last node through its far list, best first', () => {
  const { ladder, base } = newLadder(100, 1, 2048);
  for (let node = 0; node < 100; node++) ladder.insert(0, node * 700, node); // each jump slides the window up
  expect(told(ladder, 0, base[0]!).far).toBeGreaterThan(90);
  for (let node = 99; node >= 0; node--) {
    expect([ladder.best[0], ladder.firstAtBest(0)]).toEqual([node * 700, node]);
    ladder.remove(node);
  }
  expect(ladder.best[0]).toBe(EMPTY);
});

test('who came first stays first, through the far list and back', () => {
  const { ladder } = newLadder(6, 1);
  ladder.insert(0, 100, 3);
  ladder.insert(0, 100, 1);
  ladder.insert(0, 5000, 0); // 100 falls out of the window
  ladder.insert(0, 100, 2); // straight to the far list
  ladder.insert(0, 90, 4);
  expect([ladder.firstAt(0, 100), ladder.nextAt(3), ladder.nextAt(1), ladder.nextAt(2)]).toEqual([
    3, 1, 2, -1,
  ]);
  expect(ladder.below(0, 5000)).toBe(EMPTY); // what waits in the far list is not seen
  ladder.remove(0);
  ladder.insert(0, 100, 5); // the window is back
  const order: number[] = [];
  ladder.forEach(0, (node) => order.push(node));
  expect(order).toEqual([3, 1, 2, 5, 4]);
  expect(ladder.below(0, 100)).toBe(90);
});

test('a far list holds many keys, and gives up any of its nodes', () => {
  const { ladder } = newLadder(5, 1);
  ladder.insert(0, 10_000, 0);
  for (const [node, key] of [
    [1, 50],
    [2, 60],
    [3, 50],
  ] as const) {
    ladder.insert(0, key, node);
  }
  expect([ladder.firstAt(0, 50), ladder.nextAt(1), ladder.nextAt(3)]).toEqual([1, 3, -1]);
  expect([ladder.firstAt(0, 60), ladder.nextAt(2), ladder.firstAt(0, 55)]).toEqual([2, -1, -1]);
  ladder.remove(1);
  ladder.remove(2);
  ladder.remove(0);
  expect([ladder.best[0], ladder.firstAtBest(0)]).toEqual([50, 3]);
  ladder.remove(3);
  expect(ladder.best[0]).toBe(EMPTY);
  ladder.insert(0, -7, 4);
  expect(ladder.best[0]).toBe(-7);
});

describe('the ends of the key range', () => {
  test.each([
    ['up', -MAX_KEY, MAX_KEY],
    ['down', MAX_KEY, -MAX_KEY],
  ])('from one to the other, %s', (_way, from, to) => {
    const { ladder } = newLadder(3, 2);
    ladder.insert(1, from, 0);
    ladder.insert(1, to, 1);
    ladder.insert(1, 0, 2);
    expect(ladder.best[1]).toBe(MAX_KEY);
    expect(ladder.below(1, MAX_KEY)).toBe(EMPTY);
    ladder.remove(ladder.firstAtBest(1));
    expect([ladder.best[1], ladder.firstAtBest(1)]).toEqual([0, 2]);
    ladder.remove(2);
    expect(ladder.best[1]).toBe(-MAX_KEY);
    expect(ladder.firstAt(1, MAX_KEY)).toBe(-1);
    ladder.remove(ladder.firstAtBest(1));
    expect([ladder.best[1], ladder.best[0]]).toEqual([EMPTY, EMPTY]);
  });
});

test('reset empties every line', () => {
  const { ladder } = newLadder();
  ladder.insert(0, 4, 0);
  ladder.insert(2, -90_000, 1);
  ladder.reset();
  expect([...ladder.best]).toEqual([EMPTY, EMPTY, EMPTY]);
  expect([ladder.isLinked(0), ladder.isLinked(1)]).toEqual([false, false]);
  ladder.insert(2, 7, 1);
  expect([ladder.best[2], ladder.firstAtBest(2), ladder.nextAt(1)]).toEqual([7, 1, -1]);
});
