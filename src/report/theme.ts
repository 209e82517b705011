/**
 * How figures and pages look, all of them, reports and replays: colours that the colour-blind tell apart, in light and in dark, and fonts. Figures are drawn in
 * the light colours; a page that is read in the dark puts the others in their place (`darkRules`).
 */

/** A colour in light, and what stands for it in the dark. */
interface Pair {
  readonly light: string;
  readonly dark: string;
}

const pair = (light: string, dark: string): Pair => ({ light, dark });

/** No two of the same light colour, as that is what they are found by. */
export const PAPER = pair('#ffffff', '#14171b');
export const INK = pair('#1b1f24', '#e8eaed');
export const MUTED = pair('#57606a', '#a3abb5');
export const AXIS = pair('#8c959f', '#6d7681');
export const GRID = pair('#e4e7eb', '#2b3138');

/** Okabe and Ito (2008), from the darkest on, without yellow, which is hard to see on white; brighter in the dark. */
export const SERIES: readonly Pair[] = [
  pair('#0072b2', '#4aa5e0'),
  pair('#d55e00', '#ff8c42'),
  pair('#009e73', '#2ec79b'),
  pair('#cc79a7', '#e7a3c8'),
  pair('#e69f00', '#f7bd45'),
  pair('#56b4e9', '#9bd6f7'),
  pair('#3d4651', '#c9ced4'),
];

/** What is not among the few that have a colour. */
export const OTHERS = pair('#b6bcc4', '#59616b');

/** Colours of pages by the names of their style sheets: `bid` is `--bid`. */
const PAGE_COLOURS: Readonly<Record<string, Pair>> = {
  paper: PAPER,
  panel: pair('#f6f7f9', '#1b2026'),
  ink: INK,
  muted: MUTED,
  axis: AXIS,
  grid: GRID,
  line: pair('#c9ced4', '#3d4651'),
  accent: SERIES[0]!,
  warn: SERIES[1]!,
  focus: SERIES[0]!,
  bid: SERIES[0]!,
  ask: SERIES[4]!,
  mark: pair('#007a5a', '#2ec79b'), // series 2, darker: a thin line on a heat map
  twin: pair('#9a4f7c', '#e7a3c8'), // series 3, darker
  'forced-sale': SERIES[1]!,
  'forced-purchase': SERIES[5]!,
};

/** `--paper:#ffffff;…`: all colours of pages, for the root of a style sheet. */
export function pageColours(which: 'light' | 'dark'): string {
  return Object.entries(PAGE_COLOURS)
    .map(([name, colour]) => `--${name}:${colour[which]}`)
    .join(';');
}

/** Dashes of lines and shapes of points: a second way to tell series apart, for print without colours. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [5, 2],
  [1, 3],
  [12, 4],
];
export const SHAPES = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'triangle-down',
  'cross',
  'stroke',
] as const;

/** Of figures: the font that comes with unwind, so that a picture is the same everywhere. */
export const FIGURE_FONT = 'DejaVu Sans';
/** Of pages: what the reader's system has. None is wider than the figures' own, which their room is measured for. */
export const PAGE_FONTS = `system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'DejaVu Sans', sans-serif`;
export const CODE_FONTS = `ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace`;

/** Rules of a style sheet, under which drawings inside `inside` have their dark colours. */
export function darkRules(inside: string): string {
  return [PAPER, INK, MUTED, AXIS, GRID, OTHERS, ...SERIES]
    .flatMap(({ light, dark }) =>
      ['fill', 'stroke'].map((what) => `${inside} [${what}="${light}"]{${what}:${dark}}`),
    )
    .join('\n');
}

/** Vega-Lite's settings for all figures. */
export const FIGURE_CONFIG = {
  background: undefined,
  font: FIGURE_FONT,
  padding: 4,
  mark: { color: INK.light },
  view: { stroke: null },
  axis: {
    domainColor: AXIS.light,
    tickColor: AXIS.light,
    gridColor: GRID.light,
    labelColor: MUTED.light,
    titleColor: INK.light,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    labelPadding: 4,
    labelLimit: 220,
    labelSeparation: 7,
    titleLimit: 600,
  },
  axisX: { grid: false, labelFlush: true },
  axisY: { domain: false, ticks: false, grid: true },
  header: {
    labelColor: INK.light,
    titleColor: INK.light,
    labelFontSize: 11.5,
    labelFontWeight: 'bold',
    titleFontSize: 11,
    labelLimit: 400,
    titleFontWeight: 'normal',
    labelPadding: 8,
  },
  legend: {
    labelColor: INK.light,
    titleColor: MUTED.light,
    labelFontSize: 12,
    labelLimit: 240,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    orient: 'top',
    direction: 'horizontal',
    symbolStrokeWidth: 2.5,
    columnPadding: 18,
    offset: 10,
  },
  text: { color: INK.light, fontSize: 11 },
  line: { strokeWidth: 2.2 },
  rule: { strokeWidth: 1.6 },
  point: { size: 64, filled: true, opacity: 1 },
  bar: { discreteBandSize: 18 },
  title: { color: INK.light, fontSize: 13, fontWeight: 'bold', anchor: 'start', limit: 600 },
} as const;
