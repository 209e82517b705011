/** All validations. A new one is one file and one line here. */
import { cascade } from './cascade.ts';
import { depletion } from './depletion.ts';
import { margin } from './margin.ts';
import { pairing } from './pairing.ts';
import type { Validation } from './validation.ts';
import { zeroIntelligence } from './zero-intelligence.ts';

export const validations: readonly Validation[] = [cascade, pairing, depletion, zeroIntelligence, margin];
