/**
 * A notebook in plain TypeScript: how far does a sale move the price, and what do liquidations add to it?
 *
 * Node 22.18 and later run it as it is: node how-deep-is-the-book.ts. With Node 20:
 * npx esbuild how-deep-is-the-book.ts --bundle --packages=external --platform=node --format=esm --outfile=notebook.mjs && node notebook.mjs
 * It writes how-deep-is-the-book.svg.
 */
import { writeFileSync } from 'node:fs';
import { drawFigure, loadExperiment, simulate } from 'unwind';

// 1. A market: a flat book, traders of no information, and people with borrowed money.
const experiment = loadExperiment({
  question: 'How far does a sale move the price, and what do liquidations add?',
  seed: 'notebook',
  until: '60 s',
  runs: 5,
  market: {
    instruments: [
      {
        name: 'BTC',
        tick: '10 USDT',
        lot: '0.001 BTC',
        price: '50000 USDT',
        book: { flat: { lots_per_tick: 2000, ticks: 2000 } },
        mark: { rule: 'last' },
      },
    ],
    latency: { order: '2 ms', mark: '50 ms', liquidation: '20 ms', notice: '1 s' },
  },
  population: [
    { kind: 'noise', count: 20 },
    {
      kind: 'leveraged-holder',
      name: 'longs',
      count: 300,
      open_interest: '500 BTC',
      params: { leverage: { lognormal: [2.5, 0.5], max: 25 }, answers: 0, reduces: 0 },
    },
  ],
  shock: { kind: 'sale', at: '10 s', lots: { grid: [100e3, 200e3, 300e3, 400e3, 500e3, 600e3] } },
  policies: { plain: { margin: { rule: 'flat', leverage: 25 }, ladder: 'immediate' } },
});

// 2. Of each sale and run, the world just before it, and two futures of it: as it is, and with nobody liquidated.
const sales = [100, 200, 300, 400, 500, 600]; // BTC, of 1000 lots each
const rows = sales.flatMap((sale, shock) =>
  Array.from({ length: experiment.runs }, (_, run) => {
    const world = simulate(experiment, { shock, run });
    const before = world.run(world.shock_us - 1).book();
    const twin = world.fork({ engine: 'off' });
    const fall = ({ bid }: { bid: number }) => 1 - bid / before.bid;
    const [without, withThem] = [fall(twin.run().book()), fall(world.run().book())];
    return { sale, run, without, with: withThem, forced: world.moment().liquidations };
  }),
);

// 3. What came out, as a table …
for (const sale of sales) {
  const own = rows.filter((row) => row.sale === sale);
  const mean = (of: (row: (typeof rows)[number]) => number) =>
    own.reduce((sum, row) => sum + of(row), 0) / own.length;
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const line = [
    `${sale} BTC`,
    percent(mean((row) => row.without)),
    percent(mean((row) => row.with)),
    mean((row) => row.forced).toFixed(0),
  ];
  console.log(line.map((cell) => cell.padStart(10)).join(''));
}

// 4. … and as a figure.
const values = rows.flatMap(({ sale, without, with: withThem }) => [
  { sale, fall: without, market: 'nobody liquidated' },
  { sale, fall: withThem, market: 'as it is' },
]);
const svg = await drawFigure({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  title: 'What a sale does to the price, with and without liquidations',
  width: 420,
  height: 260,
  data: { values },
  encoding: {
    x: { field: 'sale', type: 'quantitative', title: 'sold at once, BTC' },
    y: {
      field: 'fall',
      type: 'quantitative',
      title: 'fall of the best bid after 50 s',
      axis: { format: '.0%' },
    },
    color: { field: 'market', type: 'nominal', title: null },
  },
  layer: [
    {
      mark: { type: 'line', interpolate: 'linear' },
      encoding: { y: { aggregate: 'mean', field: 'fall', type: 'quantitative' } },
    },
    { mark: 'point' },
  ],
});
writeFileSync('how-deep-is-the-book.svg', svg);
