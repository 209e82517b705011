// A kind of contract that is defined outside, used by its name in an experiment file as the product's own ones are: schema, help,
// errors at their place, a whole run with margin, liquidation and an end, and an audit that says what it does not know.
import { describe, expect, test } from 'vitest';
import { plugInCatalogue } from '../../src/sim/catalogue.ts';
import { cells, compileScenario } from '../../src/models/experiment.ts';
import { experimentJsonSchema } from '../../src/models/json-schema.ts';
import { record, replay } from '../audit/journal.ts';
import { bench } from '../experiment/fixtures/experiment.ts';
import { cappedForward, cappedForwardKind } from './capped-forward.ts';

const BOOK = 'book: { snapshot: book.csv }';
const { market, errorOf } = bench();
const contract = (written: string) =>
  market(BOOK, `${BOOK}, contract: ${written}`).venues[0]!.instruments[0]!;
const refused = (written: string) => errorOf(BOOK, `${BOOK}, contract: ${written}`);

describe('a kind from outside', () => {
  test('has its terms in the engine’s units', () => {
    expect(contract('{ kind: capped-forward, cap: 110.5 USDT, expires: 40 s }').contract).toEqual(
      cappedForward(1, 1105, 40_000_000, 0),
    );
  });

  test.each([
    ['capped-forward', `contract: needs its settings: { kind: capped-forward, cap: …, expires: … }`],
    ['{ kind: capped-forward, cap: 110 }', 'contract.expires: missing, needs a time with its unit'],
    ['{ kind: capped-forward, cap: 110, expires: 0 }', 'contract.expires: must be '],
    [
      '{ kind: capped-forward, cap: 110 EUR, expires: 9 s }',
      'contract.cap: needs an amount of USDT, got 110 EUR',
    ],
    [
      '{ kind: capped-forward, cap: 110.05, expires: 9 s }',
      'contract.cap: needs a positive multiple of the tick, 0.1',
    ],
    [
      '{ kind: capped-forward, cap: 90, expires: 9 s }',
      'contract.cap: must be above the first price, 1002 ticks',
    ],
    ['{ kind: capped-forward, cup: 110, expires: 9 s }', 'contract.cup: unknown key; did you mean cap?'],
    ['{ kind: caped-forward }', 'contract.kind: needs one of linear, inverse, spot, capped-forward'],
    ['capped-forwrd', 'did you mean capped-forward?'],
  ])('written as %s is refused at its place', (written, message) => {
    expect(refused(written)).toMatch(/^small\.yaml:7:\d+ {2}market\.instruments\[0\]\.contract/);
    expect(refused(written)).toContain(message);
  });

  test('is in the schema that editors use, and in the catalogue', () => {
    expect(JSON.stringify(experimentJsonSchema())).toContain('Price above which nothing is gained.');
    const section = plugInCatalogue().find(({ title }) => title.startsWith('Contracts'))!;
    expect(section.entries.find(({ name }) => name === 'capped-forward')).toMatchObject({
      about: cappedForwardKind.about,
      settings: [{ name: 'cap' }, { name: 'expires' }],
    });
    expect(section.entries.find(({ name }) => name === 'inverse')!.settings).toMatchObject([
      { name: 'coin_quantum', default: 1e-8 },
    ]);
  });

  test('runs to its end, and the audit replays what moves and says what it cannot judge', () => {
    const forward = 'contract: { kind: capped-forward, cap: 110 USDT, expires: 40 s }';
    const experiment = market(
      BOOK,
      `book: { flat: { lots_per_tick: 40, ticks: 900 } }, price: 100 USDT, ${forward}`,
      {
        sets: [
          'population.1.count=60',
          'population.1.params.size=200 USDT',
          'shock.notional=2000',
          'population.0.params={ size: 2 USDT }',
        ],
      },
    );
    const scenario = compileScenario(experiment, cells(experiment)[0]!);
    const recorded = record(scenario, { margin: { rule: 'flat', leverage: 10 } }, 'forward', 60_000_000);
    const fills = recorded.rows.get('audit_fills')!;
    const last = fills.filter(({ fill }) => fill === -3);
    expect(last.length).toBeGreaterThan(20);
    expect(new Set(last.map(({ time_us }) => time_us))).toEqual(new Set([40_000_000]));
    expect(fills.some(({ time_us }) => (time_us as number) > 40_000_000)).toBe(false);
    expect(recorded.rows.get('audit_orders')!.length).toBeGreaterThan(3);
    const { difference, counts, skipped } = replay(recorded);
    expect(difference).toBeUndefined();
    expect(skipped).toEqual([
      'worth, fees, requirements, calls and decisions: this audit knows no formula of contract capped-forward; ' +
        'what trades move is taken as recorded',
    ]);
    expect(counts.get('fills')).toBe(fills.length);
    expect(counts.get('closing balances')).toBeGreaterThan(60);
    // A quantum more for one side than comes from the other is found, and so is a balance at the end.
    const one = fills.find(({ buyer, seller }) => buyer !== seller)!;
    one['quanta'] = (one['quanta'] as number) + 1;
    expect(replay(recorded).difference).toMatchObject({ column: 'buyer_money' });
    one['quanta'] = one['quanta'] - 1;
    const closing = recorded.rows.get('audit_accounts')!.at(-1)!;
    closing['money'] = (closing['money'] as number) + 1;
    expect(replay(recorded).difference).toMatchObject({ column: 'money' });
  });
});
