// Holds the arrows between folders (.config/architecture.json), cycles (type-only ones too) and packages.
// test/architecture.test.ts holds the same arrows without this tool, so that `npm test` alone proves them.
'use strict';

const { folders } = require('./.config/architecture.json');

const escaped = (path) => path.replace(/[.]/g, '\\.');
/** A folder matches all that is under it, a file only itself. */
const pattern = (path) => `^${escaped(path)}${path.endsWith('.ts') ? '$' : '/'}`;
const OURS = '^(src|agents|test|experiments|results)/';

const arrows = Object.entries(folders).flatMap(([folder, rule]) => {
  const from = { path: pattern(folder) };
  const anyKind = [folder, ...rule.imports].map(pattern);
  const asTypes = (rule.importsTypes ?? []).map(pattern);
  const rules = [
    {
      name: `arrow:${folder}`,
      comment: `${folder} imports only: ${[...rule.imports, ...(rule.importsTypes ?? [])].join(', ') || 'nothing of ours'}`,
      severity: 'error',
      from,
      to: { path: OURS, pathNot: [...anyKind, ...asTypes] },
    },
  ];
  if (asTypes.length > 0) {
    rules.push({
      name: `types-only:${folder}`,
      comment: `${folder} may name the types of ${rule.importsTypes.join(', ')}, not call it`,
      severity: 'error',
      from,
      to: { path: asTypes, dependencyTypesNot: ['type-only'] },
    });
  }
  if (rule.packages) {
    rules.push({
      name: `packages:${folder}`,
      comment: `${folder} uses these packages at most: ${rule.packages.join(', ') || 'none'}`,
      severity: 'error',
      from,
      to: {
        path: 'node_modules/',
        pathNot: rule.packages.map((name) => `node_modules/(@types/)?${escaped(name)}/`),
      },
    });
  }
  if (rule.runsAnywhere) {
    rules.push({
      name: `no-node:${folder}`,
      comment: `${folder} runs in a browser worker as it is: no Node modules`,
      severity: 'error',
      from,
      to: { dependencyTypes: ['core'] },
    });
  }
  return rules;
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'known-folder',
      comment: 'a new folder gets its arrows in .config/architecture.json first',
      severity: 'error',
      from: { path: '^(src|agents)/', pathNot: Object.keys(folders).map(pattern) },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'an import that resolves to nothing would pass every other rule',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-package',
      comment: 'the installed package has no devDependencies',
      severity: 'error',
      from: { path: '^(src|agents)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
