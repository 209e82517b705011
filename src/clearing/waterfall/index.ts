/** All layers of the loss waterfall. A new one is one file and one line here. */
import { Registry } from '../../core/registry.ts';
import { adl } from './adl.ts';
import { backstop } from './backstop.ts';
import { defaultFund } from './default-fund.ts';
import { haircut } from './haircut.ts';
import { insurance } from './insurance.ts';
import { AUCTION } from '../schema.ts';
import type { LossContext, LossLayer, LossLayerDefinition } from './layer.ts';
import { writeOff } from './write-off.ts';

export const lossLayers = new Registry<LossLayerDefinition>('layer of the waterfall', ({ name }) => name, [
  insurance,
  backstop,
  adl,
  haircut,
  defaultFund,
  writeOff,
]);

/** Codes of layers that come from outside, in the order in which they came. */
const FIRST_OUTSIDE = AUCTION + 1;

function codeOf(layer: LossLayerDefinition): number {
  return layer.code ?? FIRST_OUTSIDE + lossLayers.all.indexOf(layer);
}

/** The name of the layer with a code, as in the column losses.layer. */
export function layerName(code: number): string {
  return code === AUCTION ? 'auction' : lossLayers.all.find((layer) => codeOf(layer) === code)!.name;
}

/** A layer by its name, with its settings. Throws ConfigError. */
export function compileLayer(name: unknown, settings: unknown, context: LossContext): LossLayer {
  const layer = lossLayers.get(name);
  return { ...layer.compile(settings, context), code: codeOf(layer), shares: layer.shares === true };
}
