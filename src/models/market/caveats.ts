/** What must be known before the numbers of a cell are believed: nothing happened, or too little to tell, or not all of it. */
import type { Estimate } from '../../stats/estimate.ts';
import type { Caveat } from '../caveat.ts';
import type { Made, RunColumns } from '../model.ts';
import { isWide } from '../compare/wide.ts';
import type { OfSome } from './estimates.ts';
import type { TailDetails } from './measures/tail.ts';
import { estimateIn } from '../../stats/estimate.ts';

/** Fewer runs than this give no verdict. */
const LEAST_RUNS = 10;

/** What is said of one, before its title. */
const WIDER = 'interval wider than the estimate';

/** Metrics whose interval is looked at, in the words of a line. */
const HEADLINES: Readonly<Record<string, string>> = {
  p_systemic: 'P(cascade)',
  accounts_mean: 'accounts liquidated',
  share_mean: 'share of open interest',
  amplification: 'amplification',
  worst_move: 'worst price move',
  bad_debt: 'bad debt',
};

/** Metrics that tell how many runs they are not of. */
const OF_SOME: Readonly<Record<string, string>> = {
  amplification: 'amplification',
  half_recovery_s: 'half-recovery time',
  spread_widening: 'spread widening',
  worst_initial_over_equity: 'initial margin over equity at worst',
};

/** `lost`: runs of the cell that came to no end. */
export function caveatsOf(
  runs: RunColumns,
  metrics: Readonly<Record<string, unknown>>,
  lost: number,
  because: Made['because'],
): Caveat[] {
  const made = runs['run']!.length;
  const estimates = metrics as Readonly<Record<string, Estimate>>;
  const found: Caveat[] = [];
  const add = (kind: Caveat['kind'], text: string): void => {
    found.push({ kind, text, withholds: true });
  };
  // The frontier looks at its own metrics.
  const addOf = (metric: string, title: string, kind: Caveat['kind'], text: string): void => {
    found.push({ kind, text, of: { metric, title }, withholds: false });
  };
  if (lost > 0) {
    add(
      'lost',
      `${lost} of ${made + lost} runs were lost, and may be the worst: only probabilities have bounds`,
    );
  }
  if (because === 'time') add('time', 'stopped by time: a faster machine would have made more runs');
  if (made < LEAST_RUNS) add('few_runs', `${made} runs are too few to tell (at least ${LEAST_RUNS})`);
  if (lost > 0) return found;
  if (runs['accounts']!.every((accounts) => accounts === 0)) {
    add('nothing_happened', 'no account was liquidated in any run');
  }
  for (const [name, title] of Object.entries(HEADLINES)) {
    if (isWide(estimates[name]!)) addOf(name, title, 'wide', `${WIDER}: ${title}`);
  }
  for (const [name, title] of Object.entries(OF_SOME)) {
    const { n, left_out, because: why } = estimates[name] as Partial<OfSome>;
    if (left_out !== undefined)
      addOf(name, title, 'left_out', `${title} is of ${n} of ${made} runs: in ${left_out} ${why}`);
  }
  const { tail_law, tail_goodness } = metrics as unknown as TailDetails;
  if (tail_law === 'refused') {
    const p = tail_goodness.p_value.toFixed(3).replace(/^0/, '');
    const text = `the sizes are not generalised Poisson (refused, p ${p})`;
    addOf('tail_m', 'law of the sizes', 'law_refused', text);
  }
  return found;
}

interface Told {
  readonly policy: string;
  readonly shock: string;
  readonly lost: number;
  readonly metrics: Readonly<Record<string, unknown>>;
  readonly caveats: Caveat[];
}

/** Differences of traders' own money up to this share of it are the market's. */
const SAME_MONEY = 0.001;

/**
 * Policies that change the traders' own money are told apart, each against the one of the shock under which they hold least:
 * an initial margin above the leverage that traders chose has them bring more, which is no merit of the calls or liquidations.
 */
export function addOwnMoney(cells: readonly Told[], unit: string): void {
  const moneyOf = ({ metrics }: Told): number => estimateIn(metrics, 'traders_money').value;
  for (const cell of cells) {
    const others = cells.filter(({ shock, lost }) => shock === cell.shock && lost === 0);
    const [least] = [...others].sort((a, b) => moneyOf(a) - moneyOf(b));
    if (least === undefined || cell.lost > 0) continue;
    const more = moneyOf(cell) - moneyOf(least);
    if (!(more > SAME_MONEY * moneyOf(least))) continue;
    const share = `${((100 * more) / moneyOf(least)).toFixed(1)} %`;
    cell.caveats.push({
      kind: 'own_money',
      text: `traders brought ${moneyText(more)} ${unit} (${share}) more of their own than under ${least.policy}, before the shock`,
      withholds: false,
    });
  }
}

/** Three significant digits, with the thousands that they count. */
function moneyText(amount: number): string {
  const [size, suffix] =
    amount >= 1e9 ? [1e9, ' G'] : amount >= 1e6 ? [1e6, ' M'] : amount >= 1e3 ? [1e3, ' k'] : [1, ''];
  return `${Number((amount / size).toPrecision(3))}${suffix}`;
}
