/** What an instrument's lots are, as an experiment file writes it: `contract: inverse`, or with the kind's settings. */
import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { ListedTerms } from '../../../contracts/contracts.ts';
import { contractKinds } from '../../../contracts/contracts.ts';
import { linear } from '../../../contracts/linear.ts';
import { spot } from '../../../contracts/spot.ts';
import { at, ConfigError } from '../../../core/errors.ts';
import { number } from '../../../core/settings.ts';
import { tagged } from '../../../core/tagged.ts';
import { Exact, MOST } from '../../../core/whole.ts';

type Kind = ListedTerms['kind'];

/** Tick and lot of an instrument, and of what kind it is, before anything else can be read. */
export interface Steps {
  readonly kind: ListedTerms['kind'];
  readonly tick: Decimal;
  readonly lot: Decimal;
  readonly base: string;
}

/** Settings of the kinds that have some. */
const settings: Partial<Record<Kind, z.ZodRawShape>> = {
  inverse: {
    coin_quantum: number({ above: 0, most: 1 })
      .default(1e-8)
      .describe('Smallest amount of the coin, to which a trade is rounded.'),
  },
};

export const contractSchema = z
  .union([
    z.enum(contractKinds.map(({ kind }) => kind) as [Kind, ...Kind[]]),
    tagged(
      'kind',
      contractKinds.map(({ kind, about }) => ({
        name: kind,
        about,
        settings: z.strictObject(settings[kind as Kind] ?? {}),
      })),
    ),
  ])
  .describe(
    'What its lots are; linear if left out. Of an inverse contract the lot is its face value in money, such as 100 USDT.',
  );

export type WrittenContract =
  Kind | { readonly kind: 'linear' | 'spot' } | { readonly kind: 'inverse'; readonly coin_quantum: number };

export function kindOf(written: WrittenContract | undefined): Kind {
  return typeof written === 'object' ? written.kind : (written ?? 'linear');
}

/** Part of a lot's face value that money must tell apart where nothing depends on the price. */
const FINE = '0.0001';

/** Money whose largest power of ten below is the quantum: what a tick and lot is worth, or a part of the face value. */
export function finestOf({ kind, tick, lot }: Pick<Steps, 'kind' | 'tick' | 'lot'>): Steps['tick'] {
  return kind === 'inverse' ? lot.times(FINE) : tick.times(lot);
}

/** Fewest quanta of the coin in a lot at the first price: a trade is then rounded to less than a thousandth. */
const LEAST_COINS = 1000;

/** Terms in the engine's units. `quanta`: in a unit of money. Throws ConfigError, its path from the instrument. */
export function contractTerms(
  written: WrittenContract | undefined,
  steps: Steps,
  quanta: number,
): ListedTerms {
  const { kind, tick, lot } = steps;
  const unit = tick.times(lot).times(quanta).toNumber();
  if (kind !== 'inverse') return kind === 'linear' ? linear(unit) : spot(unit);
  const quantum = typeof written === 'object' && written.kind === 'inverse' ? written.coin_quantum : 1e-8;
  const [up, down] = new Exact(quantum).times(tick).times(quanta).toFraction();
  if (up!.gt(MOST.lots) || down!.gt(MOST.quanta / 16))
    throw new ConfigError(
      ['contract'],
      'a quantum of the coin is too fine or too coarse; use a rounder coin_quantum',
    );
  return { kind, face: lot.times(quanta).toNumber(), up: up!.toNumber(), down: down!.toNumber() };
}

/** Throws ConfigError where a lot is so few quanta of its coin at a price (ticks) that rounding would be felt. */
export function checkCoin(terms: ListedTerms, price: number): void {
  if (terms.kind !== 'inverse') return;
  const coins = (terms.face * terms.down) / (terms.up * price);
  if (coins >= LEAST_COINS) return;
  const few = `a lot is ${coins.toPrecision(3)} quanta of the coin at the first price, which needs ${LEAST_COINS} or more`;
  at(['contract'], () => {
    throw new ConfigError([], `${few}; use a smaller coin_quantum or a larger lot`);
  });
}
