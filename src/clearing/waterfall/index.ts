/** All layers of the loss waterfall. A new one is one file and one line here. */
import { adl } from './adl.ts';
import { backstop } from './backstop.ts';
import { defaultFund } from './default-fund.ts';
import { haircut } from './haircut.ts';
import { insurance } from './insurance.ts';
import { AUCTION } from '../schema.ts';
import type { LossLayerDefinition } from './layer.ts';
import { writeOff } from './write-off.ts';

export const lossLayers: readonly LossLayerDefinition[] = [
  insurance,
  backstop,
  adl,
  haircut,
  defaultFund,
  writeOff,
];

/** By code, as in the column losses.layer. */
export const layerNames: Readonly<Record<number, string>> = {
  ...Object.fromEntries(lossLayers.map(({ code, name }) => [code, name])),
  [AUCTION]: 'auction',
};
