/** All layers of the loss waterfall. A new one is one file and one line here. */
import { insurance } from './insurance.ts';
import type { LossLayerDefinition } from './layer.ts';
import { writeOff } from './write-off.ts';

export const lossLayers: readonly LossLayerDefinition[] = [insurance, writeOff];
