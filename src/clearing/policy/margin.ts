/**
 * The margin of a policy as an experiment file writes it (a rule, wrappers round it, a schedule), and its compilation to one
 * margin rule whose numbers all lie in one column of the world.
 */
import { z } from 'zod';
import { at } from '../../core/errors.ts';
import { marginRules, marginWrappers } from '../margin/index.ts';
import { share } from '../../core/settings.ts';
import { NO_MARKET } from '../margin/market-view.ts';
import { withOwned } from '../margin/owned.ts';
import type {
  FileReference,
  MarginContext,
  MarginRule,
  MarginRuleDefinition,
  MarginWrapperDefinition,
  RuleContext,
} from '../margin/rule.ts';
import type { Changes } from '../risk/requirement.ts';
import type { Piece, ScheduleSettings } from '../margin/schedule.ts';
import { gapOf, isDelayed, Schedule, scheduleSettings, scheduleSlots } from '../margin/schedule.ts';
import { tagged } from '../../core/tagged.ts';

const wrapperSchema = tagged('wrapper', marginWrappers);

export const marginSchema = tagged('rule', marginRules, {
  wrappers: z.array(wrapperSchema).default([]).describe('Wrappers round the rule, innermost first.'),
  spot_haircut: share({ most: 1 })
    .optional()
    .describe('Of spot coins: share of their value that equity must have; none if left out.'),
  ...scheduleSettings,
});

export type MarginSettings = z.output<typeof marginSchema>;

export type Tagged = Readonly<Record<string, unknown>>;

/** A rule or wrapper with its settings and where they stand in the margin's block. */
interface Layer {
  readonly definition: MarginRuleDefinition | MarginWrapperDefinition;
  readonly settings: Tagged;
  readonly path: readonly (string | number)[];
}

function layersOf(margin: MarginSettings): readonly Layer[] {
  const { rule, wrappers } = margin as unknown as {
    readonly rule: unknown;
    readonly wrappers: readonly Tagged[];
  };
  return [
    {
      definition: marginRules.get(rule),
      settings: without(margin, 'rule', 'wrappers', 'spot_haircut', ...Object.keys(scheduleSettings)),
      path: [],
    },
    ...wrappers.map((wrapper, i) => ({
      definition: marginWrappers.get(wrapper['wrapper']),
      settings: without(wrapper, 'wrapper'),
      path: ['wrappers', i],
    })),
  ];
}

/** An object less some keys. */
export function without(value: Tagged, ...keys: readonly string[]): Tagged {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function slotsOf({ definition, settings }: Layer): number {
  const { slots = 0 } = definition;
  return typeof slots === 'number' ? slots : slots(settings);
}

function termsOf({ definition }: Layer): number {
  return definition.terms ?? 0;
}

/** Least time between updates that any of the layers asks for; undefined where none ever changes. */
function intervalOf(layers: readonly Layer[]): number | undefined {
  const intervals = layers.flatMap(({ settings: { interval } }) =>
    typeof interval === 'number' ? [interval] : [],
  );
  return intervals.length === 0 ? undefined : Math.min(...intervals);
}

/** Numbers of its own that the margin keeps for each instrument. */
export function marginSlots(margin: MarginSettings): number {
  const schedule = margin as unknown as ScheduleSettings;
  const layers = layersOf(margin);
  const terms = layers.reduce((sum, layer) => sum + termsOf(layer), 0);
  const slots = layers.reduce((sum, layer) => sum + slotsOf(layer), 0);
  const sets = isDelayed(schedule) ? 2 : 1;
  return slots + sets * terms + scheduleSlots(schedule, terms, intervalOf(layers));
}

/** Data files that the margin names, each with its path inside the block. */
export function marginFiles(
  margin: MarginSettings,
): readonly (FileReference & { readonly path: (string | number)[] })[] {
  return layersOf(margin).flatMap(({ definition, settings, path }) =>
    (definition.files?.(settings) ?? []).map((reference) => ({
      ...reference,
      path: [...path, reference.key],
    })),
  );
}

/** Compiles a margin block. Throws ConfigError with the path inside it. */
export function compileMargin(margin: MarginSettings, context: MarginContext): MarginRule {
  const settings = margin as unknown as ScheduleSettings;
  const { state } = context;
  const instruments = context.instruments.length;
  let used = 0;
  const take = (width: number): Piece => {
    const start = used;
    used += width * instruments;
    return { start, width };
  };
  const view = ({ start, width }: Piece): Float64Array => state.subarray(start, start + width * instruments);
  const computed: Piece[] = [];
  const inForce: Piece[] = [];
  const layers = layersOf(margin);
  let rule: MarginRule | undefined;
  for (const layer of layers) {
    const slots = take(slotsOf(layer));
    computed.push(take(termsOf(layer)));
    inForce.push(isDelayed(settings) ? take(termsOf(layer)) : computed.at(-1)!);
    const own: RuleContext = {
      market: NO_MARKET,
      ...context,
      state: view(slots),
      computed: view(computed.at(-1)!),
      inForce: view(inForce.at(-1)!),
    };
    rule = at(layer.path, () => compileLayer(layer, own, rule));
  }
  const terms = computed.reduce((sum, piece) => sum + piece.width, 0);
  const interval = intervalOf(layers);
  const own = view(take(scheduleSlots(settings, terms, interval)));
  const { spot_haircut = 0 } = margin as { readonly spot_haircut?: number };
  const whole = withOwned(rule!, context.instruments, spot_haircut);
  return scheduled(whole, new Schedule(settings, interval, state, own, computed, inForce));
}

function compileLayer({ definition, settings }: Layer, context: RuleContext, inner?: MarginRule): MarginRule {
  return inner === undefined
    ? (definition as MarginRuleDefinition).compile(settings, context)
    : (definition as MarginWrapperDefinition).compile(settings, context, inner);
}

function scheduled(rule: MarginRule, schedule: Schedule): MarginRule {
  return {
    ...rule,
    schedule,
    reset(instrument, mark) {
      rule.reset?.(instrument, mark);
      schedule.reset(instrument, mark);
    },
  };
}

/** Time between the moments at which requirements may change by themselves, µs; Infinity: they do not. */
export function updatesEvery({ schedule, interval_us }: Changes): number {
  const recompute = schedule?.recompute;
  if (typeof recompute === 'object') return 'at' in recompute ? Infinity : gapOf(recompute);
  return interval_us ?? Infinity;
}
