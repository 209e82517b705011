// Strict typed lint for everything, and the bans that keep a run the same on every engine: src/core, market,
// clearing, sim, stats and agents may use neither the engine's transcendental functions, nor a clock, nor a host.
import { builtinModules } from 'node:module';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import architecture from './.config/architecture.json' with { type: 'json' };

const runsAnywhere = Object.entries(architecture.folders)
  .filter(([, rule]) => rule.runsAnywhere)
  .map(([path]) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`));

const exact = architecture.exactMath.join('|');
const differs =
  'differs in the last bit between JavaScript engines; use the deterministic functions of src/core';
const noHost = 'this folder runs in a browser worker as it is, and the same everywhere';

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'results/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./test/tsconfig.json', './src/page/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // `a[i]!` is free on a typed array, `.at(i)` costs 44 ns.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: 'error',
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: runsAnywhere,
    rules: {
      'no-restricted-globals': [
        'error',
        ...architecture.hostGlobals.map((name) => ({ name, message: `No ${name}: ${noHost}.` })),
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: builtinModules.map((name) => ({ name, message: `No Node modules: ${noHost}.` })),
          patterns: [{ regex: '^node:', message: `No Node modules: ${noHost}.` }],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: `MemberExpression[object.name='Math'][computed=false][property.name!=/^(${exact}|random)$/]`,
          message: `This Math function ${differs}.`,
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'Math.random has no seed; draw from a stream of the world.',
        },
        {
          selector:
            ":not(MemberExpression) > Identifier[name='Math'], MemberExpression[object.name='Math'][computed=true]",
          message: 'Write Math.name in full, so that the ban on inexact functions can be checked.',
        },
        { selector: "BinaryExpression[operator='**']", message: `The operator ** ${differs}.` },
        { selector: "AssignmentExpression[operator='**=']", message: `The operator **= ${differs}.` },
        {
          selector: "CallExpression[callee.name='seedrandom'][arguments.length=0]",
          message: 'seedrandom() without a seed takes one from the host.',
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { globals: { process: 'readonly', require: 'readonly', module: 'writable' } },
  },
);
