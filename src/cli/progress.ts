/** Progress on stderr: a bar with runs done, runs per second and time left; a line now and then where there is no terminal. */
import { SingleBar } from 'cli-progress';
import { timeText } from './report/numbers.ts';
import { tell, told } from './tell.ts';

export interface Progress {
  /** Runs that are done, and how many of them are lost. */
  update(done: number, lost?: number): void;
  /** A line of its own, above the bar. */
  say(line: string): void;
  stop(): void;
}

const LINE_EVERY_MS = 10_000;

const CLEAR_LINE = '\u001b[2K';

/** `before`: runs that were done before, which say nothing about the speed. */
export function showProgress(total: number, before = 0): Progress {
  const started = performance.now();
  const text = (done: number, lost: number): string => {
    const rate = ((done - before) * 1000) / Math.max(1, performance.now() - started);
    if (done === before) return 'time left unknown';
    const left = timeText((total - done) / rate);
    return `${rate.toPrecision(3)} runs/s · ${left} left${lost === 0 ? '' : ` · ${lost} lost`}`;
  };
  if (!process.stderr.isTTY) {
    let last = started;
    return {
      update(done, lost = 0) {
        if (performance.now() - last < LINE_EVERY_MS) return;
        last = performance.now();
        process.stderr.write(`${done}/${total} runs · ${text(done, lost)}\n`);
      },
      say(line) {
        tell(line);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: '{bar} {value}/{total} runs · {text}',
    stream: process.stderr,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, before, { text: text(before, 0) });
  return {
    update(done, lost = 0) {
      bar.update(done, { text: text(done, lost) });
    },
    say(line) {
      process.stderr.write(`\r${CLEAR_LINE}${told(line)}\n`);
      bar.render();
    },
    stop() {
      bar.stop();
    },
  };
}
