// Collateral assets in an experiment file: what they become, and what is refused.
import { linear } from '../../../../src/contracts/linear.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { cells, compileScenario } from '../../../../src/models/experiment.ts';
import { bench } from '../../../experiment/fixtures/experiment.ts';

const { market, errorOf, reset } = bench();
afterEach(reset);

const LATENCY = '  latency: { order: 2 ms }\n';
const withAssets = (...assets: string[]) =>
  `${LATENCY}  collateral:\n${assets.map((asset) => `    - { ${asset} }\n`).join('')}`;
const ETH = 'name: ETH, tick: 0.01 USDT, lot: 0.001 ETH, price: 3000 USDT';

describe('market.collateral', () => {
  test('becomes assets in ticks, lots and quanta', () => {
    const rest =
      'haircut: 10 %, size_discount: 0.002, deposit_scale_start: 5e6 USDT, penalty: 2 %, follows: BTC, beta: 1.2, every: 2 s';
    const experiment = market(LATENCY, withAssets(`${ETH}, ${rest}`));
    const { assets } = compileScenario(experiment, cells(experiment)[0]!).venues[0]!;
    // 0.01 · 0.001 is the finest step, so a quantum is 10⁻⁵.
    expect(experiment.quantaPerUnit).toBe(100_000);
    expect(assets).toEqual([
      {
        name: 'ETH',
        contract: linear(1),
        lot: 0.001,
        price: 300_000,
        haircut_ppm: 100_000,
        size_discount: 0.002,
        deposit_scale_start: 5e11,
        penalty_ppm: 20_000,
        volatility: 0,
        every_us: 2e6,
        follows: 0,
        of: 'mark',
        beta: 1.2,
      },
    ]);
  });

  test('is empty if left out, and money is as fine as before', () => {
    const experiment = market();
    expect(experiment.venues[0]!.assets).toEqual([]);
    expect(experiment.quantaPerUnit).toBe(10_000);
  });

  test.each([
    [withAssets(`${ETH}, follows: XRP`), 'there is no instrument XRP'],
    [withAssets(`${ETH}, beta: 2`), 'there is nothing to follow'],
    [withAssets(ETH, ETH), 'ETH is the name of entry 0 already'],
    [withAssets(ETH.replace('ETH', 'BTC')), 'BTC is the name of an instrument already'],
    [withAssets(`${ETH}, haircut: 110 %`), 'must be'],
    [withAssets(ETH.replace('3000', '3000.001')), 'needs a positive multiple of the tick, 0.01'],
    [withAssets(ETH.replace('0.01 USDT', '0.01 EUR')), 'needs an amount of USDT'],
  ])('%s is refused', (to, message) => {
    expect(errorOf(LATENCY, to)).toContain(message);
  });
});

describe('a holder that brings an asset', () => {
  const LEVERAGE = 'leverage: { lognormal: [2.0, 0.7], max: 50 }';
  test('needs one', () => {
    expect(errorOf(LEVERAGE, `${LEVERAGE}, asset_share: 30 %`)).toContain('list one in market.collateral');
  });

  test('needs one of those that there are', () => {
    const both = (asset: string) =>
      market(LATENCY, withAssets(ETH), { sets: ['population[1].params.asset_share=0.3', asset] });
    expect(() => both('population[1].params.asset=2')).toThrow('needs one number from 1 to 1');
    expect(both('population[1].params.asset=1').groups[1]!.params['asset_share']).toEqual({
      kind: 'constant',
      value: 0.3,
    });
  });
});
