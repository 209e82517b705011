// A measure: columns of the table `runs`, and what results report of them. An experiment names this file under
// `plugins: [./my-measure.ts]`, and the measure under `measures: [my-measure]`. Its test: node --test my-measure.test.mjs
import { defineMeasure, meanOfThose, real } from 'unwind';

export default defineMeasure({
  name: 'my-measure',
  about: 'The widest spread after the shock.',
  columns: [real('my_measure_ticks', 'ticks', 'Widest spread after the shock, of samples 1 s apart.')],
  // Just before the first shock; a run sets each of its columns.
  atShock: (run) => run.set('my_measure_ticks', 0),
  // Every second from there on; `atEnd` is there as well.
  sample(run) {
    const { book } = run.venue;
    const [bid, ask] = [book.bestBid(0), book.bestAsk(0)];
    if (bid > 0 && ask > 0 && ask - bid > run.get('my_measure_ticks')) run.set('my_measure_ticks', ask - bid);
  },
  // Estimates of all runs of a policy under a shock, each with its interval.
  metrics: (runs) => ({
    my_measure_ticks: meanOfThose(runs['my_measure_ticks']!, 'the book was empty', 0),
  }),
});
