/** Filling one YAML tree in from another. */
import { isMap, isScalar, isSeq, visit } from 'yaml';
import type { Node, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** Replaces texts in a tree, given their keys. */
export function changeTexts(tree: Node | null, change: (key: string, value: string) => string): void {
  visit(tree, {
    Pair: (_key, { key, value }) => {
      if (isScalar(key) && isScalar(value) && typeof value.value === 'string')
        value.value = change(String(key.value), value.value);
    },
  });
}

/** Puts into a map what it leaves out of another. */
export function fillMap(target: YAMLMap, other: YAMLMap): void {
  for (const pair of other.items) {
    const own = childOf(target, String((pair.key as Scalar).value))?.value;
    if (own === undefined) target.items.push(pair);
    else if (isMap(own) && isMap(pair.value)) fillMap(own, pair.value);
    else if (isSeq(own) && isSeq(pair.value)) fillList(own, pair.value);
  }
}

/** The same for a list whose entries have names; any other list is whole as it is. */
function fillList(target: YAMLSeq, other: YAMLSeq): void {
  if (![...target.items, ...other.items].every((entry) => nameOf(entry) !== undefined)) return;
  const rest = [...target.items];
  const filled = other.items.map((entry) => {
    const at = rest.findIndex((own) => nameOf(own) === nameOf(entry));
    const own = at < 0 ? undefined : rest.splice(at, 1)[0];
    if (!isMap(own)) return entry;
    fillMap(own, entry as YAMLMap);
    return own;
  });
  target.items = [...filled, ...rest];
}

/** What an entry of a list is called: its `name`, or else its `kind`. */
export function nameOf(entry: unknown): string | undefined {
  if (!isMap(entry)) return undefined;
  const name = childOf(entry, 'name')?.value ?? childOf(entry, 'kind')?.value;
  return isScalar(name) && typeof name.value === 'string' ? name.value : undefined;
}

/** What a map or a list holds at a key or a position. */
export function childOf(
  node: Node | null,
  part: string | number,
): { value: unknown; key: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair && { value: pair.value, key: pair.key as Node };
  }
  if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
    return { value: node.items[part], key: null };
  }
  return undefined;
}
