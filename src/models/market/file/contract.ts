/**
 * What an instrument's lots are, as an experiment file writes it: `contract: inverse`, or with the kind's settings. What there
 * is to say of a kind is said by the kind; nobody is named here but the one that holds if nothing is written.
 */
import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { ContractTerms, ContractUnits } from '../../../contracts/contract.ts';
import { contractKinds } from '../../../contracts/contracts.ts';
import { at } from '../../../core/errors.ts';
import { growing } from '../../../core/registry.ts';
import { tagged } from '../../../core/tagged.ts';
import { stepsOf } from '../../../core/whole.ts';
import { amountOf } from '../../../experiment/quantity.ts';

const PLAIN = 'linear';

/** Tick and lot of an instrument, and of what kind it is, before anything else can be read. */
export interface Steps {
  readonly kind: string;
  readonly tick: Decimal;
  readonly lot: Decimal;
  readonly base: string;
}

/** A kind by its name, with its settings beside it; those that are left out have their defaults. */
export interface WrittenContract {
  readonly kind: string;
  readonly [setting: string]: unknown;
}

const settingsOf = ({ settings }: { readonly settings: z.ZodRawShape }) => z.strictObject(settings);

/** By name alone: with the defaults, if each setting has one. */
const named = (names: readonly string[]) =>
  z.enum(names as [string, ...string[]]).transform((kind, context): WrittenContract => {
    const found = settingsOf(contractKinds.get(kind)).safeParse({});
    if (found.success) return { kind, ...found.data };
    const missing = found.error.issues.map(({ path }) => `${path.join('.')}: …`).join(', ');
    context.issues.push({
      code: 'custom',
      message: `needs its settings: { kind: ${kind}, ${missing} }`,
      input: kind,
    });
    return z.NEVER;
  });

export const contractSchema = growing(
  () =>
    z.union([
      named(contractKinds.names),
      tagged(
        'kind',
        contractKinds.all.map((one) => ({ name: one.kind, about: one.about, settings: settingsOf(one) })),
      ),
    ]) as unknown as z.ZodType<WrittenContract>,
).describe(
  'What its lots are; linear if left out. Of an inverse contract the lot is its face value in money, such as 100 USDT.',
);

export function kindOf(written: WrittenContract | undefined): string {
  return written?.kind ?? PLAIN;
}

/** Money whose largest power of ten below is the quantum: what a tick and lot is worth, unless the kind says otherwise. */
export function finestOf(steps: Pick<Steps, 'kind' | 'tick' | 'lot'>): Decimal {
  return contractKinds.get(steps.kind).finest?.(steps) ?? steps.tick.times(steps.lot);
}

/** Terms in the engine's units, which are in quanta of money. Throws ConfigError, its path from the instrument. */
export function contractTerms(
  written: WrittenContract | undefined,
  { kind, tick, lot }: Steps,
  quantaPerUnit: number,
  money: string,
): ContractTerms {
  const { kind: _, ...settings } = written ?? { kind };
  const units: ContractUnits = {
    tick,
    lot,
    quantaPerUnit,
    ticks: (price, key) =>
      at([key], () =>
        stepsOf(amountOf(price, money), tick, 'ticks', `the tick, ${tick.toString()} ${money}`),
      ),
  };
  return at(['contract'], () => contractKinds.get(kind).terms(settings as never, units));
}

/** Throws ConfigError, its path from the instrument, where a contract is none for an instrument at its first price (ticks). */
export function checkContract(terms: ContractTerms, price: number): void {
  at(['contract'], () => contractKinds.get(terms.kind).check?.(terms as never, price));
}
