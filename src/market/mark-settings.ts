/** Mark price rules as an experiment file writes them, and their compilation. */
import type { z } from 'zod';
import type { MarkRule } from './mark.ts';
import { markRules } from './mark.ts';
import { tagged } from '../core/tagged.ts';

/** `{ rule: smoothed, half_life: 5 s }` */
export const markSchema = tagged('rule', markRules);

/** Compiles parsed settings (the output of `markSchema`). */
export function compileMark(settings: z.output<typeof markSchema>): MarkRule {
  const { rule, ...own } = settings;
  const definition = markRules.get(rule);
  return definition.compile(own as never);
}
