/** All shocks. A new one is one file and one line here. */
import { Registry } from '../../core/registry.ts';
import { sale } from './sale.ts';
import { sellProgramme } from './sell-programme.ts';
import type { ShockDefinition } from './shock.ts';
import { valueJump } from './value-jump.ts';
import { withdrawal } from './withdrawal.ts';

export const shocks = new Registry<ShockDefinition>('shock', ({ name }) => name, [
  sellProgramme,
  sale,
  valueJump,
  withdrawal,
]);
