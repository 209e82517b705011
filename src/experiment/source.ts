/**
 * An experiment file with the place of everything in it: the YAML tree, what `--set` put into it, and for any
 * path the line and column (or the `--set`) that a message about it should name.
 */
import { isMap, isNode, isScalar, isSeq, Pair, Scalar, visit, YAMLMap } from 'yaml';
import type { Document, LineCounter, Node } from 'yaml';
import { ConfigError } from '../core/errors.ts';
import { changeTexts, childOf, fillMap, nameOf } from './merge.ts';
import { suggestion } from './nearest.ts';
import type { Path } from './yaml.ts';
import { parseYaml } from './yaml.ts';

export type { Path } from './yaml.ts';

export interface Place {
  /** `experiments/lcst.yaml:17:38`, or `--set runs=0`. */
  readonly label: string;
  /** Order of places: what the command line brought, then the file from its top. */
  readonly rank: number;
}

/** Something that is wrong with the text. */
interface Complaint extends Place {
  readonly path: Path;
  readonly what: string;
}

/** Where nodes that did not come from the file came from. */
interface Origin {
  readonly label: string;
  readonly text: string;
  readonly rank: number;
}

/** Ranks of places in files that this one stands on: after its own. */
const AFTER = 1e9;

/** Longest value that a message repeats as it was written. */
const LONGEST_QUOTE = 40;

type Found = { readonly node: Node | null; readonly key: Node | null; readonly exact: boolean };

export class Source {
  readonly file: string;
  readonly text: string;
  /** What is no YAML, or not of the kind that is understood. */
  readonly complaints: readonly Complaint[];
  /** False if the text is no YAML at all: there is no use in looking for anything in it. */
  readonly isTree: boolean;
  readonly #lines: LineCounter;
  readonly #document: Document;
  readonly #origins = new Map<Node, Origin>();
  #overrides = 0;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    const { document, lines, complaints, isTree } = parseYaml(text);
    this.#lines = lines;
    this.#document = document;
    this.isTree = isTree;
    this.complaints = complaints.map(({ offset, path, what }) => ({
      label: this.#label(offset),
      rank: offset,
      path,
      what,
    }));
  }

  /** The whole file as plain values, overrides applied. */
  value(): unknown {
    return this.#document.toJS();
  }

  /** The place of the value (or the key) at `path`, or of the nearest thing above it that exists. */
  place(path: Path, on: 'value' | 'key'): Place {
    const found = this.#find(path);
    const node = on === 'key' && found.exact && found.key !== null ? found.key : found.node;
    const origin = node === null ? undefined : this.#origins.get(node);
    if (origin !== undefined) return origin;
    const offset = node?.range?.[0] ?? 0;
    return { label: this.#label(offset), rank: offset };
  }

  /** The value at `path` as it was written, if short, else what it is; undefined when there is none. */
  written(path: Path): string | undefined {
    const { node, exact } = this.#find(path);
    if (!exact || node === null) return undefined;
    const text = this.#origins.get(node)?.text ?? this.text;
    const { range } = node;
    const quote = range ? text.slice(range[0], range[1]).trim() : '';
    if (quote !== '' && quote.length <= LONGEST_QUOTE && !quote.includes('\n')) return quote;
    if (isMap(node)) return 'a map';
    if (isSeq(node)) return `a list of ${node.items.length}`;
    return isScalar(node) && node.value === null ? 'nothing' : `${quote.slice(0, LONGEST_QUOTE).trimEnd()} …`;
  }

  /** The characters of the scalar at `path`, without quotes, whatever YAML takes them for; undefined: there are none. */
  characters(path: Path): string | undefined {
    const { node, exact } = this.#find(path);
    return exact && isScalar(node) && node.source !== '' ? node.source : undefined;
  }

  /**
   * Puts a value (YAML text) at a path of keys and list positions (or the name or kind of an entry), making the maps on the way that are
   * missing. `label` is what messages call it. Throws ConfigError, with the path as far as it could be
   * followed.
   */
  override(label: string, keys: readonly string[], text: string): void {
    const origin = { label, text, rank: -1e9 + this.#overrides++ };
    const value = parseYaml(text);
    const [complaint] = value.complaints;
    if (complaint !== undefined)
      throw new ConfigError(
        [],
        `the value${complaint.what.startsWith('not ') ? ' is' : ':'} ${complaint.what}`,
      );
    if (keys.includes('__proto__')) throw new ConfigError([], '__proto__ cannot be a name');
    let parent = this.#top();
    const path: (string | number)[] = [];
    keys.forEach((key, depth) => {
      const last = depth === keys.length - 1;
      const slot = slotOf(parent, key, path, last, this.written(path));
      path.push(slot.part);
      if (last) {
        const node = value.document.contents ?? new Scalar(null);
        this.#brand(node, origin);
        slot.put(node, this.#branded(key, origin));
        return;
      }
      let child = slot.child;
      if (child === undefined) {
        child = new YAMLMap();
        this.#brand(child, origin);
        slot.put(child, this.#branded(key, origin));
      }
      parent = child;
    });
  }

  /**
   * Fills in what the map at `path` leaves out from a YAML map (maps inside it are filled in, too; all else is taken
   * whole). `label` is what messages about the new parts call them; `change` may replace a text value, given its key.
   */
  fill(path: Path, label: string, text: string, change: (key: string, value: string) => string): void {
    const origin = { label, text, rank: -1e9 + this.#overrides++ };
    const fragment = parseYaml(text).document.contents;
    changeTexts(fragment, change);
    if (fragment !== null) this.#brand(fragment, origin);
    const target = this.#find(path).node;
    if (isMap(target) && isMap(fragment)) fillMap(target, fragment);
  }

  /**
   * Puts what the file leaves out of some keys at its top in from another file's text: maps inside are filled in, and so
   * are the entries of a list that have the same name; other entries of the other file come before its own, as all do of lists
   * of the keys that are `joined`. `change` may replace a text value, given its key. Throws ConfigError where that text is no map.
   */
  stand(
    file: string,
    text: string,
    { keys, joined }: { readonly keys: readonly string[]; readonly joined: readonly string[] },
    change: (key: string, value: string) => string,
  ): void {
    const { document, lines, complaints } = parseYaml(text);
    const placeOf = (offset: number): string => labelOf(file, lines, offset);
    const [complaint] = complaints;
    if (complaint !== undefined) throw new ConfigError([], `${placeOf(complaint.offset)}  ${complaint.what}`);
    const { contents } = document;
    if (!isMap(contents)) throw new ConfigError([], `${file} is no experiment`);
    contents.items = contents.items.filter(
      ({ key }) => isScalar(key) && [...keys, ...joined].includes(String(key.value)),
    );
    changeTexts(contents, change);
    visit(contents, {
      Node: (_key, node) => {
        const rank = node.range?.[0] ?? 0;
        this.#origins.set(node, { label: placeOf(rank), text, rank: AFTER + rank });
      },
    });
    const target = this.#top();
    if (isMap(target)) fillMap(target, contents, joined);
  }

  /** Takes a key out of the map at `path`. */
  drop(path: Path, key: string): void {
    const { node } = this.#find(path);
    if (isMap(node)) node.delete(key);
  }

  #top(): Node {
    if (this.#document.contents === null) throw new ConfigError([], 'the file is empty');
    return this.#document.contents;
  }

  #branded(key: string, origin: Origin): Scalar {
    const node = new Scalar(key);
    this.#origins.set(node, origin);
    return node;
  }

  #brand(node: Node, origin: Origin): void {
    visit(node, { Node: (_key, inner) => void this.#origins.set(inner, origin) });
  }

  #label(offset: number): string {
    return labelOf(this.file, this.#lines, offset);
  }

  #find(path: Path): Found {
    let node: Node | null = this.#document.contents;
    let key: Node | null = null;
    for (const part of path) {
      const child = childOf(node, part);
      if (child === undefined) return { node, key, exact: false };
      ({ key } = child);
      if (isNode(child.value)) node = child.value;
      else return { node, key, exact: false };
    }
    return { node, key, exact: true };
  }
}

/** `experiments/lcst.yaml:17:38` */
function labelOf(file: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
}

interface Slot {
  readonly part: string | number;
  readonly child: Node | undefined;
  put(node: Node, key: Scalar): void;
}

/** The place in `parent` that a key of a `--set` path names. */
function slotOf(parent: Node, key: string, path: Path, last: boolean, written: string | undefined): Slot {
  if (isSeq(parent)) {
    const { length } = parent.items;
    const names = parent.items.map(nameOf);
    const index = /^\d+$/.test(key) ? Number(key) : names.indexOf(key);
    if (index < 0 || index >= length) {
      const known = names.filter((name) => name !== undefined);
      const hint = known.length === 0 || /^\d+$/.test(key) ? '' : `; ${suggestion(key, known)}`;
      throw new ConfigError(path, `has ${length} entries, numbered from 0; there is no entry ${key}${hint}`);
    }
    return {
      part: index,
      child: parent.items[index] as Node,
      put: (node) => void (parent.items[index] = node),
    };
  }
  if (!isMap(parent)) throw new ConfigError(path, `holds ${written ?? 'nothing'}, with no ${key} in it`);
  const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  if (pair === undefined && !last && path.length === 1 && path[0] === 'policies') {
    const names = parent.items.map((item) => (isScalar(item.key) ? String(item.key.value) : ''));
    throw new ConfigError(path, `there is no policy ${key}; ${suggestion(key, names)}`);
  }
  return {
    part: key,
    child:
      isNode(pair?.value) && !(isScalar(pair.value) && pair.value.value === null) ? pair.value : undefined,
    put(node, name) {
      if (pair === undefined) parent.items.push(new Pair(name, node));
      else pair.value = node;
    },
  };
}
