import { isCollection, isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';

/** A range of characters of a file, the end exclusive; offsets count UTF-16 units and a byte order mark. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a key says, as text; undefined where it is a list, a map or an alias. */
export function textOfKey(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

/** The pair or the item that a step of a path leads to from a node. */
export function childOf(node: unknown, step: string | number): Pair | Node | undefined {
  if (isMap(node)) return node.items.find(pair => textOfKey(pair.key) === String(step));
  const item = isSeq(node) ? node.items[Number(step)] : undefined;
  return isNode(item) ? item : undefined;
}

/** Where a node stands, without comments and blank lines after it; undefined for a node that no text stands for. */
export function spanOf(node: unknown): Span | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const span = { start: node.range[0], end: endOf(node) };
  return span.end > span.start ? span : undefined;
}

/** A block collection's range runs on to the next line that holds something; its last value tells where it ends. */
function endOf(node: Node): number {
  const [start, end] = node.range ?? [0, 0];
  if (!isCollection(node) || node.flow) return end;
  const last = node.items.at(-1);
  if (isPair(last)) return spanOf(last.value)?.end ?? afterKey(last.key) ?? start;
  return spanOf(last)?.end ?? Math.min(start + 1, end);
}

const afterKey = (key: unknown): number | undefined => {
  const span = spanOf(key);
  return span && span.end + 1;
};

/** The first key of a map, the first sign of a list, or all of what is neither. */
export function headOf(node: unknown): Span | undefined {
  const span = spanOf(node);
  if (isSeq(node) && span) return { start: span.start, end: span.start + 1 };
  const first = isMap(node) ? node.items[0] : undefined;
  return spanOf(first?.key) ?? span;
}
