/** Mistakes in the population, the shocks and the policies of an experiment. */
import { beforeEach, describe, expect, test } from 'vitest';
import { bench } from './fixtures/experiment.ts';

const { errorOf, write, reset } = bench();
beforeEach(reset);

type Case = readonly [from: string, to: string, message: string];

const NEEDS_TIME = 'needs a time with its unit, such as 100 ms or 5 s';

describe('the population', () => {
  test.each<Case>([
    [
      '[2.0, 0.7]',
      '2.0',
      'small.yaml:13:38  population[1].params.leverage.lognormal: needs [mean of log, sd of log], got 2.0',
    ],
    [
      '[2.0, 0.7]',
      '[2.0, -0.7]',
      'small.yaml:13:44  population[1].params.leverage.lognormal[1]: needs a number of at least 0 and at most 100, got -0.7',
    ],
    [
      'lognormal',
      'lognorml',
      'small.yaml:13:27  population[1].params.leverage.lognorml: unknown key; did you mean lognormal?',
    ],
    [
      'lognormal: [2.0, 0.7], max: 50',
      '',
      'small.yaml:13:25  population[1].params.leverage: ' +
        'needs one of the keys lognormal, normal, uniform, exponential, pareto, choice, got {  }',
    ],
    [
      'max: 50',
      'max: 50, min: 60',
      'small.yaml:13:55  population[1].params.leverage.max: needs to be at least min, got 50',
    ],
    [
      'lognormal: [2.0, 0.7]',
      'uniform: [5, 3]',
      'small.yaml:13:36  population[1].params.leverage.uniform: needs [low, high] with low at most high, got [5, 3]',
    ],
    [
      'leverage: {',
      'size: {',
      'small.yaml:13:21  population[1].params.size.unit: missing, needs what the logarithm counts, such as BTC',
    ],
    [
      'kind: noise',
      'kind: nois',
      'small.yaml:10:13  population[0].kind: needs one of touch-maker, depth-provider, metaorder, ' +
        'taker, arbitrageur, dislocation-buyer, leverage-fund, speculator, hunter, mean-reverter, basis-trader, zero-intelligence, noise, market-maker, ' +
        'value, trend, leveraged-holder, ' +
        'liquidator, dip-buyer, ' +
        'got nois; did you mean noise?',
    ],
    ['kind: noise', 'knd: noise', 'small.yaml:10:7  population[0].knd: unknown key; did you mean kind?'],
    ['count: 3', 'count: many', 'small.yaml:10:27  population[0].count: needs a whole number, got many'],
    [
      'count: 3',
      'count: 3, params: { rat: 3 per s }',
      'small.yaml:10:40  population[0].params.rat: unknown key; did you mean rate?',
    ],
    [
      'count: 3',
      'count: 3, params: { rate: { uniform: [1, 2] } }',
      'small.yaml:10:46  population[0].params.rate: needs one rate: all agents of the group share a clock, ' +
        'got { uniform: [1, 2] }',
    ],
    [
      'count: 3',
      'count: 3, params: { size: 3 ETH }',
      'small.yaml:10:46  population[0].params.size: needs a size in BTC, its worth in USDT or a number of lots, got 3 ETH',
    ],
    [
      'count: 3',
      'count: 3, params: { rate: -3 per s }',
      'small.yaml:10:46  population[0].params.rate: must not be negative, got -3 per s',
    ],
    [
      'count: 2',
      'count: 2\n    open_interest: lots',
      'small.yaml:13:20  population[1].open_interest: needs a size in BTC or a number of lots, ' +
        'an amount of USDT, or such as 1.2 depths, got lots',
    ],
    [
      'count: 3',
      'count: 3, instrument: ETH',
      'small.yaml:10:42  population[0].instrument: there is no instrument ETH; known: BTC',
    ],
    [
      'count: 2',
      'count: 2\n    name: noise',
      'small.yaml:13:11  population[1].name: noise is the name of entry 0 already',
    ],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });
});

describe('shocks and policies', () => {
  test.each<Case>([
    ['at: 10 s', 'at: 2 min', 'small.yaml:14:36  shock.at: is after the end of the run (until 1 min)'],
    [
      'over: 5 s',
      'over: 5 min',
      'small.yaml:14:48  shock.over: goes on after the end of the run (until 1 min)',
    ],
    ['at: 10 s, ', '', `small.yaml:14:8  shock.at: missing, ${NEEDS_TIME}`],
    [
      'notional: 1000',
      'notional: { grid: [1, -2] }',
      'small.yaml:14:75  shock.notional.grid[1]: needs a number above 0 and at most 1e15, got -2',
    ],
    [
      'notional: 1000',
      'notional: { grd: [1] }',
      'small.yaml:14:65  shock.notional.grd: unknown key; did you mean grid?',
    ],
    [
      'notional: 1000',
      'notional: { grid: [1, 1] }',
      'small.yaml:14:75  shock.notional.grid[1]: the grid has 1 twice',
    ],
    [
      'notional: 1000',
      'notional: 1000, instrument: ETH',
      'small.yaml:14:81  shock.instrument: there is no instrument ETH; known: BTC',
    ],
    [
      'sell-programme',
      'sell-program',
      'small.yaml:14:16  shock.kind: needs one of sell-programme, sale, value-jump, withdrawal, got sell-program; ' +
        'did you mean sell-programme?',
    ],
    [
      '{ kind: sell-programme, at: 10 s, over: 5 s, notional: 1000 }',
      '{ kind: withdrawal, at: 1 s, duration: 1 s, agents: noisy }',
      'small.yaml:14:60  shock.agents: there is no group of noisy in the population; did you mean noise?',
    ],
    [
      'rule: flat',
      'rule: flatt',
      'small.yaml:16:27  policies.flat.margin.rule: needs one of flat, tiered, size-slope, open-interest, ewma-var, historical, filtered-historical, stress, got flatt; did you mean flat?',
    ],
    [
      'rule: flat, ',
      '',
      'small.yaml:16:19  policies.flat.margin.rule: missing, needs one of flat, tiered, size-slope, open-interest, ewma-var, historical, filtered-historical, stress',
    ],
    [
      'leverage: 10',
      'levrage: 10',
      'small.yaml:16:33  policies.flat.margin.levrage: unknown key; did you mean leverage?',
    ],
    [
      'leverage: 10 }',
      'leverage: 10 }, ladder: immediat',
      'small.yaml:16:57  policies.flat.ladder: needs one of immediate, partial-then-full, call-then-full, ' +
        'call-then-partial, got immediat; did you mean immediate?',
    ],
    [
      'leverage: 10 }',
      'leverage: 10 }, ladder: [{ rung: ful }]',
      'small.yaml:16:66  policies.flat.ladder[0].rung: needs one of warn, search, call, restrict, cancel-orders, partial, step-down, enough, paced, full, auction, takeover, got ful; did you mean full?',
    ],
    [
      'leverage: 10 }',
      'leverage: 10 }, ladder: [{ rung: search, at: 101 % }, { rung: call, at: 110 % }, { rung: full }]',
      'small.yaml:16:105  policies.flat.ladder[1].at: 110 % is a higher level than the 101 % of the rung before; ' +
        'list rungs from the highest level down',
    ],
    [
      'leverage: 10 }',
      'leverage: 10 }, ladder: [{ rung: full, at: 50 % }, { rung: takeover }]',
      'small.yaml:16:84  policies.flat.ladder[1].at: 100 % is a higher level than the 50 % of the rung before; ' +
        'list rungs from the highest level down',
    ],
    [
      'leverage: 10 }',
      'leverage: 10 }, ladder: [{ rung: auction, kind: sealed, rounds: 3 }]',
      'small.yaml:16:97  policies.flat.ladder[0].rounds: is not for an auction of kind sealed',
    ],
    [
      'leverage: 10',
      'leverage: 10, wrappers: [{ wrapper: floor, rate: 0.1, quantile: 0.5 }]',
      'small.yaml:16:82  policies.flat.margin.wrappers[0].rate: give either rate, or quantile and history, or lookback',
    ],
    [
      'tiers.json#X',
      '[[0, 5e4, .004, 125, 0], [6e4, 7e4, .005, 100, 60]]',
      'small.yaml:17:68  policies.tiers.margin.tiers[1]: a gap: starts at 60000, but the tier before ends at 50000',
    ],
    [
      'flat:',
      '"f l at":',
      'small.yaml:16:3  policies.f l at: a policy’s name is made of letters, digits, - and _',
    ],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });

  test('all mistakes are told at once, in the order of their places', () => {
    write('book.csv', '');
    write('tiers.json', '[]');
    expect(
      errorOf('leverage: { log', 'sze: 4, leverage: { log', { sets: ['runs=0', 'x.y=2', 'until'] }),
    ).toBe(
      [
        '--set until  needs path=value, such as market.latency.order=5ms',
        '--set runs=0  runs: needs a whole number of at least 1 and at most 1e8, got 0',
        '--set x.y=2  x: unknown key; known: question, seed, runs, stop, tune, sensitivity, plugins, until, market, population, ' +
          'shock, shocks, policies, systemic_when, facts, measures, calibrate, markets, rare, counterfactuals, lac',
        'small.yaml:7:70  market.instruments[0].book.snapshot: book.csv:1  needs rows of side,price,quantity',
        'small.yaml:13:15  population[1].params.sze: unknown key; did you mean size?',
        'small.yaml:17:43  policies.tiers.margin.tiers: tiers.json is one table; it has none named X',
      ].join('\n'),
    );
    reset();
  });

  test('what is broken in one part hides nothing in another, and is blamed for nothing', () => {
    const groups =
      'population:\n  - { kind: trend, count: x, name: a }\n' +
      '  - { kind: noise, count: 1, params: { size: 1 ETH }, instrument: BTC }\n' +
      '  - { kind: leveraged-holder, name: c, count: 1, same_traders_as: a, params: { size: 1 ETH, reserve: 2 km } }';
    expect(
      errorOf('population:', groups, {
        sets: [
          'policies.a={ preset: bnance }',
          'policies.flat.margin.x=1',
          'until=soon',
          'shock.agents=trend',
        ],
      }).split('\n'),
    ).toEqual([
      '--set policies.a={ preset: bnance }  policies.a.preset: there is no preset bnance; did you mean binance?',
      '--set policies.flat.margin.x=1  policies.flat.margin.x: unknown key; known: leverage, maintenance_rate, rule, wrappers, ' +
        'spot_haircut, recompute, notice',
      '--set until=soon  until: needs a time with its unit, such as 100 ms or 5 s, got "soon"',
      '--set shock.agents=trend  shock.agents: unknown key; known: kind, at, over, every, notional, instrument, venue',
      'small.yaml:10:27  population[0].count: needs a whole number, got x',
      'small.yaml:11:46  population[1].params.size: needs a size in BTC, its worth in USDT or a number of lots, got 1 ETH',
      'small.yaml:12:86  population[2].params.size: needs a size in BTC, its worth in USDT or a number of lots, got 1 ETH',
      'small.yaml:12:102  population[2].params.reserve: needs a number or a percentage, got 2 km',
    ]);
  });
});
