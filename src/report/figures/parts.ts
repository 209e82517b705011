/** What specifications have in common: colours of policies, panels, marks with their intervals. */
import type { Estimate } from '../../stats/estimate.ts';
import { minus } from '../words/numbers.ts';
import { widthInEms } from '../words/text-width.ts';
import { DASHES, MUTED, OTHERS, SERIES, SHAPES } from '../theme.ts';
import type { RunResults } from '../results.ts';
import type { Layout } from './figure.ts';
import { isNarrow } from './figure.ts';

export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/** What intervals are, said once: of means, of means and shares of runs, of differences. */
export const OF_MEANS = '95 % intervals of the mean (skewness-corrected)';
export const INTERVALS = `${OF_MEANS}, of shares of runs Wilson’s`;
export const OF_DIFFERENCES = `${OF_MEANS} difference, of P(cascade) Tango’s`;

/** `30 runs a cell`, or from how many to how many. */
export function runsText({ manifest }: RunResults): string {
  const all = manifest.summary.cells.map(({ runs }) => runs);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const text = least === most ? String(most) : `${least} to ${most}`;
  return all.length === 1 ? `n = ${text} runs` : `n = ${text} runs of each of ${all.length} cells`;
}

/** One legend for colours, dashes and shapes of the same names: as many in a line as there is room for. */
function legendFor(layout: Layout, names: readonly string[], isOfLines: boolean, words: string) {
  const title = words === '' ? null : words;
  const longest = Math.max(...names.map((name) => widthInEms(name) * 12));
  const room = Math.max(1, Math.floor(layout.width / (longest + 48)));
  const columns = Math.min(names.length, room);
  // Of a line the legend shows a piece, also where what is drawn first is its band.
  return isOfLines
    ? {
        title,
        columns,
        symbolType: 'stroke',
        symbolOpacity: 1,
        symbolSize: 420,
        symbolStrokeWidth: 2.2,
      }
    : { title, columns, symbolOpacity: 1 };
}

function told<T>(
  layout: Layout,
  names: readonly string[],
  range: readonly T[],
  isOfLines: boolean,
  words = '',
) {
  return {
    field: 'policy',
    type: 'nominal' as const,
    sort: null,
    scale: { domain: [...names], range: [...range] },
    legend: legendFor(layout, names, isOfLines, words),
  };
}

/** A colour for each name, in this order; of all that are past the last one the same. */
export function coloured(
  layout: Layout,
  names: readonly string[],
  of: 'points' | 'lines' = 'points',
  words = '',
) {
  return told(layout, names, names.map((_, i) => (SERIES[i] ?? OTHERS).light), of === 'lines', words); // prettier-ignore
}

/** Shapes of points, beside the colours. */
export function shaped(layout: Layout, names: readonly string[], words = '') {
  return told(layout, names, names.map((_, i) => SHAPES[i] ?? 'circle'), false, words); // prettier-ignore
}

/** Dashes of lines, beside the colours. */
export function dashed(layout: Layout, names: readonly string[]) {
  return told(layout, names, names.map((_, i) => [...(DASHES[i] ?? [])]), true); // prettier-ignore
}

/** Sizes of `count` panels beside each other, each with room for its axis. */
export function panels(layout: Layout, count: number, most = 3, axis = 62) {
  const columns = isNarrow(layout) ? 1 : Math.max(1, Math.min(count, most));
  const width = Math.floor((layout.width - 16) / columns - axis);
  return { columns, width, height: columns === 1 && isNarrow(layout) ? 190 : 220 };
}

/** As many ticks as there is room for. */
export const ticksIn = (width: number): number => Math.max(2, Math.min(6, Math.floor(width / 58)));

/** Panels that share the axis on their left. */
export function sharedPanels(layout: Layout, count: number, most = 3, axis = 62) {
  const columns = isNarrow(layout) ? 1 : Math.max(1, Math.min(count, most));
  const width = Math.floor((layout.width - 16 - axis) / columns - 14);
  return { columns, width, height: columns === 1 && isNarrow(layout) ? 190 : 220 };
}

/** An estimate as fields of a row. A bound that is not known is the value itself: nothing is drawn on that side. */
export function fields({ value, low, high }: Estimate, name = '') {
  const known = (one: number): number => (Number.isFinite(one) ? one : value);
  return { [`${name}value`]: value, [`${name}low`]: known(low), [`${name}high`]: known(high) };
}

export const ZERO_LINE = { mark: { type: 'rule' as const, color: MUTED.light, strokeWidth: 1 } };

/** Letters of a line over a panel that shares its row with two others. */
const MOST_LETTERS = 20;

/** What stands over a panel, in lines; the field of a facet holds them with \n between. */
export const IN_LINES = { labelExpr: "split(datum.label, '\\n')", labelLineHeight: 14 };

/** Broken between words, and after hyphens and low lines of names; what is longer is cut into pieces. */
export function inLines(text: string): string {
  const words = text.split(/(?<=[ _-])/).flatMap((word) => word.match(/.{1,20}/gu) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const joined = `${lines.at(-1) ?? ''}${word}`;
    if (lines.length > 0 && joined.trimEnd().length <= MOST_LETTERS) lines.splice(-1, 1, joined);
    else lines.push(word);
  }
  return lines.map((line) => line.trim()).join('\n');
}

/** Titles of panels: the one minus sign. */
export const titled = (text: string): string => minus(text);

/** An axis of numbers: few of them, and `0`, `20 M`, `5 %` as in texts. Formats are d3's. */
export function axis(format: '~s' | '~%' | '.1~%' | ',~f', tickCount = 5) {
  return {
    format,
    tickCount,
    labelExpr: "datum.value == 0 ? '0' : replace(datum.label, /([GMkmµ%])$/, ' $1')",
  };
}
