/** dYdX's liquidation arithmetic by name: an account with positions in several markets, and a change of one of them. */
import {
  bankruptcyQuoteForDelta,
  fillablePrice,
  insuranceFundDelta,
} from '../../published/formulas/dydx-liquidation.ts';
import type { Subaccount, SubaccountPosition } from '../../published/formulas/dydx-liquidation.ts';
import type { Exact } from '../../published/formulas/exact.ts';
import type { Sheet } from '../../published/formulas/sheet.ts';
import { ANY, NOT_NEGATIVE, NOT_ZERO, POSITIVE, PPM, RATE, SHARE, fieldsOf } from './fields.ts';
import type { Fields } from './fields.ts';
import type { NamedFunctions } from './named-function.ts';

const ACCOUNT_FIELDS = ['quoteBalance', 'positions', 'market'] as const;
const POSITION: ReadonlySet<string> = new Set(['market', 'size', 'price', 'imf', 'mmf']);
const CONFIG: ReadonlySet<string> = new Set(['maxLiqFeePpm', 'bankruptcyAdjPpm', 'spreadToMmrPpm']);

export const dydxFunctions: NamedFunctions = {
  bankruptcyQuoteForDelta: {
    fields: [...ACCOUNT_FIELDS, 'delta'],
    compute: (fields, sheet) =>
      bankruptcyQuoteForDelta(
        sheet,
        subaccount(fields),
        fields.text('market'),
        fields.number('delta', NOT_ZERO),
      ),
  },
  fillablePrice: {
    fields: [...ACCOUNT_FIELDS, 'delta', 'config'],
    compute(fields, sheet) {
      const config = fields.object('config');
      if (config === undefined) throw fields.wrong('config', 'is needed');
      config.only(CONFIG);
      return fillablePrice(
        sheet,
        subaccount(fields),
        fields.text('market'),
        fields.number('delta', NOT_ZERO),
        {
          bankruptcyAdjustment: config.number('bankruptcyAdjPpm', NOT_NEGATIVE).div(MILLION),
          spreadToMaintenance: config.number('spreadToMmrPpm', NOT_NEGATIVE).div(MILLION),
        },
      );
    },
  },
  insuranceFundDelta: {
    fields: [...ACCOUNT_FIELDS, 'side', 'fill_size', 'fill_price', 'maxLiqFeePpm', 'bankruptcy_quote'],
    compute(fields, sheet) {
      const size = fields.number('fill_size', POSITIVE);
      const change = fields.choice('side', ['buy', 'sell']) === 'buy' ? size : size.neg();
      return insuranceFundDelta(
        sheet,
        change,
        fields.number('fill_price', POSITIVE),
        bankruptcyQuote(fields, sheet, change),
        fields.number('maxLiqFeePpm', PPM).div(MILLION),
      );
    },
  },
};

const MILLION = 1_000_000;

/** As given, or from the account. */
function bankruptcyQuote(fields: Fields, sheet: Sheet, change: Exact): Exact {
  return (
    fields.optional('bankruptcy_quote', ANY) ??
    bankruptcyQuoteForDelta(sheet, subaccount(fields), fields.text('market'), change)
  );
}

function subaccount(fields: Fields): Subaccount {
  return {
    quoteBalance: fields.number('quoteBalance', ANY),
    positions: fields.list('positions', (item, path): SubaccountPosition => {
      const position = fieldsOf(item, path);
      position.only(POSITION);
      position.optional('imf', SHARE);
      return {
        market: position.text('market'),
        size: position.number('size', NOT_ZERO),
        price: position.number('price', POSITIVE),
        maintenanceFraction: position.number('mmf', RATE),
      };
    }),
  };
}
