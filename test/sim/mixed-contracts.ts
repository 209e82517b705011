// Sampled markets in which some instruments are inverse or spot: the same prices, lots worth as much at the first price.
import type { ContractTerms } from '../../src/contracts/contract.ts';
import { spot } from '../../src/contracts/spot.ts';
import { tickLotOf } from '../contracts/tick-lot.ts';
import { policyOf } from './by-hand.ts';
import type { Sample } from './sampled-scenario.ts';
import { sampleScenario } from './sampled-scenario.ts';
import { Sampler } from './sampler.ts';

/** A sampled scenario with other contracts; the first instrument is inverse unless the policy counts coins. */
export function sampleMixed(seed: string): Sample {
  const sample = sampleScenario(seed);
  const s = new Sampler(`${seed}, contracts`);
  const countsCoins = JSON.stringify(sample.policy).includes('size-slope');
  const venue = sample.scenario.venues[0]!;
  const instruments = venue.instruments.map((spec, i) => {
    const drawn = i === 0 ? 'inverse' : s.pick('linear', 'inverse', 'spot');
    const kind = drawn === 'inverse' && countsCoins ? 'spot' : drawn;
    const unit = tickLotOf(spec.contract);
    const inverse = { kind, face: spec.price * unit, up: s.whole(1, 3), down: s.whole(200, 5000) };
    const contract: ContractTerms =
      kind === 'inverse' ? inverse : kind === 'spot' ? spot(unit) : spec.contract;
    return { ...spec, contract };
  });
  const haircut = s.pick(undefined, '0 %', '7.5 %');
  const margin = { ...sample.policy.margin, ...(haircut === undefined ? {} : { spot_haircut: haircut }) };
  const policy = { ...sample.policy, margin };
  const scenario = { ...sample.scenario, venues: [{ ...venue, instruments, ...policyOf(policy) }] };
  return { ...sample, policy, scenario };
}
