/**
 * The formulas that `unwind margin` computes by name, with the fields of the worked cases: a line
 * `{"fn":"liquidationFeeRamp","base":0.02,…}`, or with the fields in an object `input`.
 */
import { ONE, ZERO } from '../../published/formulas/exact.ts';
import { closeSizeForShortage } from '../../published/formulas/close-size.ts';
import {
  depositScaledCollateralWeight,
  sizeDiscountAssetWeight,
  sizePremiumLiabilityWeight,
} from '../../published/formulas/collateral-weights.ts';
import { inverseBankruptcyPrice } from '../../published/formulas/inverse-bankruptcy.ts';
import { liquidationFee } from '../../published/formulas/liquidation-fee.ts';
import { marginLevels, rebalance } from '../../published/formulas/margin-levels.ts';
import { scaledImfPpm, scaledInitialMargin } from '../../published/formulas/open-interest.ts';
import type { Sheet } from '../../published/formulas/sheet.ts';
import { socialLossDepositHaircut } from '../../published/formulas/social-loss.ts';
import { openInterestOf } from './account.ts';
import { dydxFunctions } from './dydx-functions.ts';
import type { Fields } from './fields.ts';
import { ANY, NOT_NEGATIVE, POSITIVE, SHARE } from './fields.ts';
import type { NamedFunction, NamedFunctions, Outcome } from './named-function.ts';
import { venueFunctions } from './venue-functions.ts';

const OI_FIELDS = ['base_imf', 'base_imf_ppm', 'oi_lower', 'oi_upper', 'oi'] as const;

const ofOpenInterest: NamedFunctions = {
  oiScaledImfPpm: {
    fields: OI_FIELDS,
    compute: (fields, sheet) => scaledImfPpm(sheet, openInterestOf(fields)),
  },
  oiScaledInitialMargin: {
    fields: [...OI_FIELDS, 'notional'],
    // The notional is in quanta already.
    compute: (fields, sheet) =>
      scaledInitialMargin(sheet, openInterestOf(fields), fields.number('notional', NOT_NEGATIVE), ONE),
  },
};

const SIZE_FIELDS = ['weight', 'imf', 'size'] as const;

const ofWeights: NamedFunctions = {
  sizeDiscountAssetWeight: { fields: SIZE_FIELDS, compute: bySize(sizeDiscountAssetWeight) },
  sizePremiumLiabilityWeight: { fields: SIZE_FIELDS, compute: bySize(sizePremiumLiabilityWeight) },
  depositScaledCollateralWeight: {
    fields: ['weight', 'start', 'deposits', 'price'],
    compute: (fields, sheet) =>
      depositScaledCollateralWeight(
        sheet,
        fields.number('weight', NOT_NEGATIVE),
        fields.number('start', NOT_NEGATIVE),
        fields.number('deposits', NOT_NEGATIVE),
        fields.number('price', POSITIVE),
      ),
  },
};

function bySize(weight: typeof sizeDiscountAssetWeight): NamedFunction['compute'] {
  return (fields, sheet) =>
    weight(
      sheet,
      fields.number('weight', NOT_NEGATIVE),
      fields.number('imf', NOT_NEGATIVE),
      fields.number('size', ANY).abs(),
    );
}

const ofLiquidation: NamedFunctions = {
  closeSizeForShortage: {
    fields: ['shortage', 'marginRatio', 'liqFee', 'ifFee', 'price', 'quotePrice'],
    compute: (fields, sheet) =>
      closeSizeForShortage(sheet, {
        shortage: fields.number('shortage', NOT_NEGATIVE),
        marginRatio: fields.number('marginRatio', NOT_NEGATIVE),
        liquidatorFee: fields.optional('liqFee', SHARE) ?? ZERO,
        fundFee: fields.optional('ifFee', SHARE) ?? ZERO,
        price: fields.number('price', POSITIVE),
        quotePrice: fields.optional('quotePrice', POSITIVE) ?? ONE,
      }),
  },
  socialLossDepositHaircut: {
    fields: ['loss', 'deposits'],
    compute: (fields, sheet) =>
      socialLossDepositHaircut(
        sheet,
        fields.number('loss', NOT_NEGATIVE),
        fields.number('deposits', POSITIVE),
      ),
  },
  liquidationFeeRamp: {
    fields: ['base', 'max', 'slotsElapsed', 'graceSlots', 'perSlot'],
    compute: (fields, sheet) =>
      liquidationFee(sheet, {
        base: fields.number('base', SHARE),
        max: fields.number('max', SHARE),
        elapsed: fields.number('slotsElapsed', NOT_NEGATIVE),
        grace: fields.number('graceSlots', NOT_NEGATIVE),
        perSlot: fields.number('perSlot', NOT_NEGATIVE),
      }),
  },
  inverseBankruptcyPrice: {
    fields: ['side', 'entry', 'leverage'],
    compute(fields, sheet) {
      const isLong = fields.choice('side', ['long', 'short']) === 'long';
      const leverage = fields.number('leverage', POSITIVE);
      if (!isLong && leverage.lte(ONE))
        throw fields.wrong('leverage', 'of a short must be above 1: with 1 it owes nothing');
      return inverseBankruptcyPrice(sheet, isLong, fields.number('entry', POSITIVE), leverage);
    },
  },
  marginLevels: {
    fields: ['factors', 'maintenance', 'balanceBefore', 'generalBefore'],
    compute: levels,
  },
};

const FACTORS: ReadonlySet<string> = new Set(['search', 'initial', 'release']);

/** The levels; with a balance also what moves, and what is left on both sides as far as that can be known. */
function levels(fields: Fields, sheet: Sheet): Outcome {
  const factors = fields.object('factors');
  if (factors === undefined) throw fields.wrong('factors', 'is needed');
  factors.only(FACTORS);
  const maintenance = fields.number('maintenance', NOT_NEGATIVE);
  const multiples = {
    search: factors.number('search', NOT_NEGATIVE),
    initial: factors.number('initial', NOT_NEGATIVE),
    release: factors.number('release', NOT_NEGATIVE),
  };
  const balance = fields.optional('balanceBefore', ANY);
  if (balance === undefined) return { ...marginLevels(sheet, maintenance, multiples) };
  const general = fields.optional('generalBefore', NOT_NEGATIVE);
  const result = rebalance(sheet, maintenance, multiples, balance, general);
  return {
    ...result,
    marginBalanceAfter: balance.plus(result.transfer),
    generalAfter: general?.minus(result.transfer),
  };
}

export const functions: NamedFunctions = {
  ...venueFunctions,
  ...dydxFunctions,
  ...ofOpenInterest,
  ...ofLiquidation,
  ...ofWeights,
};
