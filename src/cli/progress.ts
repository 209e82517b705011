/** Progress on stderr: a bar with runs done, runs per second and time left; a line now and then where there is no terminal. */
import { SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number): void;
  stop(): void;
}

const LINE_EVERY_MS = 10_000;

export function showProgress(total: number): Progress {
  const started = performance.now();
  const rate = (done: number): number => (done * 1000) / Math.max(1, performance.now() - started);
  const left = (done: number): string =>
    done === 0 ? '?' : `${Math.ceil((total - done) / Math.max(1e-9, rate(done)))} s`;
  if (!process.stderr.isTTY) {
    let last = started;
    return {
      update(done) {
        if (performance.now() - last < LINE_EVERY_MS) return;
        last = performance.now();
        process.stderr.write(
          `${done}/${total} runs · ${rate(done).toPrecision(3)} runs/s · ${left(done)} left\n`,
        );
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: '{bar} {value}/{total} runs · {rate} runs/s · {left} left',
    stream: process.stderr,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0, { rate: '?', left: '?' });
  return {
    update(done) {
      bar.update(done, { rate: rate(done).toPrecision(3), left: left(done) });
    },
    stop() {
      bar.stop();
    },
  };
}
