/** Policies of an experiment, checked before anything runs: the files that they name, and whether they compile. */
import { quantaOf } from '../../../core/whole.ts';
import { updatesEvery } from '../../../clearing/policy/margin.ts';
import type { PolicySettings } from '../../../clearing/policy/policy.ts';
import { compilePolicy, marginSlots, policyFiles } from '../../../clearing/policy/policy.ts';
import type { DataFiles } from '../../../experiment/data-files.ts';
import type { Instrument } from './instruments.ts';
import type { Problems } from '../../../experiment/problems.ts';
import type { Units } from '../../../experiment/quantity.ts';
import type { Path } from '../../../experiment/source.ts';
import type { VenueRules } from '../../../sim/forks/changes/change.ts';
import { latencyUnder } from './latency.ts';
import type { WrittenPolicy } from './policy-at.ts';
import { policyAtVenue } from './policy-at.ts';
import { attemptAt } from './read-venues.ts';
import { readTrading } from './trading.ts';
import type { ReadVenue } from './venues.ts';
import { venueNumber } from './venue-number.ts';

type Data = Readonly<Record<string, Float64Array | number[][]>>;

/** The files that policies name, also those of single venues. */
export function readPolicyFiles(
  policies: Readonly<Record<string, WrittenPolicy>>,
  venues: readonly { readonly name: string }[],
  files: DataFiles,
  problems: Problems,
) {
  const data: Record<string, Float64Array | number[][]> = {};
  for (const [name, written] of Object.entries(policies)) {
    for (const { policy, pathOf } of venues.map((venue) => policyAtVenue(written, venue.name))) {
      for (const { file, kind, path, step_us } of policyFiles(policy)) {
        // A series again: another policy may take another step for its own.
        if (kind === 'tiers' && Object.hasOwn(data, file)) continue;
        problems.attempt(['policies', name, ...pathOf(path)], () => {
          data[file] = kind === 'prices' ? files.prices(file, step_us) : files.tiers(file);
        });
      }
    }
  }
  return data;
}

/** What a policy decides at one venue, and where its parts stand in the policy. */
export interface ReadRules extends VenueRules {
  readonly pathOf: (inside: Path) => Path;
}

/** By policy, then by venue. */
export function readRules(
  policies: Readonly<Record<string, WrittenPolicy>>,
  venues: readonly ReadVenue[],
  unitsAt: (venue: number, instrument: number) => Units,
  problems: Problems,
): ReadonlyMap<string, readonly ReadRules[]> {
  return new Map(
    Object.entries(policies).map(([name, written]) => {
      for (const venue of Object.keys(written.at ?? {}))
        problems.attempt(['policies', name], () => venueNumber(venues, venue, ['at', venue]));
      const all = venues.map(({ name: venue, instruments, latency }, v): ReadRules => {
        const { policy, trading, latencies, pathOf } = policyAtVenue(written, venue);
        const rules = problems.has(['market', 'instruments'])
          ? undefined
          : attemptAt(
              problems,
              (inside) => ['policies', name, ...pathOf(['trading', ...inside])],
              () => instruments.map((one, i) => readTrading({ ...one.trading, ...trading }, unitsAt(v, i))),
            );
        return { policy, trading: rules ?? [], latency: latencyUnder(latency, ...latencies), pathOf };
      });
      return [name, all] as const;
    }),
  );
}

/** Compiles the policies that are `sound` so far once at each venue, for the errors. Returns how often the margin of each changes, µs. */
export function checkPolicies(
  rules: ReadonlyMap<string, readonly ReadRules[]>,
  sound: ReadonlySet<string>,
  venues: readonly ReadVenue[],
  quanta: number,
  data: Data,
  problems: Problems,
): Map<string, number> {
  const updates_us = new Map<string, number>();
  for (const [name, all] of rules) {
    if (!sound.has(name)) continue;
    all.forEach(({ policy, pathOf }, v) => {
      const every_us = attemptAt(
        problems,
        (inside) => ['policies', name, ...pathOf(inside)],
        () => checkPolicy(policy, venues[v]!.instruments, quanta, data),
      );
      if (every_us !== undefined) updates_us.set(name, sooner(updates_us.get(name) ?? 0, every_us));
    });
  }
  return updates_us;
}

/** 0: never. */
function sooner(a_us: number, b_us: number): number {
  return a_us === 0 ? b_us : b_us === 0 ? a_us : Math.min(a_us, b_us);
}

/** Compiles a policy once, for the errors. Returns how often its margin changes, µs. */
function checkPolicy(
  policy: PolicySettings,
  instruments: readonly Instrument[],
  quanta: number,
  data: Data,
): number {
  quantaOf(policy.insurance_fund, quanta, 'insurance_fund');
  const { margin } = compilePolicy(policy, {
    instruments: instruments.map(({ name, contract, lot }) => ({ name, contract, lot: Number(lot) })),
    quantaPerUnit: quanta,
    state: new Float64Array(marginSlots(policy) * instruments.length),
    data: (file) => data[file],
  });
  return updatesEvery(margin.changes);
}
