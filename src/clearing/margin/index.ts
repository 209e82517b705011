/** All margin rules and wrappers. A new one is one file and one line here. */
import { Registry } from '../../core/registry.ts';
import { adaptiveDepth } from './adaptive-depth.ts';
import { adaptiveVolatility } from './adaptive-volatility.ts';
import { buffer } from './buffer.ts';
import { cap } from './cap.ts';
import { concentration } from './concentration.ts';
import { ewmaVar } from './ewma-var.ts';
import { filteredHistorical } from './filtered-historical.ts';
import { flat } from './flat.ts';
import { floor } from './floor.ts';
import { historical } from './historical.ts';
import { openInterest } from './open-interest.ts';
import type { MarginRuleDefinition, MarginWrapperDefinition } from './rule.ts';
import { sizeSlope } from './size-slope.ts';
import { speedLimit } from './speed-limit.ts';
import { stress } from './stress.ts';
import { stressedWeight } from './stressed-weight.ts';
import { tiered } from './tiered.ts';

export const marginRules = new Registry<MarginRuleDefinition>('margin rule', ({ name }) => name, [
  flat,
  tiered,
  sizeSlope,
  openInterest,
  ewmaVar,
  historical,
  filteredHistorical,
  stress,
]);

export const marginWrappers = new Registry<MarginWrapperDefinition>('margin wrapper', ({ name }) => name, [
  floor,
  buffer,
  stressedWeight,
  cap,
  speedLimit,
  concentration,
  adaptiveVolatility,
  adaptiveDepth,
]);
