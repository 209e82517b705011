/** Which of many policies and shocks a figure or a sentence is of: those that tell most. */
import type { FrontierRow } from '../models/compare/index.ts';
import type { CellSummary } from '../models/model.ts';
import type { Estimate } from '../stats/estimate.ts';
import type { Drawn, RunResults } from './results.ts';
import { minus } from './words/numbers.ts';
import { SERIES } from './theme.ts';

/** What results are of, which decides which figures and sentences they can have. */
export type Sort =
  'market' | 'margins' | 'other' | 'sensitivity' | 'tune' | 'calibrate' | 'markets' | 'replayed';

export function sortOf(results: Drawn): Sort {
  if (results.kind !== 'run') return results.kind;
  const { cells } = results.manifest.summary;
  const all = (...names: readonly string[]): boolean =>
    cells.length > 0 &&
    cells.every(({ labels, metrics }) => names.every((name) => name in metrics || name in labels));
  if (all('policy', 'shock', 'p_systemic', 'bad_debt')) return 'market';
  return all('margin', 'peak_to_trough') ? 'margins' : 'other';
}

/** In the order of the experiment. */
export function policiesOf({ manifest }: RunResults): string[] {
  return [...new Set(manifest.summary.cells.map(({ labels }) => labels['policy'] ?? ''))];
}

export function shocksOf({ manifest }: RunResults): string[] {
  return [...new Set(manifest.summary.cells.map(({ labels }) => labels['shock'] ?? ''))];
}

export function cellsUnder({ manifest }: RunResults, shock: string): CellSummary[] {
  return manifest.summary.cells.filter(({ labels }) => labels['shock'] === shock);
}

export function estimateIn({ metrics }: CellSummary, metric: string): Estimate {
  const { value = NaN, low = NaN, high = NaN } = (metrics[metric] ?? {}) as Partial<Estimate>;
  return { value, low, high };
}

/** As many as have a colour of their own: on the frontier first, then as the experiment has them; in its order. */
export function shownPolicies(results: RunResults): string[] {
  return mostTelling(policiesOf(results), results.manifest.summary.frontier?.blocks.at(-1)?.rows ?? []);
}

/** The same of any policies that were judged. */
export function mostTelling(all: readonly string[], rows: readonly FrontierRow[]): string[] {
  const most = SERIES.length;
  if (all.length <= most) return [...all];
  const best = new Set(
    rows.filter(({ verdict }) => verdict === 'on the frontier').map(({ policy }) => policy),
  );
  const chosen = [...all.filter((one) => best.has(one)), ...all.filter((one) => !best.has(one))];
  return all.filter((one) => chosen.slice(0, most).includes(one));
}

/** `7 of 24 policies, those on the frontier first`; nothing where all are shown. */
export function shownText(results: RunResults): string {
  const [shown, all] = [shownPolicies(results).length, policiesOf(results).length];
  return shown === all ? '' : ` Shown are ${shown} of ${all} policies, those on the frontier first.`;
}

/** How many panels a figure has at most. */
const MOST_SHOCKS = 3;

/** All of them, or evenly spread ones with the most telling among them. */
export function shownShocks(results: RunResults): string[] {
  const all = shocksOf(results);
  if (all.length <= MOST_SHOCKS) return all;
  const telling = tellingShock(results);
  return all.filter((shock, i) => i === 0 || i === all.length - 1 || shock === telling);
}

/**
 * The shock under which policies differ most in P(cascade): it is what a choice between them hangs on. Where they are alike in
 * that, or there is but one policy, the shock whose P(cascade) is the nearest to a half; of several the first.
 */
export function tellingShock(results: RunResults): string {
  const scored = shocksOf(results).map((shock) => {
    const all = cellsUnder(results, shock).map((cell) => estimateIn(cell, 'p_systemic').value);
    const known = all.filter((one) => !Number.isNaN(one));
    const spread = known.length === 0 ? -1 : Math.max(...known) - Math.min(...known);
    const middle = known.reduce((sum, one) => sum + one, 0) / known.length;
    return { shock, spread, middle: known.length === 0 ? -1 : -Math.abs(middle - 0.5) };
  });
  scored.sort((a, b) => b.spread - a.spread || b.middle - a.middle);
  return scored[0]?.shock ?? '';
}

export interface ShockNames {
  /** Words that all titles begin with; empty: there are none. */
  readonly common: string;
  /** What is left of each, with the one minus sign; in the order of the titles. */
  readonly short: readonly string[];
}

/** Titles without the words that they share at the beginning: `value changes by`, `−2.5 %`, `−5 %`. */
export function shockNames(shocks: readonly string[]): ShockNames {
  const [first = [], ...others] = shocks.map((shock) => shock.split(' '));
  const differs = first.findIndex((word, i) => others.some((words) => words[i] !== word));
  const shared = others.length === 0 || differs < 0 ? 0 : differs;
  return {
    common: minus(first.slice(0, shared).join(' ')),
    short: shocks.map((shock) => minus(shock.split(' ').slice(shared).join(' '))),
  };
}

/** A number that shocks are told apart by. */
export interface Dose {
  readonly shock: string;
  readonly size: number;
}

const NUMBER = /[−-]?\d[\d,]*(?:\.\d+)?(?: [GMk](?![\w]))?/g;
const MULTIPLES: Readonly<Record<string, number>> = { G: 1e9, M: 1e6, k: 1e3 };

/**
 * Sizes of the shocks, with what they are of in words: `value changes by … %`. Undefined where their titles differ in anything
 * but one number: then they have no order.
 */
export function dosesOf(
  shocks: readonly string[],
): { readonly axis: string; readonly doses: readonly Dose[] } | undefined {
  if (shocks.length < 2) return undefined;
  const all = shocks.map((shock) => ({
    shock,
    numbers: shock.match(NUMBER) ?? [],
    words: shock.split(NUMBER),
  }));
  const [first] = all as [(typeof all)[0]];
  if (all.some(({ words }) => words.join('\0') !== first.words.join('\0'))) return undefined;
  const varying = first.numbers.flatMap((_, i) =>
    all.some(({ numbers }) => numbers[i] !== first.numbers[i]) ? [i] : [],
  );
  const [at] = varying;
  if (at === undefined || varying.length > 1) return undefined;
  const axis = first.words.map((word, i) => word + (i === at ? '…' : (first.numbers[i] ?? ''))).join('');
  const doses = all.map(({ shock, numbers }) => ({ shock, size: sizeOf(numbers[at]!) }));
  return { axis, doses: doses.sort((a, b) => Math.abs(a.size) - Math.abs(b.size)) };
}

function sizeOf(text: string): number {
  const [digits = '', multiple = ''] = text.replaceAll(',', '').replace('−', '-').split(' ');
  return Number(digits) * (MULTIPLES[multiple] ?? 1);
}
