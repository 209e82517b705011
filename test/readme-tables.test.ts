// Tables of plug-ins in READMEs are what the registries say of themselves; `npm run readme-tables` renews them.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readmeTables, tablesIn, TABLES_OF, withTables } from '../.config/readme-text.js';
import type * as Catalogue from '../src/lab/catalogue.ts';
import type * as Tables from '../src/models/market/tables/index.ts';
import type * as Words from '../src/report/words/market-columns.ts';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
// Of the build, to which no other test adds plug-ins of its own.
const built = <T>(path: string): Promise<T> =>
  import(new URL(`../dist/src/${path}`, import.meta.url).href) as Promise<T>;
const { listAgents, listPolicies } = await built<typeof Catalogue>('lab/catalogue.js');
const { marketTables } = await built<typeof Tables>('models/market/tables/index.js');
const { marketColumns } = await built<typeof Words>('report/words/market-columns.js');
const registries = {
  policies: listPolicies(),
  agents: listAgents(),
  runs: marketTables[0]!.columns,
  metrics: marketColumns(''),
};
const tables = readmeTables(registries);

test.each(Object.entries(TABLES_OF))(
  'tables of %s are as npm run readme-tables renews them',
  (file, names) => {
    const readme = read(file);
    expect(tablesIn(readme)).toEqual(names);
    expect(readme).toBe(withTables(readme, tables));
  },
);

test('every table has its place', () => {
  expect(Object.values(TABLES_OF).flat().sort()).toEqual(Object.keys(tables).sort());
});

test('a new plug-in is a new row, with bars that break no table', () => {
  const more = { name: 'sleepy', about: 'Sells | sleeps.', source: undefined, settings: [] };
  const renewed = readmeTables({ ...registries, agents: [...registries.agents, more] })['agents'];
  expect(renewed).toBe(`${tables['agents']!}| \`sleepy\` | Sells \\| sleeps. |  |\n`);
});

test('a mark that names no table is refused', () => {
  expect(() => withTables('<!-- table: marjin -->\n<!-- end of table -->', tables)).toThrow(
    'no table marjin;',
  );
});

// Sections that tell more of each than its sentence are written by hand: they leave out none.
test.each([
  ['Rungs', 'How calls escalate', 'Which policy is better'],
  ['Layers', 'Who pays', 'Which policy is better'],
])('%s are all told of in experiments/README.md', (title, from, to) => {
  const text = read('experiments/README.md').split(`## ${from}\n`)[1]!.split(`## ${to}\n`)[0]!;
  const names = registries.policies
    .find((section) => section.title.startsWith(title))!
    .entries.map(({ name }) => name);
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
