/** Specifications as SVG: the same bytes for the same specification, on every machine. No browser. */
import * as vega from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { compile } from 'vega-lite';
import { FIGURE_CONFIG } from '../theme.ts';
import { widthInEms } from '../words/text-width.ts';

/** Rooms are made for the figures' own font, whatever fonts and canvas a machine has. */
const metrics = vega as unknown as {
  textMetrics: { width: (item: { fontSize?: number }, text: unknown) => number };
};
metrics.textMetrics.width = ({ fontSize = 11 }, text) => widthInEms(String(text)) * fontSize;

/** Warnings of Vega are defects of a figure: they are thrown. */
const strict = {
  level: () => strict,
  error: (...words: readonly unknown[]) => refuse(words),
  warn: (...words: readonly unknown[]) => refuse(words),
  info: () => strict,
  debug: () => strict,
};

function refuse(words: readonly unknown[]): never {
  throw new Error(`a figure’s specification: ${words.map(String).join(' ')}`);
}

/** Of a chart in Vega-Lite. Throws an Error where the specification is not sound. */
export async function svgOf(spec: TopLevelSpec): Promise<string> {
  vega.resetSVGDefIds();
  const { spec: compiled } = compile(spec, { config: FIGURE_CONFIG as never, logger: strict });
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger: strict });
  try {
    return plain(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/**
 * Without roles of its parts, as the picture is one to who does not see it. Places to a thousandth of a pixel: what lies behind may
 * differ between engines, and is of no use.
 */
function plain(svg: string): string {
  return svg
    .replaceAll(/ (?:role|aria-[a-z]+)="[^"]*"/g, '')
    .replaceAll(/ (?:transform|d|x2|y2)="[^"]*"/g, (attribute) =>
      attribute.replaceAll(/-?\d+\.\d{4,}(?:e-\d+)?/g, (number) => String(Number(Number(number).toFixed(3)))),
    );
}
