import { isAlias, isCollection, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { At, Finding } from '../diagnostics/finding.ts';
import { hiddenIn } from './characters.ts';
import { checkedKey } from './keys.ts';
import { spanOf } from './nodes.ts';
import { type Pointer, pointerOf } from './pointer.ts';
import { hiddenCharacter, MOST_ENTRIES, notFinite, tooManyEntries } from './yaml-messages.ts';

/** A document as plain data. */
export interface PlainTree {
  /** Values that nobody can know (aliases, tagged values, infinities) are undefined. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Places of the values that nobody can know, and of the maps that may have more keys than are written. */
  readonly unknown: ReadonlySet<Pointer>;
}

interface Walk {
  readonly findings: Finding[];
  readonly unknown: Set<Pointer>;
  readonly path: (string | number)[];
  readonly mostEntries: number;
}

/** Turns composed nodes into plain data, and finds what JSON cannot say or readers of YAML disagree about. */
export function plainTree(root: unknown, mostEntries = MOST_ENTRIES): PlainTree {
  const walk: Walk = { findings: [], unknown: new Set(), path: [], mostEntries };
  return { value: dataOf(root, walk), findings: walk.findings, unknown: walk.unknown };
}

function dataOf(node: unknown, walk: Walk): unknown {
  if (isAlias(node)) return unknownHere(walk);
  if (isCollection(node) && node.items.length > walk.mostEntries) {
    walk.findings.push(tooManyEntries(placeOf(node), { count: node.items.length }));
    return unknownHere(walk);
  }
  const value = isMap(node)
    ? mapOf(node, walk)
    : isSeq(node)
      ? listOf(node.items, walk)
      : isScalar(node)
        ? scalarOf(node, walk)
        : null;
  // a tag has its finding already; what it makes of the value is anybody's guess
  return (isCollection(node) || isScalar(node)) && node.tag !== undefined ? unknownHere(walk) : value;
}

const unknownHere = (walk: Walk): undefined => {
  walk.unknown.add(pointerOf(walk.path));
  return undefined;
};

function listOf(items: readonly unknown[], walk: Walk): unknown[] {
  return items.map((item, index) => within(index, item, walk));
}

function mapOf(map: YAMLMap, walk: Walk): { [key: string]: unknown } {
  const result: { [key: string]: unknown } = {};
  const before = new Map<string, Pair>();
  for (const pair of map.items) {
    const { name, findings, open, doubtful } = checkedKey(pair, before);
    walk.findings.push(...findings);
    if (open) unknownHere(walk);
    if (doubtful) walk.unknown.add(pointerOf([...walk.path, name ?? '']));
    const value = within(name ?? '', pair.value, walk);
    if (name !== undefined) result[name] = value;
  }
  return result;
}

function within(step: string | number, node: unknown, walk: Walk): unknown {
  walk.path.push(step);
  const value = dataOf(node, walk);
  walk.path.pop();
  return value;
}

function scalarOf(node: Scalar, walk: Walk): unknown {
  const { value } = node;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value === 0 ? 0 : value;
    walk.findings.push(notFinite(placeOf(node), { text: node.source ?? String(value) }));
    return unknownHere(walk);
  }
  // only double quotes can bring in what the file itself may not hold
  const hidden = typeof value === 'string' && node.type === 'QUOTE_DOUBLE' ? hiddenIn(value) : undefined;
  if (hidden !== undefined) walk.findings.push(hiddenCharacter(placeOf(node), { character: hidden }));
  return value;
}

const placeOf = (node: unknown): At => {
  const { start, end } = spanOf(node) ?? { start: 0, end: 0 };
  return { range: [start, end] };
};
