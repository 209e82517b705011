/**
 * YAML as experiment files use it: one document of plain values, bounded in size and depth. Aliases and merge keys (`<<`)
 * are put in full where they stand, so that a change to one place changes no other.
 */
import {
  Composer,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  Scalar,
} from 'yaml';
import type { CST, Document, Node, Pair, ParsedNode, YAMLMap, YAMLParseError } from 'yaml';

/** Keys and list positions from the top of the file. */
export type Path = readonly (string | number)[];

/** Something that is wrong with a text. */
interface Complaint {
  /** Where in the text. */
  readonly offset: number;
  /** … and in its tree, as far as that is known. */
  readonly path: Path;
  readonly what: string;
}

export interface Tree {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly complaints: readonly Complaint[];
  /** False if the text is no YAML: the document then says nothing. */
  readonly isTree: boolean;
}

/** Of values, lists and maps, aliases put in full. The largest experiment of this package has under 1,000. */
const MOST_NODES = 200_000;
/** Of the text: at least so many for as many nodes. */
const MOST_TOKENS = 5 * MOST_NODES;
/** Of lists and maps in each other. The parser's own recursion ends at some thousands. */
const MOST_DEPTH = 100;
/** A file of another kind has an error in every line. */
const MOST_COMPLAINTS = 20;

/** Characters that YAML does not allow in a text. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** Never throws: what is wrong is in `complaints`. */
export function parseYaml(text: string): Tree {
  const lines = new LineCounter();
  const tooMuch = sizeComplaint(text, lines);
  // Of a text that cannot be a tree an empty document is left, with its lines.
  const tokens = tooMuch === undefined ? [...new Parser(lines.addNewLine).parse(text)] : [];
  const wrong = tooMuch ?? depthComplaint(tokens);
  const options = {
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // the package's own check takes the square of the number of keys
    schema: 'core',
    resolveKnownTags: false,
  } as const;
  const [document, second] = [
    ...new Composer(options).compose(wrong === undefined ? tokens : [], true, text.length),
  ] as [Document.Parsed, Document.Parsed?];
  if (wrong !== undefined) return { document, lines, complaints: [wrong], isTree: false };
  const complaints = [...document.errors, ...document.warnings].slice(0, MOST_COMPLAINTS).map(complaintOf);
  if (second !== undefined) {
    const offset = second.contents?.range[0] ?? second.range[0];
    complaints.push({ offset, path: [], what: 'a second document begins (after ---); a file holds one' });
  }
  if (complaints.length > 0) return { document, lines, complaints, isTree: false };
  return { document, lines, ...new Expansion().of(document) };
}

function sizeComplaint(text: string, lines: LineCounter): Complaint | undefined {
  const offset = text.search(FORBIDDEN);
  if (offset >= 0) {
    lines.addNewLine(0);
    for (const { index } of text.slice(0, offset).matchAll(/\n/g)) lines.addNewLine(index + 1);
    const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0');
    return { offset, path: [], what: `holds the character U+${code}, which no text has` };
  }
  let tokens = 0;
  for (const _token of new Lexer().lex(text)) if (++tokens > MOST_TOKENS) return tooLarge(0);
  return undefined;
}

function tooLarge(offset: number): Complaint {
  const most = MOST_NODES.toLocaleString('en-US');
  return { offset, path: [], what: `is too large: a file has at most ${most} values, aliases put in full` };
}

/** Walks without recursion: that of the parser would end the process at some depth. */
function depthComplaint(tokens: readonly CST.Token[]): Complaint | undefined {
  const open: [token: CST.Token, depth: number][] = tokens.map((token) => [token, 0]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next;
    if (depth > MOST_DEPTH) {
      const what = `lists and maps stand in each other more than ${MOST_DEPTH} deep`;
      return { offset: token.offset, path: [], what };
    }
    if (token.type === 'document') {
      if (token.value) open.push([token.value, depth]);
    } else if ('items' in token) {
      for (const { key, value } of token.items) {
        if (key) open.push([key, depth + 1]);
        if (value) open.push([value, depth + 1]);
      }
    }
  }
  return undefined;
}

function complaintOf({ code, message, pos: [offset] }: YAMLParseError): Complaint {
  const known: Partial<Record<typeof code, string>> = {
    NON_STRING_KEY: 'a key must be a text',
    TAG_RESOLVE_FAILED: `${message.toLowerCase()}; tags are not understood here`,
  };
  return { offset, path: [], what: known[code] ?? `not valid YAML: ${message.replaceAll(/\s+/g, ' ')}` };
}

interface Anchor {
  readonly node: Node;
  /** Of it and all below; undefined while it is being walked. */
  nodes: number | undefined;
}

/** Puts aliases and merge keys in full, and checks the keys. */
class Expansion {
  readonly #complaints: Complaint[] = [];
  readonly #anchors = new Map<string, Anchor>();
  #nodes = 0;

  of(document: Document.Parsed): Pick<Tree, 'complaints' | 'isTree'> {
    document.contents = this.#expanded(document.contents, []) as ParsedNode | null;
    return { complaints: this.#complaints, isTree: this.#nodes <= MOST_NODES };
  }

  #expanded(node: Node | null, path: Path): Node | null {
    if (node === null) return null;
    if (isAlias(node)) return this.#named(node.source, node);
    this.#count(1, node);
    const before = this.#nodes - 1;
    const { anchor: name } = node as Scalar;
    const anchor: Anchor = { node, nodes: undefined };
    if (name !== undefined) this.#anchors.set(name, anchor);
    if (isMap(node)) this.#map(node as YAMLMap<Scalar, Node | null>, path);
    else if (isSeq(node))
      node.items = node.items.map((item, i) => this.#expanded(item as Node, [...path, i]));
    anchor.nodes = this.#nodes - before;
    delete (node as Scalar).anchor;
    return node;
  }

  /** A copy of what an anchor names. */
  #named(source: string, alias: Node): Node {
    const anchor = this.#anchors.get(source);
    if (anchor?.nodes === undefined) {
      this.#complain(
        alias,
        [],
        anchor === undefined
          ? `there is no anchor &${source} above`
          : `*${source} stands inside of &${source} itself`,
      );
      return nothing(alias);
    }
    return this.#count(anchor.nodes, alias) ? (anchor.node.clone() as Node) : nothing(alias);
  }

  #map(map: YAMLMap<Scalar, Node | null>, path: Path): void {
    const seen = new Set<string>();
    const merged: Pair<Scalar, Node | null>[] = [];
    map.items = map.items.filter((pair) => {
      const key = this.#key(pair, map, path);
      const here = [...path, key];
      if (pair.key.type !== Scalar.PLAIN || key !== '<<') {
        pair.value = this.#expanded(pair.value, here);
        if (key === '__proto__') this.#complain(pair.key, here, '__proto__ cannot be a name');
        else if (seen.has(key)) this.#complain(pair.key, here, 'this key appears twice');
        else return seen.add(key);
        return false;
      }
      const value = this.#expanded(pair.value, here);
      const maps: unknown[] = isSeq(value) ? value.items : [value];
      if (!maps.every((one) => isMap(one)))
        this.#complain(pair.key, here, '<< needs a map, or a list of maps');
      else merged.push(...maps.flatMap(({ items }) => items as Pair<Scalar, Node | null>[]));
      return false;
    });
    // The map's own keys go first, then those of the first map.
    for (const pair of merged) {
      const key = String(pair.key.value);
      if (!seen.has(key)) map.items.push(pair);
      seen.add(key);
    }
  }

  #key(pair: Pair<Scalar, Node | null>, map: Node, path: Path): string {
    const key: unknown = pair.key;
    if (isScalar(key)) {
      if (key.anchor !== undefined) this.#anchors.set(key.anchor, { node: key, nodes: 1 });
      return String(key.value);
    }
    this.#complain(isCollection(key) || isAlias(key) ? key : map, path, 'a key must be a text');
    return '';
  }

  /** False when there are too many. */
  #count(nodes: number, at: Node): boolean {
    const were = this.#nodes;
    this.#nodes += nodes;
    if (this.#nodes <= MOST_NODES) return true;
    if (were <= MOST_NODES) this.#complaints.push(tooLarge(at.range?.[0] ?? 0));
    return false;
  }

  #complain(node: Node, path: Path, what: string): void {
    this.#complaints.push({ offset: node.range?.[0] ?? 0, path, what });
  }
}

/** Stands for what is not there. */
function nothing(place: Node): Scalar {
  const node = new Scalar(null);
  node.range = place.range ?? null;
  return node;
}
