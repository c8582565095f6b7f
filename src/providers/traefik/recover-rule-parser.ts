import { type Token, tokensOf } from './recover-rule-tokens.ts';

/** One question to a request, such as `` Header(`a`, `b`) ``; `not`: whether the answer must be no. */
export interface Question {
  readonly name: string;
  readonly values: readonly string[];
  readonly not: boolean;
}

type Tree = Question | { readonly kind: 'and' | 'or'; readonly left: Tree; readonly right: Tree };

/** Ways in which a rule is followed; more are not read. */
const MOST_WAYS = 1024;
/** Parentheses and signs inside each other; more are not read. */
const MOST_DEPTH = 100;

/**
 * The ways to meet a rule, each a list of questions that must all be answered so. `!` binds closest, then `&&`, then `||`.
 * Undefined where it is no rule, or has too many ways. https://github.com/vulcand/predicate/blob/v1.2.0/parse.go
 */
export function waysOf(rule: string): readonly (readonly Question[])[] | undefined {
  const tokens = tokensOf(rule);
  if (tokens === undefined) return undefined;
  const reader: Reader = { tokens, at: 0, depth: 0 };
  const tree = anyOf(reader);
  return tree === undefined || reader.at < tokens.length ? undefined : spreadOut(tree);
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

const anyOf = (reader: Reader): Tree | undefined => joined(reader, '||', 'or', allOf);
const allOf = (reader: Reader): Tree | undefined => joined(reader, '&&', 'and', oneOf);

function joined(
  reader: Reader,
  sign: string,
  kind: 'and' | 'or',
  part: (reader: Reader) => Tree | undefined,
): Tree | undefined {
  let left = part(reader);
  while (left !== undefined && takes(reader, sign)) {
    const right = part(reader);
    left = right && { kind, left, right };
  }
  return left;
}

function oneOf(reader: Reader): Tree | undefined {
  if (++reader.depth > MOST_DEPTH) return undefined;
  const tree = takes(reader, '!') ? inverted(oneOf(reader)) : takes(reader, '(') ? enclosed(reader) : question(reader);
  reader.depth--;
  return tree;
}

function enclosed(reader: Reader): Tree | undefined {
  const tree = anyOf(reader);
  return takes(reader, ')') ? tree : undefined;
}

function question(reader: Reader): Tree | undefined {
  const name = takesA(reader, 'name');
  if (name === undefined || !takes(reader, '(')) return undefined;
  const values: string[] = [];
  do {
    const value = takesA(reader, 'string');
    if (value === undefined) return undefined;
    values.push(value);
  } while (takes(reader, ','));
  return takes(reader, ')') ? { name, values, not: false } : undefined;
}

function takes(reader: Reader, sign: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'sign' || token.text !== sign) return false;
  reader.at++;
  return true;
}

function takesA(reader: Reader, kind: Token['kind']): string | undefined {
  const token = reader.tokens[reader.at];
  if (token?.kind !== kind) return undefined;
  reader.at++;
  return token.text;
}

function inverted(tree: Tree | undefined): Tree | undefined {
  if (tree === undefined) return undefined;
  if (!('kind' in tree)) return { ...tree, not: !tree.not };
  return { kind: tree.kind === 'and' ? 'or' : 'and', left: inverted(tree.left)!, right: inverted(tree.right)! };
}

function spreadOut(tree: Tree): readonly (readonly Question[])[] | undefined {
  if (!('kind' in tree)) return [[tree]];
  const [left, right] = [spreadOut(tree.left), spreadOut(tree.right)];
  if (left === undefined || right === undefined) return undefined;
  const count = tree.kind === 'or' ? left.length + right.length : left.length * right.length;
  if (count > MOST_WAYS) return undefined;
  return tree.kind === 'or' ? [...left, ...right] : left.flatMap(one => right.map(other => [...one, ...other]));
}
