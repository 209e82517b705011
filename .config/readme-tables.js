/**
 * Renews the tables of plug-ins in READMEs from the build's registries: npm run readme-tables.
 * test/readme-tables.test.ts fails where a README says otherwise.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { URL } from 'node:url';
import { readmeTables, TABLES_OF, withTables } from './readme-text.js';

/** @param {string} path */
const built = async (path) => import(new URL(`../dist/${path}`, import.meta.url).href);

const { listAgents, listPolicies } = await built('src/lab/catalogue.js');
const { marketTables } = await built('src/models/market/tables/index.js');
const { marketColumns } = await built('src/report/words/market-columns.js');
const tables = readmeTables({
  policies: listPolicies(),
  agents: listAgents(),
  runs: marketTables[0].columns,
  metrics: marketColumns(''),
});
for (const file of Object.keys(TABLES_OF)) {
  const path = new URL(`../${file}`, import.meta.url);
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), tables));
}
