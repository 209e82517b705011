/**
 * Functions with so many numbers side by side that two of them can be swapped without the compiler's saying so, read off
 * the source by the compiler's own types (an alias such as Side is a number, too).
 */
import ts from 'typescript';

const MOST = 5;

/** A program of these files alone: what packages and the language bring is no function of ours, and takes seconds. */
function programOf(files: ReadonlyMap<string, string>): ts.Program {
  const options: ts.CompilerOptions = {
    noLib: true,
    noEmit: true,
    strict: true,
    types: [],
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
  };
  const textOf = (path: string): string | undefined => files.get(path.replace(/^\//, ''));
  const host: ts.CompilerHost = {
    fileExists: (path) => textOf(path) !== undefined,
    readFile: textOf,
    getSourceFile: (path, version) => {
      const text = textOf(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true);
    },
    resolveModuleNameLiterals: (names, from) =>
      names.map(({ text }) => {
        const path = new URL(text, `file://${from}`).pathname;
        const resolvedModule = { resolvedFileName: path, extension: '.ts', isExternalLibraryImport: false };
        return {
          resolvedModule: text.startsWith('.') && textOf(path) !== undefined ? resolvedModule : undefined,
        };
      }),
    getDefaultLibFileName: () => '',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
  return ts.createProgram(
    [...files.keys()].map((path) => `/${path}`),
    options,
    host,
  );
}

function isNumber(type: ts.Type): boolean {
  if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return true;
  if (!type.isUnion()) return false;
  const known = type.types.filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
  return known.length > 0 && known.every(({ flags }) => (flags & ts.TypeFlags.NumberLike) !== 0);
}

/** `path:line name: count` of every function, method, constructor or type of one with more than five numbers. */
export function tooPositional(files: ReadonlyMap<string, string>): string[] {
  const program = programOf(files);
  const checker = program.getTypeChecker();
  const found: string[] = [];
  for (const file of program.getSourceFiles()) {
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && node.parameters.length > MOST) {
        const numbers = node.parameters.filter((one) => isNumber(checker.getTypeAtLocation(one))).length;
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
        const name = node.name?.getText(file) ?? ts.SyntaxKind[node.kind];
        if (numbers > MOST) found.push(`${file.fileName.slice(1)}:${line + 1} ${name}: ${numbers}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}
