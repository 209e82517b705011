/**
 * src/library/API.md: every export of the package, with its declaration and what its comment says, read off the source by
 * TypeScript. `npm run api-reference` renews it; test/library/api-reference.test.ts fails where it says otherwise.
 */
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = 'src/library/index.ts';
export const PAGE = 'src/library/API.md';

const HEAD = `# Reference

All that \`import … from 'unwind'\` gives, made by \`npm run api-reference\` from the comments of the source. What a word means stands in
the [glossary](../README.md#glossary).
`;

/** By the file that declares it. What fits nowhere comes last. */
const SECTIONS = /** @type {const} */ ([
  [
    'Experiments and their runs',
    /^src\/(library\/(load|settings|run)|models\/read|lab\/run|experiment\/problems)\.ts/,
  ],
  ['Results', /^src\/(library\/results|models\/model|stats\/estimate|lab\/store)/],
  ['Worlds', /^src\/(library\/(world|book)|replay\/)/],
  ['Figures', /^src\/library\/draw/],
  ['Errors', /^src\/core\/errors/],
  ['Plug-ins: declaring them', /^src\/models\/plug-ins/],
  ['Plug-ins: traders', /^src\/(sim\/agent|core\/rng|market\/reports)/],
  ['Plug-ins: everything else', /./],
]);

/** The page as the source has it now. */
export function apiReference() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([join(root, ENTRY)], options);
  const checker = program.getTypeChecker();
  const entry = checker.getSymbolAtLocation(
    /** @type {ts.SourceFile} */ (program.getSourceFile(join(root, ENTRY))),
  );
  const found = checker.getExportsOfModule(/** @type {ts.Symbol} */ (entry)).map((symbol) => {
    const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return entryOf(checker, symbol.name, own);
  });
  const sections = SECTIONS.map(([title], place) => {
    const entries = found
      .filter(({ file }) => SECTIONS.findIndex(([, one]) => one.test(file)) === place)
      .sort((a, b) => Number(b.isCalled) - Number(a.isCalled) || (a.name < b.name ? -1 : 1));
    return [title, entries.map(({ text }) => text)];
  });
  return `${HEAD}${sections.map(([title, texts]) => `\n## ${String(title)}\n\n${/** @type {string[]} */ (texts).join('\n')}`).join('')}`;
}

/**
 * @param {ts.TypeChecker} checker
 * @param {string} name
 * @param {ts.Symbol} symbol
 */
function entryOf(checker, name, symbol) {
  const node = symbol.declarations?.[0];
  const file = node === undefined ? '' : relative(root, node.getSourceFile().fileName).replaceAll('\\', '/');
  const isCalled = (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) !== 0;
  const isOurs = file.startsWith('src/');
  const about = isOurs
    ? ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s*\n\s*(?!\s)/g, ' ')
    : '';
  const code = node === undefined || !isOurs ? '' : declarationOf(checker, name, node);
  const where = isOurs ? ` ([source](${relative('src/library', file).replaceAll('\\', '/')}))` : '';
  const text = `### ${name}\n\n${about === '' ? '' : `${about.replaceAll('\\', '\\\\')}${where}\n\n`}${code === '' ? '' : `\`\`\`ts\n${code}\n\`\`\`\n`}`;
  return { name, file, isCalled, text };
}

/**
 * Without bodies, and without what is private.
 * @param {ts.TypeChecker} checker
 * @param {string} name
 * @param {ts.Node} node
 */
function declarationOf(checker, name, node) {
  const source = node.getSourceFile();
  const text = (/** @type {ts.Node} */ one) => one.getText(source);
  if (ts.isFunctionDeclaration(node)) return signatureOf(node, source, `function ${name}`);
  if (ts.isClassDeclaration(node)) {
    const members = node.members
      .filter((one) => one.name !== undefined && isOpen(one))
      .map((one) => memberOf(one, source));
    const heritage = node.heritageClauses?.map(text).join(' ');
    return `class ${name}${heritage === undefined ? '' : ` ${heritage}`} {\n${members.join('\n')}\n}`;
  }
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
    return text(node).replace(/^export /, '');
  if (ts.isSourceFile(node)) {
    const module = /** @type {ts.Symbol} */ (checker.getSymbolAtLocation(node));
    return checker
      .getExportsOfModule(module)
      .map((one) => `${name}.${one.name}`)
      .join(', ');
  }
  if (!ts.isVariableDeclaration(node)) return '';
  const type = checker.typeToString(
    checker.getTypeAtLocation(node),
    node,
    ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope,
  );
  return `const ${name}: ${type}`;
}

/** @param {ts.ClassElement} member */
function isOpen(member) {
  if (member.name === undefined || ts.isPrivateIdentifier(member.name)) return false;
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) === 0;
}

/**
 * @param {ts.ClassElement} member
 * @param {ts.SourceFile} source
 */
function memberOf(member, source) {
  const comment = ts.getLeadingCommentRanges(source.text, member.getFullStart())?.at(-1);
  const doc = comment === undefined ? '' : `  ${source.text.slice(comment.pos, comment.end)}\n`;
  const start = member.getStart(source);
  const body = /** @type {{ body?: ts.Node }} */ (/** @type {unknown} */ (member)).body;
  const code = source.text.slice(start, body === undefined ? member.end : body.getStart(source)).trim();
  return `${doc}  ${code.endsWith(';') ? code : `${code};`}`;
}

/**
 * @param {ts.FunctionDeclaration} node
 * @param {ts.SourceFile} source
 * @param {string} head
 */
function signatureOf(node, source, head) {
  const name = /** @type {ts.Identifier} */ (node.name);
  const end = node.body === undefined ? node.end : node.body.getStart(source);
  return `${head}${source.text.slice(name.end, end).trim()}`;
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, PAGE), apiReference());
