// Reads sources with TypeScript's parser and says where they break the arrows between folders or the bans that keep
// a run the same on every engine (.config/architecture.json). Pure: paths and texts in, sentences out.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import architecture from '../../.config/architecture.json' with { type: 'json' };

interface Rule {
  imports: string[];
  importsTypes?: string[];
  packages?: string[];
  runsAnywhere: boolean;
  /** Results come of it: no function of Math that engines compute differently. Of all that runs anywhere, too. */
  exact?: boolean;
}
interface Import {
  specifier: string;
  typeOnly: boolean;
  line: number;
}

const folders: Record<string, Rule> = architecture.folders;
/** Rooms of a folder, each in front of all that may know it; those written together know nothing of each other. */
const rooms = Object.entries(architecture.inside as Record<string, (string | string[])[]>);
const exactMath = new Set(architecture.exactMath);
const hostGlobals = new Set(architecture.hostGlobals);

/** Every breach in `sources` (path from the top of the repository → text), as "path:line what"; empty when clean. */
export function breaches(sources: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, text] of sources) {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const imports = importsOf(file);
    graph.set(
      path,
      imports.filter(({ specifier }) => specifier.startsWith('.')).map((it) => resolved(path, it.specifier)),
    );
    const home = homeOf(path);
    if (home === undefined) {
      found.push(`${path}:1 is in no folder of .config/architecture.json`);
      continue;
    }
    const rule = folders[home]!;
    for (const it of imports) {
      const reason = importBreach(path, home, rule, it);
      if (reason !== undefined) found.push(`${path}:${it.line} ${reason}`);
      const upward = upwardImport(path, it);
      if (upward !== undefined) found.push(`${path}:${it.line} ${upward}`);
    }
    if (rooms.some(([folder, order]) => inside(path, folder) && roomOf(path, folder, order) === -1)) {
      found.push(`${path}:1 is in no room of its folder in .config/architecture.json`);
    }
    found.push(...detours(path, home, reexportsOf(file)).map((it) => `${path}:${it}`));
    if (rule.runsAnywhere || rule.exact === true)
      found.push(...engineBreaches(file, rule.runsAnywhere).map((it) => `${path}:${it}`));
  }
  return [...found, ...cycles(graph)];
}

const inside = (path: string, place: string) => path === place || path.startsWith(`${place}/`);
const homeOf = (path: string) => Object.keys(folders).find((folder) => inside(path, folder));
const resolved = (from: string, specifier: string) => posix.join(posix.dirname(from), specifier);

function importBreach(path: string, home: string, rule: Rule, it: Import): string | undefined {
  if (it.specifier.startsWith('.')) {
    const target = resolved(path, it.specifier);
    if ([home, ...rule.imports].some((place) => inside(target, place))) return undefined;
    if (!(rule.importsTypes ?? []).some((place) => inside(target, place))) {
      return `imports ${target}, which ${home} must not know`;
    }
    return it.typeOnly ? undefined : `imports values of ${target}, of which ${home} may know only the types`;
  }
  if (isBuiltin(it.specifier))
    return rule.runsAnywhere ? `imports ${it.specifier}, a Node module` : undefined;
  const name = it.specifier
    .split('/')
    .slice(0, it.specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return rule.packages?.includes(name) === false ? `imports ${name}, not a package of ${home}` : undefined;
}

/** An import of a room from one that comes before it, or stands beside it. */
function upwardImport(path: string, { specifier }: Import): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = resolved(path, specifier);
  for (const [folder, order] of rooms) {
    if (!inside(path, folder) || !inside(target, folder)) continue;
    const [from, to] = [nameOf(path, folder), nameOf(target, folder)];
    if (from !== to && roomOf(path, folder, order) <= roomOf(target, folder, order))
      return `imports ${target}, which ${folder}/${from} must not know`;
  }
  return undefined;
}

const nameOf = (path: string, folder: string) => path.slice(folder.length + 1).split('/')[0]!;
const roomOf = (path: string, folder: string, order: readonly (string | string[])[]) =>
  order.findIndex((room) => [room].flat().includes(nameOf(path, folder)));

/**
 * Re-exports by which a folder that may know this file comes to know what it must not. A place that is one file and not a
 * folder is a surface, made for passing on.
 */
function detours(path: string, home: string, reexports: readonly Import[]): string[] {
  if (home === path) return [];
  return reexports.flatMap(({ specifier, line }) => {
    const target = resolved(path, specifier);
    // Where the file itself must not know it, its import says so.
    if (inside(target, home) || !folders[home]!.imports.some((place) => inside(target, place))) return [];
    return Object.entries(folders)
      .filter(([folder, rule]) => {
        const known = [folder, ...rule.imports, ...(rule.importsTypes ?? [])];
        const knows = (file: string) => known.some((place) => inside(file, place));
        return knows(path) && !knows(target);
      })
      .map(([folder]) => `${line} passes on ${target}, which ${folder} must not know`);
  });
}

/** What a file passes on of others: `export … from`, and exports of what it imports. */
function reexportsOf(file: ts.SourceFile): Import[] {
  const from = new Map<string, string>();
  const found: Import[] = [];
  const own = (specifier: string, node: ts.Node, typeOnly: boolean) => {
    if (specifier.startsWith('.')) found.push({ specifier, typeOnly, line: lineOf(node) });
  };
  for (const node of file.statements) {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue;
    const { name, namedBindings } = node.importClause ?? {};
    const bound = [name];
    if (namedBindings && ts.isNamespaceImport(namedBindings)) bound.push(namedBindings.name);
    else namedBindings?.elements.forEach((element) => bound.push(element.name));
    for (const it of bound) if (it) from.set(it.text, node.moduleSpecifier.text);
  }
  for (const node of file.statements) {
    if (ts.isExportAssignment(node) && ts.isIdentifier(node.expression)) {
      own(from.get(node.expression.text) ?? '', node, false);
    } else if (ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
        own(node.moduleSpecifier.text, node, node.isTypeOnly);
      else if (node.exportClause && ts.isNamedExports(node.exportClause))
        for (const { propertyName, name } of node.exportClause.elements)
          own(from.get((propertyName ?? name).text) ?? '', node, node.isTypeOnly);
    }
  }
  return found;
}

function importsOf(file: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      imports.push({ specifier: specifier.text, typeOnly, line: lineOf(specifier) });
    }
  };
  visit(file, (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
  });
  return imports;
}

/** Uses of the host, of a clock, of unseeded chance and of functions that differ between engines. */
function engineBreaches(file: ts.SourceFile, anywhere: boolean): string[] {
  const found: string[] = [];
  const own = bindingsOf(file);
  visit(file, (node) => {
    const say = (what: string) => found.push(`${lineOf(node)} ${what}`);
    if (ts.isIdentifier(node) && isUse(node)) {
      if (node.text === 'Math') mathBreach(node, say);
      else if (anywhere && hostGlobals.has(node.text) && !own.has(node.text))
        say(`uses ${node.text} of the host`);
    } else if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      if (operator === ts.SyntaxKind.AsteriskAsteriskToken) say('uses **, which differs between engines');
      if (operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken)
        say('uses **=, which differs between engines');
    } else if (ts.isCallExpression(node) && node.arguments.length === 0) {
      if (ts.isIdentifier(node.expression) && node.expression.text === 'seedrandom')
        say('calls seedrandom unseeded');
    }
  });
  return found;
}

function mathBreach(node: ts.Identifier, say: (what: string) => void): void {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent)) say('uses Math other than as Math.name');
  else if (parent.name.text === 'random') say('uses Math.random');
  else if (!exactMath.has(parent.name.text))
    say(`uses Math.${parent.name.text}, which differs between engines`);
}

/** An identifier that reads something, not one that names a member, a binding or an import. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  if (ts.isQualifiedName(parent) && parent.right === node) return false;
  return (parent as { name?: ts.Node }).name !== node;
}

/** What the file itself declares or imports under a name. */
function bindingsOf(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  visit(file, (node) => {
    const binds =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isImportSpecifier(node);
    if (binds && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
  });
  return names;
}

/** Imports that lead back to where they started, each ring once, type-only imports included. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const walk = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`${path}:1 imports itself: ${[...trail.slice(start), path].join(' → ')}`);
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const next of graph.get(path) ?? []) walk(next);
    trail.pop();
    done.add(path);
  };
  for (const path of graph.keys()) walk(path);
  return found;
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => {
    visit(child, see);
  });
}

function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}
