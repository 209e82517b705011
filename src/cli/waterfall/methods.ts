/**
 * Who pays: each method takes what is still owed and shares it out by the engine's own allocation. A method leaves what
 * it cannot get to the next one.
 */
import { quotientOf } from '../../core/exact.ts';
import { cappedProRata, proRataRoundedUp } from '../../clearing/waterfall/allocation.ts';
import { deleverage } from './deleverage.ts';
import type { Method, WrittenDocument } from './input.ts';
import type { Account, Situation } from './situation.ts';

type Work = (situation: Situation, document: WrittenDocument) => void;

export const methods: Readonly<Record<Method, Work>> = {
  insurance(situation) {
    const paid = Math.min(situation.owed, situation.fund);
    situation.fund -= paid;
    pays(situation, 'the insurance fund', paid);
  },
  backstop(situation) {
    const paid = Math.min(situation.owed, situation.vault);
    situation.vault -= paid;
    pays(situation, 'the backstop vault', paid);
  },
  queue(situation, document) {
    deleverage(situation, 'queue', document);
  },
  'pro-rata': (situation, document) => {
    deleverage(situation, 'pro-rata', document);
  },
  'haircut-winners': haircut,
  'default-fund': defaultFund,
  'write-off': (situation) => {
    const paid = situation.owed;
    situation.writtenOff += paid;
    pays(situation, 'nobody (written off)', paid);
  },
};

function pays(situation: Situation, who: string, quanta: number): void {
  const { owed } = situation;
  situation.cover(quanta);
  if (owed > 0) situation.say(`${who} pays ${situation.text(quanta)} of ${situation.text(owed)}`);
}

/**
 * Winners pay in proportion to their gains. Seen from the other side: of all gains only gains − loss is there, each winner
 * is paid its part of that, rounded down, and what rounding leaves goes to the winner with the least collateral (of
 * equals, the last). A gain that an account has no equity for is not taken from it, but from the others.
 */
function haircut(situation: Situation): void {
  const { accounts, claims, owed } = situation;
  if (owed === 0) return;
  claims.clear();
  let keeper = -1;
  let gains = 0;
  accounts.forEach((account, i) => {
    const free = situation.free(account);
    if (free === 0) return;
    const gain = situation.gain(account) - account.paid;
    if (gain <= 0) return;
    if (keeper < 0 || !poorer(accounts[claims.account[keeper]!]!, account)) keeper = claims.count;
    claims.add(i, gain, Math.min(gain, free));
    gains += gain;
  });
  let paid = 0;
  if (owed < gains) paid = proRataRoundedUp(claims, owed, keeper);
  let exceeded = paid === 0;
  for (let i = 0; i < claims.count; i++) if (claims.part[i]! > claims.cap[i]!) exceeded = true;
  if (exceeded) paid = cappedProRata(claims, owed);
  situation.say(
    `winners gained ${situation.text(gains)}, of which ${situation.text(gains - paid)} is there: each keeps its gain · ` +
      `${situation.text(gains - paid)} / ${situation.text(gains)}, rounded down`,
  );
  charge(situation);
  situation.cover(paid);
}

function poorer(a: Account, b: Account): boolean {
  if (a.collateral === undefined || b.collateral === undefined) return a.equity < b.equity;
  return a.collateral.lt(b.collateral);
}

/** The parts of the claims are paid from accounts' equity. */
function charge(situation: Situation): void {
  const { accounts, claims } = situation;
  for (let i = 0; i < claims.count; i++) {
    const account = accounts[claims.account[i]!]!;
    account.paid += claims.part[i]!;
    situation.say(
      `${account.name} pays ${situation.text(claims.part[i]!)} (weight ${situation.text(claims.weight[i]!)})`,
    );
  }
}

/** Defaulters' contributions, own capital, members' contributions pro rata, assessments pro rata to contributions. */
function defaultFund(situation: Situation, { assessment }: WrittenDocument): void {
  const { accounts, claims } = situation;
  for (const account of accounts) {
    const paid = Math.min(situation.debt(account), account.contribution - account.contributed);
    if (paid === 0) continue;
    account.contributed += paid;
    account.covered += paid;
    situation.say(`${account.name}'s own contribution pays ${situation.text(paid)}`);
  }
  const capital = Math.min(situation.owed, situation.capital);
  situation.capital -= capital;
  pays(situation, 'own capital', capital);

  claims.clear();
  accounts.forEach((account, i) => {
    const left = account.contribution - account.contributed;
    if (account.equity >= 0 && left > 0) claims.add(i, left, left);
  });
  const members = cappedProRata(claims, situation.owed);
  for (let i = 0; i < claims.count; i++) accounts[claims.account[i]!]!.contributed += claims.part[i]!;
  pays(situation, "members' contributions", members);

  claims.clear();
  const [above, below] = assessment === undefined ? [1, 1] : fraction(assessment.toNumber());
  accounts.forEach((account, i) => {
    const free = situation.free(account);
    // Only where it may bind: a large multiple of a contribution is more than can be counted.
    const mayBind = (account.contribution * above) / below < 2 * free;
    const most = mayBind ? Math.min(free, quotientOf(account.contribution, above, below)) : free;
    if (account.equity >= 0 && most > 0) claims.add(i, account.contribution, most);
  });
  const assessed = cappedProRata(claims, situation.owed);
  if (assessed > 0) charge(situation);
  situation.cover(assessed);
}

/** A multiple as a fraction of millionths. */
function fraction(multiple: number): [number, number] {
  return [Math.round(multiple * 1e6), 1e6];
}
