/** All changes that a fork can make. A new one is one file and one line here. */
import type { ChangeDefinition } from './change.ts';
import { engineOff } from './engine-off.ts';
import { inactive } from './inactive.ts';
import { insuranceFund } from './insurance-fund.ts';
import { otherPolicy } from './policy.ts';
import { remove } from './remove.ts';
import { scale } from './scale.ts';
import { stay } from './stay.ts';
import { without } from './without.ts';

export const changes: readonly ChangeDefinition[] = [
  engineOff,
  otherPolicy,
  insuranceFund,
  stay,
  inactive,
  scale,
  remove,
  without,
];
