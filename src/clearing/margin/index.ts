/** All margin rules and wrappers. A new one is one file and one line here. */
import { ewmaVar } from './ewma-var.ts';
import { flat } from './flat.ts';
import { floor } from './floor.ts';
import type { MarginRuleDefinition, MarginWrapperDefinition } from './rule.ts';
import { tiered } from './tiered.ts';

export const marginRules: readonly MarginRuleDefinition[] = [flat, tiered, ewmaVar];
export const marginWrappers: readonly MarginWrapperDefinition[] = [floor];
