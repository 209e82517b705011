/**
 * zod's issues in the words of an experiment file: what is needed, what was meant by an unknown key, and which branch
 * of a choice the user was after.
 */
import { z } from 'zod';
import { nearest, suggestion } from './nearest.ts';
import type { Problems } from './problems.ts';
import type { Path } from './source.ts';

type Issue = z.core.$ZodIssue;
type UnionIssue = z.core.$ZodIssueInvalidUnion;

/**
 * Checks `value`; what is wrong goes to `problems`, and undefined is returned. `path`: where the value is. Where a text is
 * needed and YAML read something else (0x10, 1e3, true), it is the characters as they were written.
 */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  path: Path,
  problems: Problems,
): z.output<S> | undefined {
  const parse = (input: unknown) => schema.safeParse(input, { error: wording, reportInput: true });
  let result = parse(value);
  if (!result.success) {
    const texts = unreadTexts(result.error.issues, path, problems);
    if (texts.length > 0) result = parse(texts.reduce(withText, value));
  }
  if (result.success) return result.data;
  reportAll(result.error.issues, path, problems);
  return undefined;
}

interface Text {
  readonly path: Path;
  readonly characters: string;
}

/** Texts that YAML took for something else; `above`: where the paths of `value` begin. */
function unreadTexts(issues: readonly Issue[], above: Path, problems: Problems, below: Path = []): Text[] {
  return issues.flatMap((issue): Text[] => {
    const path = [...below, ...(issue.path as (string | number)[])];
    if (needsText(issue)) {
      const characters = problems.characters([...above, ...path]);
      return characters === undefined ? [] : [{ path, characters }];
    }
    if (issue.code !== 'invalid_union') return [];
    return issue.errors.flatMap((branch) =>
      unreadTexts(
        branch.filter((one) => one.path.length > 0),
        above,
        problems,
        path,
      ),
    );
  });
}

/** A text is needed, or the choice is between a text and what is no number: a map, a list. */
function needsText(issue: Issue): boolean {
  if (issue.code === 'invalid_type') return issue.expected === 'string';
  if (issue.code !== 'invalid_union') return false;
  const all = issue.errors.flat().filter(({ path }) => path.length === 0);
  const isNumeric = all.some((one) => one.code === 'invalid_type' && /^(number|int)$/.test(one.expected));
  return !isNumeric && all.some(needsText);
}

/** The same with a text at its place; maps and lists on the way are copied, as they may stand elsewhere, too. */
function withText(value: unknown, { path, characters }: Text): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return characters;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = withText(copy[key], { path: rest, characters });
  return copy;
}

/**
 * What each issue says. That of a union is made from its branches' later, and of an unknown key from the
 * known ones.
 */
const wording: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return `needs ${WORDS[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `needs ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'too_small':
    case 'too_big':
      return bound(issue);
    case 'unrecognized_keys':
      return Object.keys((issue.inst as z.ZodObject).shape).join(' ');
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'is not a possible name';
    case 'invalid_union':
      return typeof issue['discriminator'] === 'string' ? 'needs one of' : '';
    default:
      return undefined;
  }
};

const WORDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  tuple: 'a list',
};

function bound(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig>): string {
  const small = issue.code === 'too_small';
  const limit = Number(small ? issue.minimum : issue.maximum);
  if (issue.origin === 'string') return 'needs some text';
  if (issue.inst instanceof z.ZodTuple) return `needs a list of ${limit}`;
  if (issue.origin === 'array') return `needs a list of at ${small ? 'least' : 'most'} ${limit}`;
  const words = small ? ['of at least', 'above'] : ['of at most', 'below'];
  return `needs a number ${issue.inclusive === false ? words[1]! : words[0]!} ${limit}`;
}

function reportAll(issues: readonly Issue[], path: Path, problems: Problems): void {
  const misspelt = new Set(
    issues.filter((issue) => issue.code === 'unrecognized_keys').map((issue) => issue.path.join('\n')),
  );
  for (const issue of issues) {
    // A key that is missing because it is misspelt is one mistake.
    if (issue.input === undefined && misspelt.has(issue.path.slice(0, -1).join('\n'))) continue;
    report(issue, path, problems);
  }
}

function report(issue: Issue, above: Path, problems: Problems): void {
  const path = [...above, ...(issue.path as (string | number)[])];
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) unknownKey([...path, key], issue.message.split(' '), problems);
      return;
    case 'invalid_value':
      problems.add(path, issue.message, nearHint(issue.input, issue.values.map(String)));
      return;
    case 'invalid_union':
      if (typeof issue.discriminator === 'string') unknownTag(issue, path, problems);
      else if (issue.message !== '') problems.add(path, issue.message);
      else chooseBranch(issue, path, problems);
      return;
    case 'invalid_key':
      problems.add(path, issue.message, '', 'key');
      return;
    default:
      problems.add(path, issue.message);
  }
}

/** A hint for a value that is near to one of the possible ones. */
function nearHint(value: unknown, possible: readonly string[]): string {
  const near = typeof value === 'string' ? nearest(value, possible) : undefined;
  return near === undefined ? '' : `did you mean ${near}?`;
}

/** Keys that had another name before, by that name. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['venue', 'trading'],
  ['trading', 'matching'],
]);

function unknownKey(path: Path, known: readonly string[], problems: Problems): void {
  const key = String(path.at(-1));
  const now = RENAMED.get(key);
  const hint = now !== undefined && known.includes(now) ? `it is called ${now} now` : suggestion(key, known);
  problems.add(path, 'unknown key', hint, 'key');
}

/** The key that says which plug-in it is holds no known name, or is not there. */
function unknownTag(issue: UnionIssue, path: Path, problems: Problems): void {
  const tag = issue.discriminator!;
  const input = issue.input as Readonly<Record<string, unknown>>;
  const known = ((issue as { options?: readonly unknown[] }).options ?? []).map(String);
  const misspelt = tag in input ? undefined : nearest(tag, Object.keys(input));
  if (misspelt !== undefined) unknownKey([...path.slice(0, -1), misspelt], [tag], problems);
  else problems.add(path, `needs one of ${known.join(', ')}`, nearHint(input[tag], known));
}

/** True for a branch that the value does not even resemble: it is of another type. */
function isOther(issues: readonly Issue[]): boolean {
  return issues.some(
    (issue) =>
      issue.path.length === 0 &&
      (issue.code === 'invalid_type' ||
        (issue.code === 'invalid_value' && typeof issue.input !== typeof issue.values[0]) ||
        (issue.code === 'invalid_union' &&
          issue.discriminator === undefined &&
          issue.errors.every((branch) => isOther(branch)))),
  );
}

/** Reports what is wrong with the branch of a union that the value is nearest to. */
function chooseBranch(issue: UnionIssue, path: Path, problems: Problems): void {
  const near = issue.errors.filter((branch) => !isOther(branch));
  if (near.length === 0) {
    const words = [...new Set(issue.errors.flatMap((branch) => needsOf(branch)))];
    // What is not there at all is more likely to be wanted as a value than as a grid of values.
    const plain = words.filter((word) => word !== WORDS['object']);
    const shown = issue.input === undefined && plain.length > 0 ? plain : words;
    problems.add(path, `needs ${shown.join(' or ')}`);
    return;
  }
  const misfits = (branch: readonly Issue[]) =>
    branch.filter((one) => one.code === 'unrecognized_keys' || one.input === undefined).length;
  const least = Math.min(...near.map(misfits));
  const best = near.filter((branch) => misfits(branch) === least);
  if (best.length === 1 || least === 0) {
    reportAll(best[0]!, path, problems);
    return;
  }
  // No branch is nearer than another: the keys of all of them are known ones.
  const known = new Set<string>();
  const unknown = new Set<string>();
  const missing = new Set<string>();
  for (const one of best.flat()) {
    if (one.code === 'unrecognized_keys') {
      for (const key of one.message.split(' ')) known.add(key);
      for (const key of one.keys) unknown.add(key);
    } else if (one.input === undefined) missing.add(String(one.path[0]));
  }
  const strangers = [...unknown].filter((key) => !known.has(key));
  for (const key of strangers) unknownKey([...path, key], [...known], problems);
  if (strangers.length === 0) problems.add(path, `needs one of the keys ${[...missing].join(', ')}`);
}

function needsOf(branch: readonly Issue[]): string[] {
  return branch.flatMap((issue) =>
    issue.code === 'invalid_union' && issue.message === ''
      ? issue.errors.flatMap(needsOf)
      : [issue.message.replace(/^needs /, '')],
  );
}
