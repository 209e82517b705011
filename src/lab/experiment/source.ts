/**
 * An experiment file with the place of everything in it: the YAML tree, what `--set` put into it, and for any
 * path the line and column (or the `--set`) that a message about it should name.
 */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
} from 'yaml';
import type { Document, Node } from 'yaml';
import { ConfigError } from '../../core/errors.ts';
import { suggestion } from './nearest.ts';

/** Keys and list positions from the top of the file. */
export type Path = readonly (string | number)[];

export interface Place {
  /** `experiments/lcst.yaml:17:38`, or `--set runs=0`. */
  readonly label: string;
  /** Order of places: what the command line brought, then the file from its top. */
  readonly rank: number;
}

/** Where nodes that did not come from the file came from. */
interface Origin {
  readonly label: string;
  readonly text: string;
  readonly rank: number;
}

/** Longest value that a message repeats as it was written. */
const LONGEST_QUOTE = 40;

type Found = { readonly node: Node | null; readonly key: Node | null; readonly exact: boolean };

export class Source {
  readonly file: string;
  readonly text: string;
  readonly #lines: LineCounter;
  readonly #document: Document.Parsed;
  readonly #origins = new Map<Node, Origin>();
  #overrides = 0;

  /** `report` is told of what is no YAML. Call `value` only when it was not called. */
  constructor(file: string, text: string, report: (label: string, path: Path, what: string) => void) {
    this.file = file;
    this.text = text;
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      stringKeys: true,
    });
    for (const { code, message, pos } of [...this.#document.errors, ...this.#document.warnings]) {
      const path = code === 'DUPLICATE_KEY' ? this.#pathOfKey(pos[0]) : [];
      const what =
        code === 'DUPLICATE_KEY'
          ? 'this key appears twice'
          : `not valid YAML: ${message.replaceAll(/\s+/g, ' ')}`;
      report(this.#label(pos[0]), path, what);
    }
    visit(this.#document, {
      Alias: (_key, alias) => {
        if (alias.resolve(this.#document) !== undefined) return;
        report(this.#label(alias.range?.[0] ?? 0), [], `there is no anchor &${alias.source} above`);
      },
    });
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
   * Puts a value (YAML text) at a path of keys and list positions, making the maps on the way that are
   * missing. `label` is what messages call it. Throws ConfigError, with the path as far as it could be
   * followed.
   */
  override(label: string, keys: readonly string[], text: string): void {
    const origin = { label, text, rank: -1e9 + this.#overrides++ };
    const value = parseDocument(text, { prettyErrors: false, stringKeys: true });
    const [error] = value.errors;
    if (error !== undefined) throw new ConfigError([], `the value is not valid YAML: ${error.message}`);
    let parent = this.#top();
    const path: (string | number)[] = [];
    keys.forEach((key, depth) => {
      const last = depth === keys.length - 1;
      const slot = slotOf(parent, key, path, last, this.written(path));
      path.push(slot.part);
      if (last) {
        const node = value.contents ?? new Scalar(null);
        this.#brand(node, origin);
        slot.put(node, this.#branded(key, origin));
        return;
      }
      let child = slot.child;
      if (isAlias(child)) {
        // What an anchor shares stays as it is elsewhere.
        child = (child.resolve(this.#document) as Node).clone() as Node;
        slot.put(child, this.#branded(key, origin));
      }
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
    const fragment = parseDocument(text, { prettyErrors: false, stringKeys: true }).contents;
    visit(fragment, {
      Pair: (_key, { key, value }) => {
        if (isScalar(key) && isScalar(value) && typeof value.value === 'string')
          value.value = change(String(key.value), value.value);
      },
    });
    const target = this.#find(path).node;
    if (isMap(target) && isMap(fragment)) this.#fillMap(target, fragment, origin);
  }

  /** Takes a key out of the map at `path`. */
  drop(path: Path, key: string): void {
    const { node } = this.#find(path);
    if (isMap(node)) node.delete(key);
  }

  #fillMap(target: YAMLMap, fragment: YAMLMap, origin: Origin): void {
    for (const pair of fragment.items) {
      const key = String((pair.key as Scalar).value);
      const own = childOf(target, key)?.value;
      if (own === undefined) {
        this.#brand(pair.key as Node, origin);
        this.#brand(pair.value as Node, origin);
        target.items.push(pair);
      } else if (isMap(own) && isMap(pair.value)) {
        this.#fillMap(own, pair.value, origin);
      }
    }
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
    const { line, col } = this.#lines.linePos(offset);
    return `${this.file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  }

  #find(path: Path): Found {
    let node: Node | null = this.#document.contents;
    let key: Node | null = null;
    for (const part of path) {
      const child = childOf(node, part);
      if (child === undefined) return { node, key, exact: false };
      const below: unknown = isAlias(child.value) ? child.value.resolve(this.#document) : child.value;
      ({ key } = child);
      if (isNode(below)) node = below;
      else return { node, key, exact: false };
    }
    return { node, key, exact: true };
  }

  /** Path of the map key that begins at an offset of the text. */
  #pathOfKey(offset: number): Path {
    let path: Path = [];
    visit(this.#document, {
      Pair: (_key, pair, above) => {
        if (!isScalar(pair.key) || pair.key.range?.[0] !== offset) return undefined;
        const parts = above.flatMap((node, i): (string | number)[] => {
          if (isSeq(node)) return [node.items.indexOf(above[i + 1])];
          const inner = node as Partial<Pair>;
          return isScalar(inner.key) ? [String(inner.key.value)] : [];
        });
        path = [...parts, String(pair.key.value)];
        return visit.BREAK;
      },
    });
    return path;
  }
}

function childOf(node: Node | null, part: string | number): { value: unknown; key: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair && { value: pair.value, key: pair.key as Node };
  }
  if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
    return { value: node.items[part], key: null };
  }
  return undefined;
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
    const index = /^\d+$/.test(key) ? Number(key) : -1;
    if (index < 0 || index >= length) {
      throw new ConfigError(path, `has ${length} entries, numbered from 0; there is no entry ${key}`);
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
