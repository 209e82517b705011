/** Making elements. */

type Content = Node | string | readonly (Node | string)[];

/** An element with attributes and content. Texts are texts: nothing in them is read as markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  content: Content = [],
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const one of Array.isArray(content)
    ? (content as readonly (Node | string)[])
    : [content as Node | string]) {
    element.append(one);
  }
  return element;
}

/** A canvas as sharp as the screen; its drawing is in CSS pixels. */
export class Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  width = 0;
  height = 0;

  /** `label`: what a screen reader says of it; `onResize`: draws anew. */
  constructor(label: string, onResize: () => void) {
    this.canvas = el('canvas', { role: 'img', 'aria-label': label });
    const context = this.canvas.getContext('2d');
    if (context === null) throw new Error('this browser draws no canvas');
    this.context = context;
    new ResizeObserver(() => {
      this.fit();
      onResize();
    }).observe(this.canvas);
  }

  fit(): void {
    const { clientWidth, clientHeight } = this.canvas;
    const ratio = devicePixelRatio;
    this.width = clientWidth;
    this.height = clientHeight;
    this.canvas.width = Math.max(1, Math.round(clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(clientHeight * ratio));
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  clear(): void {
    this.context.clearRect(0, 0, this.width, this.height);
  }
}

/** Colours of the page's theme, by the names of its style sheet: `bid` is `--bid`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The first of some texts, the longest first, that fits into so many pixels; else the last. */
export function fitting(context: CanvasRenderingContext2D, texts: readonly string[], width: number): string {
  return texts.find((text) => context.measureText(text).width <= width) ?? texts.at(-1)!;
}
