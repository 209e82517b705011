/**
 * What a layer of the loss waterfall is: who pays, and how much at most, when a liquidated account has nothing left
 * but a debt. Layers are asked in order; what the last one leaves is written off.
 */
import type { z } from 'zod';

export interface LossLayer {
  /** Account that pays. */
  readonly account: number;
  /** How much (quanta) it pays of a loss, given what it holds. */
  pays(loss: number, holds: number): number;
}

export interface LossLayerDefinition<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly about: string;
  readonly settings: S;
  readonly compile: (settings: z.output<S>) => LossLayer;
}

export function defineLossLayer<S extends z.ZodType>(
  definition: LossLayerDefinition<S>,
): LossLayerDefinition {
  return definition;
}
