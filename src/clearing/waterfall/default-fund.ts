/**
 * The default waterfall of a central counterparty: the defaulter's own contribution, the CCP's own capital ("skin in the
 * game"), the other members' contributions, and then assessments, which members pay from their accounts. (The order of
 * EMIR, Regulation (EU) 648/2012, Art. 45; every margined account is a member.)
 */
import { z } from 'zod';
import { factor, money, share } from '../../core/settings.ts';
import { quantaOf } from '../../core/whole.ts';
import { ratePpm, shareOf } from '../margin/rule.ts';
import { DEFAULT_FUND, FIRST_TRADER, OWN_CAPITAL } from '../schema.ts';
import { cappedProRata } from './allocation.ts';
import type { LossCase } from './layer.ts';
import { defineLossLayer } from './layer.ts';
import { solventEquity } from './winners.ts';

export const defaultFund = defineLossLayer({
  name: 'default-fund',
  code: 5,
  shares: true,
  members: true,
  about: 'Defaulter’s contribution, own capital, members’ contributions and assessments pay, in this order.',
  settings: z.strictObject({
    contribution: share()
      .prefault('5 %')
      .describe(
        'What each member brings to the fund beside its margin: a share of its initial margin at the start.',
      ),
    own_capital: money().default(0).describe('What the CCP itself puts at risk, in units of money.'),
    assessment: factor()
      .default(1)
      .describe('Most that a member is asked for once the fund is spent, as a multiple of its contribution.'),
  }),
  compile: ({ contribution, own_capital, assessment }, { quantaPerUnit }) => {
    const contributionPpm = ratePpm(contribution);
    const ownCapital = quantaOf(own_capital, quantaPerUnit, 'own_capital');
    return {
      open(losses) {
        const { ledger, requirement } = losses;
        const { accounts, members } = ledger;
        ledger.mint(OWN_CAPITAL, ownCapital);
        for (let account = FIRST_TRADER; account < accounts.margined.length; account++) {
          if (accounts.margined[account] === 0) continue;
          const quanta = shareOf(requirement.initial(account), contributionPpm);
          members.contribution[account] = quanta;
          members.assessable[account] = Math.floor(quanta * assessment);
          ledger.mint(DEFAULT_FUND, quanta);
        }
      },
      pay(losses, owed) {
        let left = owed - fromDefaulter(losses, owed);
        left -= fromOwnCapital(losses, left);
        left -= fromMembers(losses, left);
        return owed - left + fromAssessments(losses, left);
      },
    };
  },
});

function fromDefaulter(losses: LossCase, owed: number): number {
  const { contribution } = losses.ledger.members;
  const paid = Math.min(owed, contribution[losses.account]!);
  if (paid === 0) return 0;
  contribution[losses.account] = contribution[losses.account]! - paid;
  losses.charge(DEFAULT_FUND, paid, losses.account);
  return paid;
}

function fromOwnCapital(losses: LossCase, owed: number): number {
  const paid = Math.min(owed, losses.ledger.accounts.quote[OWN_CAPITAL]!);
  if (paid > 0) losses.charge(OWN_CAPITAL, paid);
  return paid;
}

/** In proportion to what is left of contributions. */
function fromMembers(losses: LossCase, owed: number): number {
  const { claims } = losses;
  const { contribution } = losses.ledger.members;
  if (owed === 0) return 0;
  claims.clear();
  for (let account = FIRST_TRADER; account < contribution.length; account++) {
    const quanta = contribution[account]!;
    if (quanta > 0 && account !== losses.account) claims.add(account, quanta, quanta);
  }
  const paid = cappedProRata(claims, owed);
  for (let i = 0; i < claims.count; i++) {
    const account = claims.account[i]!;
    const part = claims.part[i]!;
    if (part === 0) continue;
    contribution[account] = contribution[account]! - part;
    losses.charge(DEFAULT_FUND, part, account);
  }
  return paid;
}

/** In proportion to what may still be asked, as far as members have it. */
function fromAssessments(losses: LossCase, owed: number): number {
  const { claims } = losses;
  const { assessable } = losses.ledger.members;
  if (owed === 0) return 0;
  claims.clear();
  for (let account = FIRST_TRADER; account < assessable.length; account++) {
    const most = Math.min(assessable[account]!, solventEquity(losses, account));
    if (most > 0) claims.add(account, assessable[account]!, most);
  }
  const paid = cappedProRata(claims, owed);
  for (let i = 0; i < claims.count; i++) {
    const account = claims.account[i]!;
    const part = claims.part[i]!;
    if (part === 0) continue;
    assessable[account] = assessable[account]! - part;
    losses.charge(account, part);
  }
  return paid;
}
