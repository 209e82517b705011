/** Results as a report reads them, small and the same for ever: two policies, three falls, made-up numbers. */
import type { RunResults, SensitivityResults, TuneResults } from '../../src/report/results.ts';
import type { Estimate } from '../../src/stats/estimate.ts';

export const POLICIES = ['flat', 'ladder'] as const;
export const SHOCKS = ['value changes by -2 %', 'value changes by -3 %', 'value changes by -5 %'] as const;

const estimate = (value: number, half: number): Estimate => ({
  value,
  low: value - half,
  high: value + half,
});
const share = (value: number): Estimate => ({
  value,
  low: Math.max(0, value - 0.15),
  high: Math.min(1, value + 0.12),
});

/** Policy 0 is the worse one; each larger fall is. */
function metricsOf(policy: number, shock: number): Record<string, unknown> {
  const worse = (1 + shock) * (policy === 0 ? 2 : 1);
  const p = [0, 0.25, 0.5, 0, 0.8, 0, 1][worse] ?? 1;
  return {
    p_systemic: share(p),
    accounts_mean: estimate(100 * worse, 12),
    accounts_p95: { value: 120 * worse, low: 110 * worse, high: NaN },
    share_mean: estimate(0.04 * worse, 0.006),
    share_p95: { value: 0.05 * worse, low: 0.045 * worse, high: NaN },
    liquidated_p95: { value: 5e7 * worse, low: 4.5e7 * worse, high: NaN },
    branching_ratio: estimate(0.2, 0.03),
    caused_share: estimate(0.15, 0.02),
    deepest_generation: estimate(3 + shock, 0.4),
    amplification: estimate(1 + 0.5 * worse, 0.2),
    worst_move: estimate(0.03 * worse, 0.002),
    healthy_again_60s: estimate(0.1, 0.04),
    bad_debt: estimate(1.25e6 * worse * worse, 2e5 * worse),
    bad_debt_p95: { value: 2.1e6 * worse, low: 1.9e6 * worse, high: NaN },
    p_uncovered: share(0),
    insurance_used: estimate(1e6, 1e5),
    fund_change: estimate(-9e5, 1e5),
    shared: estimate(0, 0),
    written_off: estimate(0, 0),
    taken_over: estimate(0, 0),
    bearers: estimate(0, 0),
    calls: estimate(120 * worse, 10),
    calls_unmet: estimate(0, 0),
    initial_over_equity: estimate(0.4, 0.01),
    equity_over_maintenance: estimate(5, 0.1),
    worst_equity_over_maintenance: estimate(4, 0.1),
    breaking_over_depth: estimate(1.2, 0.05),
    tail_index: { value: NaN, low: NaN, high: NaN },
    tail_index_by_liquidations: { value: NaN, low: NaN, high: NaN },
    clustering_10s: { value: NaN, low: NaN, high: NaN },
    clustering_10s_by_liquidations: { value: NaN, low: NaN, high: NaN },
    staleness_s: estimate(1.5, 0.2),
    detection_s: { value: 0.05, low: NaN, high: NaN },
    answer_s: policy === 1 ? estimate(20, 3) : { value: NaN, low: NaN, high: NaN },
    execution_s: estimate(policy === 1 ? 40 : 0.1, 0.05),
    call_s: estimate(policy === 1 ? 60 : 0.2, 0.05),
    branching_0s: estimate(1.3, 0.2),
    branching_10s: estimate(0.6, 0.1),
    branching_30s: estimate(0.2, 0.1),
    branching_60s: { value: NaN, low: NaN, high: NaN },
    branching_120s: { value: NaN, low: NaN, high: NaN },
    lac: { ...estimate(3e8 / (policy === 0 ? 3 : 1), 4e7), probability: 0.95 },
    lac_curve: [10, 30, 100].map((window_s) => ({
      ...estimate((3e8 * Math.sqrt(window_s / 10)) / (policy === 0 ? 3 : 1), 4e7),
      window_s,
      probability: 0.95,
      continuations: 40,
      absorbed: [],
    })),
  };
}

const FRONTIER_METRICS = [
  {
    name: 'margin_posted',
    title: 'margin posted',
    column: 'margin_posted',
    unit: 'share',
    role: 'cost',
    better: 'less',
  },
  {
    name: 'p_systemic',
    title: 'P(cascade)',
    column: 'systemic',
    unit: 'probability',
    role: 'safety',
    better: 'less',
  },
  { name: 'bad_debt', title: 'bad debt', column: 'bad_debt', unit: 'money', role: 'safety', better: 'less' },
];

/** With other texts where a test puts them. */
export function example(texts: { readonly question?: string; readonly policy?: string } = {}): RunResults {
  const names = [texts.policy ?? POLICIES[0], POLICIES[1]];
  const cells = SHOCKS.flatMap((shock, s) =>
    names.map((policy, p) => ({
      labels: { policy, shock },
      runs: 40,
      lost: 0,
      caveats: [],
      metrics: metricsOf(p, s),
    })),
  );
  const frontierRow = (policy: number) => ({
    policy: names[policy],
    metrics: {
      margin_posted: estimate(0.2 + 0.01 * policy, 0.0014),
      p_systemic: share(0.6 - 0.3 * policy),
      bad_debt: estimate(3.5867e7 / (1 + 2 * policy), 3.6e6),
    },
    verdict: policy === 1 ? 'on the frontier' : 'dominated',
    no_verdict: [],
    dominated_by: policy === 1 ? [] : [{ policy: names[1], shown: true }],
  });
  const comparisons = SHOCKS.map((shock, s) => ({
    labels: { policy: names[1], shock },
    against: names[0],
    metrics: {
      p_systemic: estimate(-0.3, 0.2),
      share_mean: estimate(-0.04 * (1 + s), 0.01),
      bad_debt: estimate(-3e6 * (1 + s), 1e6),
    },
  }));
  const manifest = {
    unwind: '0.1.0',
    code: '0123456789ab',
    experiment: 'example',
    question: texts.question ?? 'How far must the price fall before liquidations feed themselves?',
    seed: 'example',
    runs: 40,
    stop: { rounds: 1, because: 'runs' },
    results_hash: 'f'.repeat(64),
    command: 'unwind run example.yaml',
    sets: ['runs=40'],
    inputs: [
      { file: 'example.yaml', sha256: 'a'.repeat(64) },
      { file: 'data/book.csv', sha256: 'b'.repeat(64), read_as: '1000 bids and 1000 asks' },
    ],
    warnings: [],
    node: 'v20.20.2',
    host: { cpu: 'a processor', cores: 2, platform: 'linux x64' },
    timing: { started: '2026-11-28T10:00:00.000Z', seconds: 65, workers: 2 },
    summary: {
      cells,
      comparisons,
      frontier: {
        money: 'USDT',
        metrics: FRONTIER_METRICS,
        blocks: [{ shock: 'all shocks', rows: [frontierRow(0), frontierRow(1)] }],
      },
    },
    failures: [],
    tables: [],
    parts: [],
  } as unknown as RunResults['manifest'];
  const { unwind, code, command, experiment, question, seed, sets, inputs, warnings } = manifest;
  return {
    kind: 'run',
    folder: 'out',
    origin: { unwind, code, command, experiment, question, seed, sets, inputs, warnings },
    timing: manifest.timing,
    money: 'USDT',
    manifest,
    venues: [],
    ladders: { flat: ['full'], ladder: ['cancel-orders', 'call', 'partial', 'takeover'] },
    cascade: 'caused_drop >= 3 %',
    comparison: undefined,
    assumptions: [{ title: 'Entities', lines: ['Account: money.', 'Instrument BTCUSDT.'] }],
  };
}

export const margins: RunResults = {
  ...example(),
  manifest: {
    ...example().manifest,
    summary: {
      comparisons: [],
      cells: ['flat', 'ewma'].map((margin, i) => ({
        labels: { margin },
        runs: 1,
        metrics: {
          peak_to_trough: { value: 1 + 5 * i, low: NaN, high: NaN },
          trough_to_peak: { value: 1 + 3 * i, low: NaN, high: NaN },
          call_1d: { value: 0.15 * i, low: NaN, high: NaN },
          call_5d: { value: 0.18 * i, low: NaN, high: NaN },
          call_30d: { value: 0.2 * i, low: NaN, high: NaN },
          mean_margin: { value: 0.1, low: NaN, high: NaN },
          breaches: { value: 0.02, low: 0.012, high: 0.037 },
          breaches_short: { value: 0.025, low: 0.015, high: 0.042 },
        },
      })),
    },
  },
};

export const sensitivity: SensitivityResults = {
  ...example(),
  kind: 'sensitivity',
  result: {
    parameters: ['market.depth', 'shock.change'].map((path) => ({
      path,
      low: 0,
      high: 1,
      unit: '',
      scale: 'linear',
    })),
    policy: 'flat',
    design: 'sobol',
    runs: 2,
    points_with_losses: 0,
    points: Array.from({ length: 16 }, () => ({})),
    outputs: [
      {
        output: 'bad_debt',
        unit: 'money',
        means: [],
        noise_variance: 0.1,
        indices: {
          first: [estimate(0.2, 0.05), estimate(0.5, 0.1)],
          total: [estimate(0.3, 0.06), estimate(0.7, 0.12)],
          noise_share: 0.05,
        },
      },
    ],
  } as unknown as SensitivityResults['result'],
};

export const tune: TuneResults = {
  ...example(),
  kind: 'tune',
  result: {
    parameters: [],
    objectives: [],
    policy: 'flat',
    runs: 10,
    fresh_runs: 40,
    finalists: [{}, {}],
    frontier: example().manifest.summary.frontier!,
    points: Array.from({ length: 25 }, () => ({})),
  } as unknown as TuneResults['result'],
};
