/** Buckets against an array of arrays; their bitmap against a scan, above all where words and groups meet. */
import { describe, expect, test } from 'vitest';
import { Buckets, bucketsSchema } from '../../src/core/buckets.ts';
import { World } from '../../src/core/world.ts';
import { NaiveBuckets } from './naive-buckets.ts';
import { Digits, playScripts, Story } from './naive-script.ts';

const SLOTS = 2 * 1024 + 70; // two whole groups and a part of a third, with a part of a word
const BORDERS = [
  0, 1, 30, 31, 32, 33, 63, 64, 991, 992, 1022, 1023, 1024, 1025, 1055, 1056, 2046, 2047, 2048,
];
const EDGES = [...BORDERS, 2049, SLOTS - 2, SLOTS - 1];

function newBuckets(nodes: number, slots = SLOTS): Buckets {
  const { links, words, summary } = new World(bucketsSchema(nodes, slots)).tables;
  const buckets = new Buckets(nodes, links, words, summary);
  buckets.reset();
  return buckets;
}

/** A slot's nodes from first to last; the way back must be the same. */
function listOf(buckets: Buckets, slot: number): number[] {
  const there: number[] = [];
  for (let node = buckets.first(slot); node < buckets.nodes; node = buckets.nextOf(node)) there.push(node);
  const back: number[] = [];
  const end = buckets.nodes + slot;
  for (let node = buckets.prevOf(end); node !== end; node = buckets.prevOf(node)) back.push(node);
  expect(back.reverse()).toEqual(there);
  return there;
}

const bit = (bits: Int32Array, i: number): boolean => ((bits[i >> 5]! >> (i & 31)) & 1) === 1;

describe('highest and lowest', () => {
  /** Every floor and ceiling of the edges, against the naive scan. */
  function searchAll(buckets: Buckets, naive: NaiveBuckets): void {
    for (const a of EDGES) {
      for (const b of EDGES) {
        if (a < b) continue;
        if (buckets.highest(a, b) !== naive.highest(a, b)) {
          expect(`highest(${a}, ${b}) = ${buckets.highest(a, b)}`).toBe(`${naive.highest(a, b)}`);
        }
        if (buckets.lowest(b, a) !== naive.lowest(b, a)) {
          expect(`lowest(${b}, ${a}) = ${buckets.lowest(b, a)}`).toBe(`${naive.lowest(b, a)}`);
        }
      }
    }
  }

  test('none in empty buckets', () => {
    searchAll(newBuckets(1), new NaiveBuckets(SLOTS));
  });

  test.each(EDGES)('slot %i, alone and with each other slot at a border', (one) => {
    const buckets = newBuckets(2);
    const naive = new NaiveBuckets(SLOTS);
    for (const each of [buckets, naive]) each.append(one, 0);
    searchAll(buckets, naive);
    for (const other of EDGES) {
      for (const each of [buckets, naive]) each.append(other, 1);
      searchAll(buckets, naive);
      expect(buckets.remove(1)).toBe(naive.remove(1));
      searchAll(buckets, naive);
    }
  });

  test('all slots full, then emptied one by one from the middle', () => {
    const buckets = newBuckets(SLOTS);
    const naive = new NaiveBuckets(SLOTS);
    for (let slot = 0; slot < SLOTS; slot++) for (const each of [buckets, naive]) each.append(slot, slot);
    expect(buckets.words.every((word, i) => word === (i === 66 ? 0b111111 : -1))).toBe(true);
    searchAll(buckets, naive);
    for (let slot = 33; slot < 2047; slot++) for (const each of [buckets, naive]) each.remove(slot);
    searchAll(buckets, naive);
  });
});

test('agrees with an array of arrays', () => {
  const NODES = 40;
  const played = playScripts(60, 1000, (script) => {
    const buckets = newBuckets(NODES);
    const naive = new NaiveBuckets(SLOTS);
    const story = new Story();
    for (const word of script) {
      const digits = new Digits(word);
      const node = digits.below(NODES);
      const wide = digits.below(2) === 0;
      const slot = wide ? digits.below(SLOTS) : EDGES[digits.below(8)]!;
      if (buckets.isLinked(node)) {
        story.add(`remove ${node}`);
        story.same('slot', buckets.remove(node), naive.remove(node));
        story.same('unlinked', buckets.isLinked(node), false);
      } else {
        story.add(`append ${node} to ${slot}`);
        buckets.append(slot, node);
        naive.append(slot, node);
      }
      story.same('list', listOf(buckets, slot), naive.slots[slot]);
      const bound = digits.below(SLOTS);
      const [low, high] = slot < bound ? [slot, bound] : [bound, slot];
      story.same(`highest(${high}, ${low})`, buckets.highest(high, low), naive.highest(high, low));
      story.same(`lowest(${low}, ${high})`, buckets.lowest(low, high), naive.lowest(low, high));
    }
    for (let slot = 0; slot < SLOTS; slot++) {
      const occupied = naive.slots[slot]!.length > 0;
      if (occupied) story.same(`list ${slot}`, listOf(buckets, slot), naive.slots[slot]);
      story.same(`bit ${slot}`, bit(buckets.words, slot), occupied);
    }
    for (let i = 0; i < buckets.words.length; i++) {
      story.same(`summary of word ${i}`, bit(buckets.summary, i), buckets.words[i] !== 0);
    }
  });
  expect(played).toBeGreaterThan(15_000);
});

test('reset empties everything and unlinks every node', () => {
  const buckets = newBuckets(3);
  for (const [node, slot] of [5, 5, 2000].entries()) buckets.append(slot, node);
  buckets.reset();
  expect([0, 1, 2].map((node) => buckets.isLinked(node))).toEqual([false, false, false]);
  expect(buckets.highest(SLOTS - 1, 0)).toBe(-1);
  expect(buckets.lowest(0, SLOTS - 1)).toBe(-1);
  expect(listOf(buckets, 5)).toEqual([]);
});
