/** Lines of `unwind formula`: a formula by name with its fields in; its result, or what is wrong with the line, out. */
import { z } from 'zod';
import { suggestion } from '../../experiment/nearest.ts';
import { isWhole, readJson, writeJson } from '../json.ts';
import type { LineSession } from '../line-stream.ts';
import type { Result } from './functions.ts';
import { formulas } from './functions.ts';

const outer = z.looseObject(
  {
    id: z.union([z.string(), z.number().int()], { error: 'must be a text or a whole number' }).optional(),
    fn: z.string({ error: 'needs the name of a formula' }),
  },
  { error: 'needs an object with fn, the name of a formula' },
);

export class FormulaSession implements LineSession {
  out = '';

  line(text: string, number: number): void {
    const read = readJson(text);
    if ('refused' in read) {
      this.malformed(number, read.refused);
      return;
    }
    // Identifiers go back as they were written; numbers of formulas are doubles.
    const id = (read.value as { readonly id?: unknown } | null)?.id;
    const about = typeof id === 'string' || isWhole(id) ? id : undefined;
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    try {
      this.say(number, about, `"result":${JSON.stringify(compute(value), finite)}`);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === undefined) throw error;
      this.say(number, about, `"error":${JSON.stringify(reason)}`);
    }
  }

  malformed(number: number, reason: string): void {
    this.say(number, undefined, `"error":${JSON.stringify(reason)}`);
  }

  /** A line without an id is told by its number. */
  private say(number: number, id: unknown, answer: string): void {
    this.out += `{"id":${id === undefined || id === null ? `null,"line":${number}` : writeJson(id)},${answer}}\n`;
  }
}

/** The fields stand beside `fn`, or in an object `input`. */
function compute(line: unknown): Result {
  const { id: _id, fn, ...fields } = outer.parse(line);
  if (!Object.hasOwn(formulas, fn))
    throw new RangeError(`fn: there is no formula ${fn}; ${suggestion(fn, Object.keys(formulas))}`);
  const formula = formulas[fn]!;
  const keys = Object.keys(fields);
  const input = keys.length === 1 && keys[0] === 'input' ? fields['input'] : fields;
  return formula.compute(formula.fields.parse(input) as never);
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof RangeError) return error.message;
  if (!(error instanceof z.ZodError)) return undefined;
  const [issue] = error.issues;
  const path = issue!.path.join('.');
  return path === '' || issue!.message.startsWith(path) ? issue!.message : `${path}: ${issue!.message}`;
}

/** JSON has no infinity: null stands for it. */
function finite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
