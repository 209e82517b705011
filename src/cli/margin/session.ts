/** Lines of `unwind margin`: an account, or a formula by name, in; its numbers, or what is wrong with the line, out. */
import type { Exact } from '../../published/formulas/exact.ts';
import { plain } from '../../published/formulas/exact.ts';
import { Sheet } from '../../published/formulas/sheet.ts';
import { assess } from '../../published/venues/assess.ts';
import { ConfigError } from '../../core/errors.ts';
import type { LosslessNumber } from 'lossless-json';
import { isWhole, readJson, writeJson } from '../json.ts';
import type { LineSession } from '../line-stream.ts';
import { readAccount } from './account.ts';
import type { Fields } from './fields.ts';
import { fieldsOf } from './fields.ts';
import { functions } from './functions.ts';
import type { Outcome } from './named-function.ts';

/** As it was written, so that no two are mixed up; undefined: none. */
type Id = string | number | LosslessNumber | undefined;

/** Fields of a function's line, by the function; with `input`, its own fields stand in there. */
const KNOWN = new Map(
  Object.entries(functions).map(([name, { fields }]) => [
    name,
    {
      line: new Set(['id', 'fn', ...fields]),
      outer: new Set(['id', 'fn', 'input']),
      input: new Set(fields),
    },
  ]),
);

export class MarginSession implements LineSession {
  out = '';
  private readonly explain: boolean;

  constructor(options: { readonly explain: boolean }) {
    this.explain = options.explain;
  }

  line(text: string, number: number): void {
    const read = readJson(text);
    if ('refused' in read) {
      this.malformed(number, read.refused, undefined);
      return;
    }
    const parsed = read.value;
    const given = idOf(parsed);
    try {
      const fields = fieldsOf(parsed, []);
      if (fields.has('id') && given === undefined)
        throw fields.wrong('id', 'must be a text or a whole number');
      const sheet = new Sheet(this.explain);
      const answer = fields.has('fn') ? { result: call(fields, sheet) } : margin(fields, sheet);
      this.say(number, given, this.explain ? { ...answer, explain: sheet.lines } : answer);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.malformed(number, error.describe(), given);
    }
  }

  malformed(number: number, reason: string, id: Id): void {
    this.say(number, id, { error: reason });
  }

  /** A line without an id is told by its number. */
  private say(number: number, id: Id, answer: object): void {
    const about = id === undefined ? `null,"line":${number}` : writeJson(id);
    this.out += `{"id":${about},${JSON.stringify(answer).slice(1)}\n`;
  }
}

function idOf(parsed: unknown): Id {
  const id = (parsed as { readonly id?: unknown } | null)?.id;
  return typeof id === 'string' || isWhole(id) ? (id as Id) : undefined;
}

function margin(fields: Fields, sheet: Sheet): object {
  if (!fields.has('venue')) throw fields.wrong('venue', 'is needed, or fn for a formula by name');
  const { venue, account } = readAccount(fields);
  const result = assess(venue, account, sheet);
  const { closingFee, liquidationTier, backstop } = result;
  const answer: Record<string, string | number | boolean | null> = {
    initial_margin: text(result.initialMargin),
    maintenance_margin: text(result.maintenanceMargin),
    equity: text(result.equity),
    margin_ratio: text(result.marginRatio),
    liquidation_price: text(result.liquidationPrice),
    bankruptcy_price: text(result.bankruptcyPrice),
    tier: result.tier ?? null,
  };
  if (liquidationTier !== undefined) answer['liquidation_tier'] = liquidationTier;
  if (result.beyondLastCap) answer['beyond_last_cap'] = true;
  if (result.liquidationBeyondLastCap) answer['liquidation_beyond_last_cap'] = true;
  if (closingFee !== undefined) answer['closing_fee'] = text(closingFee);
  if (backstop !== undefined) {
    answer['backstop_price'] = text(backstop.price);
    answer['backstop_threshold'] = text(backstop.threshold);
  }
  return answer;
}

function call(fields: Fields, sheet: Sheet): unknown {
  const name = fields.choice('fn', Object.keys(functions));
  const known = KNOWN.get(name)!;
  const input = fields.object('input');
  fields.only(input === undefined ? known.line : known.outer);
  input?.only(known.input);
  return texts(functions[name]!.compute(input ?? fields, sheet));
}

function texts(outcome: Outcome): unknown {
  if (outcome === undefined || isNumber(outcome)) return text(outcome);
  return Object.fromEntries(Object.entries(outcome).map(([name, value]) => [name, text(value)]));
}

function isNumber(outcome: NonNullable<Outcome>): outcome is Exact {
  return typeof outcome.toFixed === 'function';
}

function text(value: Exact | undefined): string | null {
  return value === undefined ? null : plain(value);
}
