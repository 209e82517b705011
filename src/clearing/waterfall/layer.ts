/**
 * What a layer of the loss waterfall is. Layers are asked in order, and each does one or both of two things:
 *
 * - it pays (part of) the debt that a liquidated account is left with when everything is closed (`pay`);
 * - it takes over (part of) a position that could not be closed in the book, at a price of the layer's choosing, which
 *   usually is the bankruptcy price: the price at which the account's equity is zero (`takeOver`).
 *
 * What the last layer leaves of a debt is written off; lots that nobody takes stay with the account.
 */
import type { z } from 'zod';
import type { Losses } from '../losses.ts';

export interface LossLayer {
  /** The definition's code, for the log. */
  readonly code: number;
  /** Scratch for allocations over all accounts is needed. */
  readonly shares?: boolean;
  /** Brings its own capital into the system: once a run, when the population is there. */
  readonly open?: (losses: Losses) => void;
  /** Pays at most `owed` quanta (> 0) of the account's debt, by `losses.charge`. Returns how much. */
  readonly pay?: (losses: Losses, owed: number) => number;
  /** Takes over at most `lots` (unsigned, > 0) of the account's position, by `losses.assume`. Returns how many. */
  readonly takeOver?: (losses: Losses, lots: number) => number;
}

export interface LossContext {
  /** Quanta in one unit of money, an integer. */
  readonly quantaPerUnit: number;
}

export interface LossLayerDefinition<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** In the column losses.layer; 0 is the write-off. Never given to another layer. */
  readonly code: number;
  /** One sentence that says its assumption. */
  readonly about: string;
  readonly settings: S;
  readonly compile: (settings: z.output<S>, context: LossContext) => LossLayer;
}

/** A definition as its file writes it: the compiled layer gets its code here. */
interface Written<S extends z.ZodType> extends Omit<LossLayerDefinition<S>, 'compile'> {
  readonly compile: (settings: z.output<S>, context: LossContext) => Omit<LossLayer, 'code'>;
}

export function defineLossLayer<S extends z.ZodType>(written: Written<S>): LossLayerDefinition {
  const definition: LossLayerDefinition<S> = {
    ...written,
    compile: (settings, context) => ({ ...written.compile(settings, context), code: written.code }),
  };
  return definition;
}
