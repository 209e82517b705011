/** Figures of one's own data, drawn as unwind draws its own. */
import type { TopLevelSpec } from 'vega-lite';

/**
 * A chart as SVG, from a Vega-Lite specification with its data in it; letters are outlines, which need no font. The same bytes for the
 * same specification on every machine; no browser. Rejects with an Error where the specification is not sound.
 */
export async function drawFigure(specification: Readonly<Record<string, unknown>>): Promise<string> {
  // What draws is loaded when something is drawn.
  const [{ svgOf }, { outlined }] = await Promise.all([
    import('../report/draw/svg.ts'),
    import('../report/draw/png.ts'),
  ]);
  return outlined(await svgOf(specification as unknown as TopLevelSpec));
}
