/**
 * A formula as text: `(WB − s·q·E)/(q·MMR − s·q)` is what is computed, what is shown with the numbers put in, and what
 * the documentation prints, so that the three cannot differ.
 *
 * Grammar: sums of products of numbers, symbols, brackets and the functions below; `−` and `·` are the signs of print.
 */
import { InvariantError, invariant } from '../../core/errors.ts';
import { Exact, short } from './exact.ts';

type Values = Readonly<Record<string, Exact>>;

type Evaluate = (values: Values) => Exact;

export interface Formula {
  /** What it gives, such as `MM`. */
  readonly symbol: string;
  readonly text: string;
  /** What that is, in words. */
  readonly meaning: string;
  readonly evaluate: Evaluate;
  /** The text with each symbol replaced by its number. */
  readonly withNumbers: (values: Values) => string;
}

const FUNCTIONS: Readonly<Record<string, (args: readonly Exact[]) => Exact>> = {
  min: (args) => Exact.min(...args),
  max: (args) => Exact.max(...args),
  sqrt: ([x]) => x!.sqrt(),
  floor: ([x]) => x!.floor(),
  ceil: ([x]) => x!.ceil(),
};

const NAME = /[A-Za-z][A-Za-z0-9]*/g;

export function formula(symbol: string, text: string, meaning: string): Formula {
  return {
    symbol,
    text,
    meaning,
    evaluate: new Parser(text).formula(),
    withNumbers: (values) =>
      text.replace(NAME, (name) =>
        Object.hasOwn(FUNCTIONS, name) ? name : inProduct(valueOf(values, name)),
      ),
  };
}

/** Negative numbers stand in brackets, since a sign may stand before them. */
function inProduct(value: Exact): string {
  return value.isNegative() && !value.isZero() ? `(${sign(value)})` : sign(value);
}

/** A number with the minus of print. */
export function sign(value: Exact): string {
  return short(value).replace('-', '−');
}

function valueOf(values: Values, name: string): Exact {
  const value = values[name];
  if (value === undefined) throw new InvariantError(`the symbol ${name} has no value`);
  return value;
}

const TOKEN = /\s*([A-Za-z][A-Za-z0-9]*|\d+(?:\.\d+)?|[()+−·/,])/y;

/** Recursive descent; runs once a formula, when its file is loaded. */
class Parser {
  private readonly text: string;
  private readonly tokens: string[] = [];
  private at = 0;

  constructor(text: string) {
    this.text = text;
    TOKEN.lastIndex = 0;
    let end = 0;
    for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
      this.tokens.push(match[1]!);
      end = TOKEN.lastIndex;
    }
    invariant(end === text.length, `cannot read the formula ${text} from character ${end}`);
  }

  formula(): Evaluate {
    const result = this.sum();
    invariant(this.at === this.tokens.length, `cannot read the formula ${this.text}`);
    return result;
  }

  private sum(): Evaluate {
    let left = this.product();
    for (;;) {
      const before = left;
      if (this.takes('+')) {
        const right = this.product();
        left = (values) => before(values).plus(right(values));
      } else if (this.takes('−')) {
        const right = this.product();
        left = (values) => before(values).minus(right(values));
      } else {
        return left;
      }
    }
  }

  private product(): Evaluate {
    let left = this.factor();
    for (;;) {
      const before = left;
      if (this.takes('·')) {
        const right = this.factor();
        left = (values) => before(values).times(right(values));
      } else if (this.takes('/')) {
        const right = this.factor();
        left = (values) => before(values).div(right(values));
      } else {
        return left;
      }
    }
  }

  private factor(): Evaluate {
    if (this.takes('−')) {
      const inner = this.factor();
      return (values) => inner(values).neg();
    }
    if (this.takes('(')) {
      const inner = this.sum();
      this.needs(')');
      return inner;
    }
    const token = this.tokens[this.at++] ?? '';
    if (/^\d/.test(token)) {
      const constant = new Exact(token);
      return () => constant;
    }
    invariant(/^[A-Za-z]/.test(token), `cannot read the formula ${this.text} at ${token}`);
    if (!this.takes('(')) return (values) => valueOf(values, token);
    const apply = FUNCTIONS[token];
    invariant(apply !== undefined, `the formula ${this.text} has an unknown function ${token}`);
    const args = [this.sum()];
    while (this.takes(',')) args.push(this.sum());
    this.needs(')');
    return (values) => apply(args.map((arg) => arg(values)));
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private needs(token: string): void {
    invariant(this.takes(token), `the formula ${this.text} lacks a ${token}`);
  }
}
