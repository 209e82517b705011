/**
 * A simulated market in an experiment file: instruments, population, shocks, and policies that are compared.
 */
import { z } from 'zod';
import { duration } from '../../../core/settings.ts';
import { registeredAt } from '../../../sim/scenario/scenario.ts';
import { assertExact } from '../../../sim/scenario/scenario.ts';
import { assertFits } from '../../../sim/scenario/tables.ts';
import { absorptionSchema, readAbsorption } from './absorption.ts';
import { calibrateSchema, readCalibration } from './calibrate.ts';
import { capacityOf, capacitySchema, poolsOf } from './capacity.ts';
import type { MarketFields, MarketWorld } from './compile.ts';
import { collateralSchema } from './collateral.ts';
import { compileScenario } from './compile.ts';
import { checkCounterfactuals, counterfactualsSchema } from './counterfactuals.ts';
import { activitySchema, jumpsSchema, readActivity, readCommonJumps } from './dynamics.ts';
import type { Reading } from '../../../experiment/experiment.ts';
import type { CommonFields } from '../../../experiment/experiment.ts';
import { commonShape, defineModel } from '../../../experiment/experiment.ts';
import { factsSchema } from '../../../experiment/facts.ts';
import { instrumentSchema, unitsOf } from './instruments.ts';
import { latencySchema } from './latency.ts';
import { marketsSchema, readMarkets } from '../../../experiment/markets.ts';
import type { Group, WrittenGroup } from './population.ts';
import { groupSchemas } from './population.ts';
import { checkPolicies, readPolicyFiles, readRules } from './policies.ts';
import { marketPolicySchema } from './policy-at.ts';
import { marketParts } from './parts.ts';
import type { RareMarketSettings } from './rare-market.ts';
import { rareMarketSchema, readRareMarket } from './rare-market.ts';
import { readGroups } from './read-groups.ts';
import { readMarket } from './read-venues.ts';
import type { ShockVariant } from './shocks.ts';
import { checkShock, shockSchema, shockVariants } from './shocks.ts';
import type { Path } from '../../../experiment/source.ts';
import { readSystemic, systemicSchema } from './systemic.ts';
import type { ReadVenue } from './venues.ts';
import { venuesSchema } from './venues.ts';
import { checkMeasures } from './measures.ts';
import { checkWork } from './work.ts';
import type { TradingRules } from '../../../sim/terms/trading-rules.ts';

const schema = z.strictObject({
  ...commonShape,
  until: duration({ positive: true }).describe('Simulated time of a run.'),
  market: z.strictObject({
    money: z.string().min(1).default('USDT').describe('Unit of money.'),
    instruments: z.array(instrumentSchema).min(1),
    activity: activitySchema.optional(),
    common_jumps: jumpsSchema
      .optional()
      .describe('Jumps that come at once for all instruments whose index has something in common.'),
    collateral: collateralSchema,
    latency: latencySchema,
    venues: venuesSchema.optional(),
    capacity: capacitySchema
      .default({})
      .describe('Sizes of the pools; what is left out follows from the population.'),
  }),
  population: z.array(groupSchemas).min(1).describe('Groups of traders.'),
  shock: shockSchema.optional().describe('What is done to the market from outside.'),
  shocks: z.array(shockSchema).min(1).optional().describe('… or several things.'),
  policies: z
    .record(
      z.string().regex(/^[\w-]+$/, { error: 'a policy’s name is made of letters, digits, - and _' }),
      marketPolicySchema,
    )
    .refine((policies) => Object.keys(policies).length > 0, 'needs at least one policy')
    .describe('Compared on the same markets, by name.'),
  systemic_when: systemicSchema,
  facts: factsSchema.optional(),
  measures: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Measures of plug-ins that are taken of every run, by name.'),
  calibrate: calibrateSchema.optional(),
  markets: marketsSchema.optional(),
  rare: rareMarketSchema.optional(),
  counterfactuals: counterfactualsSchema,
  lac: absorptionSchema
    .optional()
    .describe('Liquidity absorption capacity of each policy: the largest sale that it takes.'),
});

/** What a market with a block `rare` adds to an experiment: the probability of one event. */
export type RareMarketFields = MarketWorld & {
  readonly model: 'rare_market';
  readonly rare: RareMarketSettings;
};

export type RareMarketExperiment = CommonFields & RareMarketFields;

/** `until`, `population` and `policies` are missing only from an experiment that is refused in the end. */
type Written = z.output<typeof schema>;

export const market = defineModel({
  block: 'market',
  about: 'Traders meet in limit order books, margin is called, positions are liquidated into the same books.',
  schema,
  parts: marketParts,
  read(written, reading): MarketFields | RareMarketFields {
    const { problems, files, source } = reading;
    const { money, capacity } = written.market;
    const { rare, policies = {}, population = [] } = written as Partial<Written> & Pick<Written, 'rare'>;
    const found = readMarket(written.market, reading);
    const data = readPolicyFiles(policies, found?.venues ?? [{ name: '' }], files, problems);
    const isShocked = hasShock(written) || problems.has(['shock'], ['shocks']);
    const lac = problems.attempt(['lac'], () => written.lac && readAbsorption(written.lac, isShocked));
    const calibrate = problems.attempt(
      ['calibrate'],
      () => written.calibrate && readCalibration(written.calibrate, files, money),
    );
    const markets = problems.attempt(
      ['markets'],
      () => written.markets && readMarkets(written.markets, files, source.file),
    );
    const settings = rare && problems.attempt(['rare'], () => readRareMarket(rare));
    problems.attempt(['measures'], () => checkMeasures(written.measures ?? []));
    if (found === undefined) return problems.fail();
    const { quanta, venues, unitsAt } = found;
    const groups = readGroups(population as unknown as WrittenGroup[], venues, unitsAt, problems);
    const shocks = readShocks(written, venues, quanta, groups, reading);
    const sound = new Set(Object.keys(policies).filter((name) => !problems.has(['policies', name])));
    const rules = readRules(policies, venues, unitsAt, problems);
    const updates_us = checkPolicies(rules, sound, venues, quanta, data, problems);
    const commonJumps = problems.attempt(['market', 'common_jumps'], () =>
      readCommonJumps(
        written.market.common_jumps,
        venues.flatMap(({ instruments }) => instruments),
        unitsOf(money, quanta),
      ),
    );
    const systemic = problems.attempt(['systemic_when'], () =>
      readSystemic(written.systemic_when, unitsAt(0, 0)),
    );
    problems.check(
      ['until'],
      ['market'],
      ['population'],
      ['shock'],
      ['shocks'],
      ['policies'],
      ['systemic_when'],
    );
    const experiment: MarketFields = {
      model: 'market',
      until_us: written.until,
      money,
      quantaPerUnit: quanta,
      venues: venues.map(({ name, instruments, assets, latency }, v) => {
        const all = [...rules.values()].map((one) => one[v]!);
        const own = groups.filter((group) => registeredAt(group).includes(v));
        const waits = all.some(({ trading }) => trading.some(calls));
        const pools = poolsOf(
          capacity,
          instruments,
          own,
          all.map(({ policy }) => policy),
          waits,
        );
        return { name, instruments, assets, latency, capacity: pools };
      }),
      ...(written.market.activity === undefined ? {} : { activity: readActivity(written.market.activity) }),
      ...(commonJumps === undefined ? {} : { commonJumps }),
      groups,
      capacity: capacityOf(capacity, groups),
      shocks,
      policies: Object.fromEntries(
        [...rules].map(([name, all]) => [name, all.map(({ pathOf: _, ...one }) => one)]),
      ),
      systemic: systemic!,
      counterfactuals: written.counterfactuals,
      lac,
      facts: written.facts,
      ...(written.measures === undefined ? {} : { measures: written.measures }),
      calibrate,
      markets,
      data,
    };
    problems.attempt([], () => {
      for (const policy of Object.keys(policies)) {
        const scenario = compileScenario(experiment, { policy, shock: 0 });
        assertExact(scenario);
        assertFits(scenario);
      }
    });
    problems.attempt([], () => checkWork(experiment, updates_us));
    if (!problems.has(['counterfactuals'])) checkCounterfactuals(experiment, problems);
    problems.check();
    return settings === undefined ? experiment : { ...experiment, model: 'rare_market', rare: settings };
  },
});

function hasShock({ shock, shocks }: Written): boolean {
  return shock !== undefined || shocks !== undefined;
}

function calls({ halt, batch_us }: TradingRules): boolean {
  return halt !== undefined || batch_us > 0;
}

function readShocks(
  written: Written,
  venues: readonly ReadVenue[],
  quanta: number,
  groups: readonly Group[],
  { problems, source }: Reading,
): ShockVariant[] {
  const { shock, shocks } = written;
  if (shock !== undefined && shocks !== undefined) {
    problems.add(['shocks'], 'there is a shock already; put all of them here', '', 'key');
    return [];
  }
  const list = shocks ?? (shock === undefined ? [] : [shock]);
  const pathOf = (i: number): Path => (shocks === undefined ? ['shock'] : ['shocks', i]);
  // Of a population that is broken nobody knows who is in it, and of a broken `until` not when it ends.
  const kinds = problems.has(['population']) ? undefined : [...new Set(groups.map(({ kind }) => kind))];
  const end = problems.has(['until'])
    ? undefined
    : { until_us: written.until, until: source.written(['until'])! };
  const variants =
    problems.attempt([], () => shockVariants(list, pathOf, source, written.market.money)) ?? [];
  for (const variant of variants) {
    variant.shocks.forEach((one, i) =>
      problems.attempt(pathOf(i), () => checkShock(one, end, kinds, venues, quanta)),
    );
  }
  return variants;
}
