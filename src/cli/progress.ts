/** Progress on stderr: a bar with runs done, runs per second and time left; a line now and then where there is no terminal. */
import { SingleBar } from 'cli-progress';
import { timeText, whole } from '../report/words/numbers.ts';
import { live, tell } from './tell.ts';

export interface Progress {
  /** Runs that are done, and how many of them are lost. */
  update(done: number, lost?: number): void;
  /** A line of its own, above the bar. */
  say(line: string): void;
  stop(): void;
}

/** Runs that are done, of which so many before this process began, and since when it has been at work. */
export interface Course {
  readonly done: number;
  readonly lost: number;
  readonly before: number;
  readonly total: number;
  readonly seconds: number;
}

const LINE_EVERY_MS = 10_000;
/** So often the time left is told anew, though no run has ended. */
const TICK_MS = 1000;

/** `2.64 runs/s · 3 min 20 s left · 1 lost` */
export function courseText({ done, lost, before, total, seconds }: Course): string {
  if (done === before) return `${timeText(seconds)} so far, time left unknown`;
  const rate = (done - before) / Math.max(0.001, seconds);
  const rounded = rate >= 100 ? whole(rate) : rate.toPrecision(3);
  const left = timeText((total - done) / rate);
  return `${rounded} runs/s · ${left} left${lost === 0 ? '' : ` · ${lost} lost`}`;
}

/** `before`: runs that were done before, which say nothing about the speed. */
export function showProgress(total: number, before = 0): Progress {
  const started = performance.now();
  const course = { done: before, lost: 0, before, total };
  const text = (): string => courseText({ ...course, seconds: (performance.now() - started) / 1000 });
  return process.stderr.isTTY ? bar(course, text) : lines(course, text, started);
}

type Counts = { done: number; lost: number; readonly total: number };

function lines(course: Counts, text: () => string, started: number): Progress {
  let last = started;
  return {
    update(done, lost = 0) {
      Object.assign(course, { done, lost });
      if (performance.now() - last < LINE_EVERY_MS) return;
      last = performance.now();
      process.stderr.write(`${done}/${course.total} runs · ${text()}\n`);
    },
    say: tell,
    stop: () => undefined,
  };
}

function bar(course: Counts, text: () => string): Progress {
  const shown = new SingleBar({
    format: '{bar} {value}/{total} runs · {text}',
    stream: process.stderr,
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
  });
  shown.start(course.total, course.done, { text: text() });
  const tick = setInterval(() => shown.update(course.done, { text: text() }), TICK_MS).unref();
  return {
    update(done, lost = 0) {
      Object.assign(course, { done, lost });
      shown.update(done, { text: text() });
    },
    say(line) {
      live('');
      tell(line);
      shown.render();
    },
    stop() {
      clearInterval(tick);
      shown.stop();
    },
  };
}

/** Work whose length nobody knows: in a terminal it says so until it is done. */
export function busy<Result>(what: string, work: () => Result): Result {
  if (!process.stderr.isTTY) return work();
  const done = (): void => live('');
  live(`${what} …`);
  let result: Result;
  try {
    result = work();
  } catch (error) {
    done();
    throw error;
  }
  if (result instanceof Promise) return result.finally(done) as Result;
  done();
  return result;
}
