/** Traders of a venue by category, as they were just before the shock: what contagion is counted by. */
import type { Places } from '../../sim/scenario/places.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import { registeredAt } from '../../sim/scenario/scenario.ts';
import type { Venue } from '../../sim/venue/venue.ts';

/** Upper edges of the bands of leverage; who had no position at the shock is in a band of its own. */
const BANDS = [2, 5, 10, 20, 50] as const;

export const LEVERAGE_BANDS: readonly string[] = [
  ...BANDS.map((edge, i) => (i === 0 ? `up to ${edge}` : `${BANDS[i - 1]!} to ${edge}`)),
  `above ${BANDS.at(-1)!}`,
  'no position',
];

export class Traders {
  /** Names of the kinds, in order of first appearance. */
  readonly kinds: readonly string[];
  /** Of each account, by its number: index into `kinds`; the venue's own accounts have 0. */
  readonly kind: Int32Array;
  /** Of each account: notional of all positions at the marks over equity; NaN: no position, Infinity: no equity. */
  readonly leverage: Float64Array;

  constructor({ groups }: Scenario, places: Places, { number, ledger }: Venue) {
    const own = groups.flatMap((group, g) => (registeredAt(group).includes(number) ? [{ group, g }] : []));
    this.kinds = [...new Set(own.map(({ group }) => group.kind.kind))];
    this.kind = new Int32Array(places.accounts[number]!);
    for (const { group, g } of own) {
      const first = places.firstAccounts[g]!;
      this.kind.fill(this.kinds.indexOf(group.kind.kind), first, first + group.count);
    }
    this.leverage = Float64Array.from(this.kind, (_, who) => {
      let notional = 0;
      for (let i = 0; i < ledger.instruments; i++) {
        notional += ledger.notional(who, i);
      }
      const equity = ledger.equity(who);
      return notional === 0 ? NaN : equity > 0 ? notional / equity : Infinity;
    });
  }

  /** Index into LEVERAGE_BANDS. */
  bandOf(account: number): number {
    const leverage = this.leverage[account]!;
    if (Number.isNaN(leverage)) return LEVERAGE_BANDS.length - 1;
    const band = BANDS.findIndex((edge) => leverage <= edge);
    return band < 0 ? BANDS.length : band;
  }
}
