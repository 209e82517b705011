/** The tables of plug-ins in READMEs, made from what the registries say of themselves. Pure: catalogues and texts in, texts out. */

/**
 * @typedef {{ name: string, about: string, source?: string | undefined, settings: readonly { name: string }[] }} Entry
 * @typedef {object} Registries
 * @property {readonly { title: string, entries: readonly Entry[] }[]} policies what `unwind policies` lists
 * @property {readonly Entry[]} agents what `unwind agents` lists
 * @property {readonly { name: string, unit: string, about: string }[]} runs columns of the table `runs`
 * @property {readonly { head: string, metric: string, kind: string }[]} metrics columns of a market's table of policies
 */

/** The READMEs that have tables, and the tables of each, in their order. */
export const TABLES_OF = {
  'src/clearing/README.md': ['margin rules', 'margin wrappers', 'rungs', 'named ladders', 'layers'],
  'experiments/MODEL.md': ['contracts', 'marks', 'shocks', 'changes', 'scores'],
  'agents/README.md': ['agents'],
  'results/README.md': ['metrics', 'columns of runs'],
};

const MARKED = /(<!-- table: (.+?) -->\n)([^]*?)(<!-- end of table -->)/g;

/**
 * A README with all of its marked tables as the registries have them. Throws where a mark names no table.
 * @param {string} readme
 * @param {Record<string, string>} tables
 */
export function withTables(readme, tables) {
  return readme.replace(MARKED, (_, begin, name, _before, end) => {
    if (tables[name] === undefined)
      throw new Error(`there is no table ${name}; known: ${Object.keys(tables).join(', ')}`);
    return `${begin}${tables[name]}${end}`;
  });
}

/**
 * Names of the tables that a README has a place for.
 * @param {string} readme
 */
export function tablesIn(readme) {
  return [...readme.matchAll(MARKED)].map(([, , name]) => name);
}

/**
 * All tables by name, as Markdown.
 * @param {Registries} registries
 * @returns {Record<string, string>}
 */
export function readmeTables({ policies, agents, runs, metrics }) {
  /** @param {string} title */
  const section = (title) => {
    const found = policies.find((one) => one.title.startsWith(title));
    if (found === undefined) throw new Error(`the catalogue has no section ${title}`);
    return found.entries;
  };
  return {
    'margin rules': plugIns('rule', section('Margin rules')),
    'margin wrappers': plugIns('wrapper', section('Margin wrappers')),
    rungs: plugIns('rung', section('Rungs')),
    'named ladders': sentences('ladder', 'its rungs', section('Ladders with a name')),
    layers: plugIns('layer', section('Layers')),
    contracts: plugIns('contract', section('Contracts')),
    marks: plugIns('mark', section('Mark prices')),
    shocks: plugIns('shock', section('Shocks')),
    changes: plugIns('change', section('What a fork can change')),
    scores: sentences('score', 'what it says', section('Scores')),
    agents: table(
      ['kind', 'what it does', 'source'],
      agents.map(({ name, about, source }) => [code(name), about, source ?? '']),
    ),
    metrics: table(
      ['column', 'metric in the JSON', 'in'],
      metrics.map(({ head, metric, kind }) => [joined(head), code(metric), kind]),
    ),
    'columns of runs': table(
      ['column', 'unit', 'what it is'],
      runs.map(({ name, unit, about }) => [code(name), unit, about]),
    ),
  };
}

/**
 * @param {string} what
 * @param {readonly Entry[]} entries
 */
function plugIns(what, entries) {
  return table(
    [what, 'what it does', 'settings'],
    entries.map(({ name, about, settings }) => [
      code(name),
      about,
      settings.map((setting) => code(setting.name)).join(', '),
    ]),
  );
}

/**
 * @param {string} what
 * @param {string} meaning
 * @param {readonly Entry[]} entries
 */
function sentences(what, meaning, entries) {
  return table(
    [what, meaning],
    entries.map(({ name, about }) => [code(name), about]),
  );
}

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
function table(heads, rows) {
  const lines = [heads, ...rows].map((cells) => `| ${cells.map(inCell).join(' | ')} |\n`);
  return [lines[0], `|${'---|'.repeat(heads.length)}\n`, ...lines.slice(1)].join('');
}

/** @param {string} text */
function inCell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** @param {string} name */
function code(name) {
  return `\`${name}\``;
}

/**
 * A head of two lines in one: words that were divided for it become whole again.
 * @param {string} head
 */
function joined(head) {
  return head.replaceAll('-\n', '').replaceAll('\n', ' ').trim();
}
