/**
 * What `unwind waterfall` is asked: a document with accounts, or a case of loss socialisation (a mark that moves, and
 * positions opened at the first mark). Numbers are texts, which keep all their digits, or JSON numbers.
 */
import type { LosslessNumber } from 'lossless-json';
import { z } from 'zod';
import { ranks } from '../../clearing/waterfall/ranks.ts';
import { digits } from '../json.ts';
import { Exact, ONE } from './decimal.ts';

export const METHODS = [
  'insurance',
  'queue',
  'pro-rata',
  'haircut-winners',
  'backstop',
  'default-fund',
  'write-off',
] as const;
export type Method = (typeof METHODS)[number];

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** Texts longer than this are no money. */
const LONGEST = 40;

const decimal = () =>
  z.unknown().transform((value, context) => {
    const text = typeof value === 'string' ? value.trim() : (digits(value) ?? '');
    if (text.length <= LONGEST && NUMBER.test(text)) return new Exact(text);
    context.issues.push({ code: 'custom', message: 'needs a number, such as "12.5"', input: value });
    return z.NEVER;
  });
const notNegative = () =>
  decimal().refine((value) => !value.isNegative() || value.isZero(), { error: 'must not be negative' });
const unit = () =>
  decimal().refine((value) => value.gt(0) && value.lte(1) && value.log().isInteger(), {
    error: 'must be 1, 0.1, 0.01 or smaller',
  });
const price = () => decimal().refine((value) => value.gt(0), { error: 'must be above 0' });
/** Left out and null are the same. */
const optional = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);

/** As it was written: digits beyond 2^53 tell accounts apart, too. */
const id = z.custom<string | number | LosslessNumber>(
  (value) => typeof value === 'string' || digits(value) !== undefined,
  { error: 'must be a text or a number' },
);

/** An id as a text. */
export function nameOf(written: z.output<typeof id>): string {
  return typeof written === 'string' ? written : digits(written)!;
}

const account = z.strictObject({
  id,
  equity: optional(decimal()),
  position: optional(decimal()),
  entry: optional(price()),
  collateral: optional(decimal()),
  maintenance: optional(notNegative()),
  contribution: optional(notNegative()),
});

/** Times a contribution; counted in millionths. */
const MOST_ASSESSED = 1_000_000;

const method = z.enum(METHODS);
const options = {
  id: optional(id),
  method: z
    .union([method, z.array(method).min(1)], {
      error: `needs one of ${METHODS.join(', ')}, or a list of them`,
    })
    .refine((asked) => typeof asked === 'string' || new Set(asked).size === asked.length, {
      error: 'names a method twice: each is asked once',
    })
    .default('haircut-winners'),
  rank: optional(z.enum(ranks.map(({ name }) => name) as [string, ...string[]])),
  by: z.enum(['equity', 'size']).default('equity'),
  vault: optional(notNegative()),
  own_capital: optional(notNegative()),
  assessment: optional(
    notNegative().refine((value) => value.lte(MOST_ASSESSED) && value.decimalPlaces() <= 6, {
      error: `must be at most ${MOST_ASSESSED}, with 6 decimals at most`,
    }),
  ),
  quantum: optional(unit()),
  lot: optional(unit()),
};

const accountsDocument = z.strictObject({
  ...options,
  accounts: z.array(account).min(1),
  mark: optional(price()),
  insurance_fund: optional(notNegative()),
});

const positionsDocument = z.object({
  ...options,
  mark: z.tuple([price(), price()]),
  insurance: optional(notNegative()),
  positions: z.record(z.string(), z.strictObject({ size: decimal(), collateral: decimal() })),
  // Of the other form: what they say would not count.
  accounts: z.undefined('does not stand beside positions').optional(),
  insurance_fund: z.undefined('is called insurance beside positions').optional(),
});

export type WrittenAccount = z.output<typeof account>;
export type WrittenDocument = z.output<typeof accountsDocument>;

/** Reads a document of either form. Returns it as accounts, or says what is wrong with it. */
export function readDocument(json: unknown): WrittenDocument | { readonly error: string } {
  const isCase = typeof json === 'object' && json !== null && 'positions' in json;
  const result = isCase ? positionsDocument.safeParse(json) : accountsDocument.safeParse(json);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    return { error: `${path.length === 0 ? '' : `${path.map(String).join('.')}: `}${message}` };
  }
  const { data } = result;
  return 'positions' in data ? asAccounts(data) : data;
}

/**
 * Positions that were opened at the first mark, by accounts that held their collateral then; counted in whole units if
 * nothing else is asked for and all numbers are whole.
 */
function asAccounts({
  positions,
  mark,
  insurance,
  ...rest
}: z.output<typeof positionsDocument>): WrittenDocument {
  const entries = Object.entries(positions);
  const numbers = [
    ...mark,
    insurance ?? ONE,
    ...entries.flatMap(([, { size, collateral }]) => [size, collateral]),
  ];
  const whole = numbers.every((number) => number.isInteger());
  return {
    ...rest,
    quantum: rest.quantum ?? (whole ? ONE : undefined),
    mark: mark[1],
    insurance_fund: insurance,
    accounts: entries.map(([name, { size, collateral }]) => ({
      id: name,
      equity: undefined,
      position: size,
      entry: mark[0],
      collateral,
      maintenance: undefined,
      contribution: undefined,
    })),
  };
}
