/** What a reader does on a heat map: a click or an arrow goes to a moment, the wheel or + and − look nearer. */
import type { StageView } from './stage-view.ts';
import { timeAt, zoomed } from './window.ts';

export interface Gestures {
  readonly go: (time_us: number) => void;
  readonly now_us: () => number;
  readonly until_us: () => number;
  /** The window of all stages has changed. */
  readonly zoomed: () => void;
}

/** Stages that show the same time. */
export function listen(stages: readonly StageView[], { go, now_us, until_us, zoomed: tell }: Gestures): void {
  const zoom = (factor: number, at_us: number): void => {
    for (const { heat } of stages) heat.window = zoomed(heat.window, factor, at_us, until_us());
    tell();
  };
  const keys: Readonly<Record<string, () => void>> = {
    '+': () => {
      zoom(0.7, now_us());
    },
    '-': () => {
      zoom(1.4, now_us());
    },
    ArrowLeft: () => {
      go(now_us() - 1e6);
    },
    ArrowRight: () => {
      go(now_us() + 1e6);
    },
  };
  for (const { heat } of stages) {
    const { canvas } = heat.sheet;
    canvas.tabIndex = 0;
    canvas.addEventListener('click', ({ offsetX }) => {
      go(timeAt(offsetX, heat.window, heat.frame));
    });
    canvas.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(event.offsetX, heat.window, heat.frame));
      },
      { passive: false },
    );
    canvas.addEventListener('keydown', ({ key }) => {
      keys[key]?.();
    });
  }
}
