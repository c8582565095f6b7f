import { quote } from '../diagnostics/wording.ts';
import type { Json, Labels } from './kubernetes.ts';

/** Any plain data, or nothing: what a reader may find where it looks. */
export type Tree = Json | undefined;

/** A mapping whose keys were checked, its values not yet. */
export type Fields = { readonly [key: string]: Json };

/** A place inside an object, put into words only when asked for, and the list that takes what has no meaning there. */
export interface Spot {
  /** Absent: this is the object itself. */
  readonly up: Spot | undefined;
  /** The name of the object, a key with its dot, or an index. */
  readonly step: string | number;
  readonly problems: string[];
}

/** A value under construction. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

const NO_FIELDS: Fields = {};
const NO_ITEMS: readonly Json[] = [];

export const isList = (tree: Tree): tree is readonly Json[] => Array.isArray(tree);
export const isMap = (tree: Tree): tree is Fields => typeof tree === 'object' && tree !== null && !isList(tree);

/** The place of an object. */
export const objectSpot = (step: string, problems: string[]): Spot => ({ up: undefined, step, problems });

/** The place one step further in. */
export const into = (up: Spot, step: string | number): Spot => ({ up, step, problems: up.problems });

/** A place in words: `VirtualService reviews spec.http[0]`. */
export const whereOf = ({ up, step }: Spot): string =>
  (up === undefined ? '' : whereOf(up)) + (typeof step === 'number' ? `[${step}]` : step);

/** Writes down a fact that the reader cannot give a meaning to. */
export const strange = (spot: Spot, fact: string): void => void spot.problems.push(`${whereOf(spot)}: ${fact}.`);

/** A value in a sentence; never throws, whatever keys an object brings. */
export function show(tree: Tree): string {
  if (tree === undefined) return 'nothing';
  if (typeof tree === 'string') return quote(tree);
  if (isList(tree)) return 'a list';
  return isMap(tree) ? 'a mapping' : String(tree);
}

/** A mapping that may hold these keys only; absent: empty. */
export function fieldsOf(spot: Spot, tree: Tree, known: ReadonlySet<string>): Fields {
  const fields = mapOf(spot, tree);
  for (const key in fields) if (!known.has(key)) strange(spot, `${quote(key)} is not understood here`);
  return fields;
}

/** A mapping with any keys; absent: empty. */
export function mapOf(spot: Spot, tree: Tree): Fields {
  if (isMap(tree)) return tree;
  if (tree !== undefined) strange(spot, `${show(tree)} stands where a mapping is read`);
  return NO_FIELDS;
}

/** A list; absent: empty. */
export function itemsOf(spot: Spot, tree: Tree): readonly Json[] {
  if (isList(tree)) return tree;
  if (tree !== undefined) strange(spot, `${show(tree)} stands where a list is read`);
  return NO_ITEMS;
}

/** A text; undefined where there is none. */
export function textOf(spot: Spot, tree: Tree): string | undefined {
  if (typeof tree === 'string' || tree === undefined) return tree;
  strange(spot, `${show(tree)} stands where a text is read`);
  return undefined;
}

/** A whole number of 0 or more; undefined where there is none. */
export function wholeOf(spot: Spot, tree: Tree): number | undefined {
  if (tree === undefined) return undefined;
  if (typeof tree === 'number' && Number.isSafeInteger(tree) && tree >= 0) return tree;
  strange(spot, `${show(tree)} stands where a whole number of 0 or more is read`);
  return undefined;
}

/** A list of texts; what is no text is left out. */
export function textsOf(spot: Spot, tree: Tree): readonly string[] {
  return itemsOf(spot, tree).flatMap((item, i) => textOf(into(spot, i), item) ?? []);
}

/** Labels; what is no text is left out. */
export function labelsOf(spot: Spot, tree: Tree): Labels {
  const fields = mapOf(spot, tree);
  const labels: [string, string][] = [];
  for (const key in fields) {
    const value = fields[key];
    if (typeof value === 'string') labels.push([key, value]);
    else strange(into(spot, `.${key}`), `${show(value)} stands where a text is read`);
  }
  return Object.fromEntries(labels);
}

/** Says so unless the value is absent or the only one that changes nothing. */
export function onlyOf(spot: Spot, tree: Tree, harmless: string | boolean | number): void {
  if (tree !== undefined && tree !== harmless) strange(spot, `${show(tree)} changes where requests go`);
}
