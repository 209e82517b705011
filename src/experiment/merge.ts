/** Filling one YAML tree in from another. */
import { isMap, isScalar, isSeq, visit } from 'yaml';
import type { Node, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** Replaces texts in a tree, given their keys; in a list of texts each, given that of the list. */
export function changeTexts(tree: Node | null, change: (key: string, value: string) => string): void {
  visit(tree, {
    Pair: (_key, { key, value }) => {
      if (!isScalar(key)) return;
      for (const one of isSeq(value) ? value.items : [value]) {
        if (isScalar(one) && typeof one.value === 'string') one.value = change(String(key.value), one.value);
      }
    },
  });
}

/** Puts into a map what it leaves out of another. `joined`: keys whose lists are put together, the other's entries first. */
export function fillMap(target: YAMLMap, other: YAMLMap, joined: readonly string[] = []): void {
  for (const pair of other.items) {
    const own = childOf(target, String((pair.key as Scalar).value))?.value;
    if (own === undefined) target.items.push(pair);
    else if (isMap(own) && isMap(pair.value)) fillMap(own, pair.value);
    else if (isSeq(own) && isSeq(pair.value) && joined.includes(String((pair.key as Scalar).value)))
      joinList(own, pair.value);
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

/** What both have stands once. */
function joinList(target: YAMLSeq, other: YAMLSeq): void {
  const own = new Set(target.items.map((entry) => (isScalar(entry) ? entry.value : entry)));
  target.items.unshift(...other.items.filter((entry) => !own.has(isScalar(entry) ? entry.value : entry)));
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
