/** Mark price rules as an experiment file writes them, and their compilation. */
import type { z } from 'zod';
import type { MarkRule } from '../market/mark.ts';
import { markRules } from '../market/mark.ts';
import { tagged } from './tagged.ts';

/** `{ rule: smoothed, half_life: 5 s }` */
export const markSchema = tagged('rule', markRules);

/** Compiles parsed settings (the output of `markSchema`). */
export function compileMark(settings: z.output<typeof markSchema>): MarkRule {
  const { rule, ...own } = settings;
  const definition = markRules.find((one) => one.name === rule)!;
  return definition.compile(own as never);
}
