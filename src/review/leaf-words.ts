import type { LeafChange } from '../leaves.ts';
import { printDuration } from '../model/duration.ts';
import type { Json } from '../model/kubernetes.ts';

/** Longest value that is shown whole, in characters. */
const LONGEST = 72;

/** A change as `spec.replicas 3 → 5`, `metadata.labels.team added: shop`, or without values where they are a secret. */
export function leafWords({ path, before, after, hidden }: LeafChange): string {
  if (hidden === true) return `${path} changed (value hidden)`;
  if (before === undefined) return `${path} added${isBranch(after) ? '' : `: ${valueWords(path, after)}`}`;
  if (after === undefined) return `${path} removed${isBranch(before) ? '' : `, was ${valueWords(path, before)}`}`;
  if (isLong(before) || isLong(after)) return `${path} changed, ${lines(before)} → ${lines(after)} lines`;
  const [old, now] = [valueWords(path, before), valueWords(path, after)];
  if (old !== now) return `${path} ${old} → ${now}`;
  // "4" and 4, or long texts with one beginning.
  const [exactly, different] = [cut(JSON.stringify(before)), cut(JSON.stringify(after))];
  return exactly === different ? `${path} changed` : `${path} ${exactly} → ${different}`;
}

/** Nothing, or so much that a line could only show its beginning. */
const isBranch = (value: Json | undefined): value is undefined =>
  value === undefined ||
  (typeof value === 'object' && value !== null && JSON.stringify(value).length > SHORTEST_BRANCH);

const SHORTEST_BRANCH = 48;

/** Milliseconds, in what is recovered of routes. */
const DURATION =
  /^(?:policies\.[^.]*\.)?(?:timeout|retries\.perTryTimeout|outlierDetection\.(?:interval|baseEjectionTime))$/;

/** A value on one line, cut where it is long; `path` tells durations from numbers. */
export function valueWords(path: string, value: Json): string {
  if (typeof value === 'number' && DURATION.test(path)) return printDuration(value);
  if (typeof value === 'string' && /^[\w./:@%+-]+$/.test(value)) return cut(value);
  if (Array.isArray(value) && value.length === 0) return 'none';
  if (Array.isArray(value) && value.every(isWord)) return cut(value.join(', '));
  return cut(JSON.stringify(value));
}

const isWord = (value: Json): boolean => typeof value === 'string' && /^[\w./:@*-]+$/.test(value);

const isLong = (value: Json): value is string => typeof value === 'string' && value.includes('\n');

const lines = (value: Json): number => String(value).replace(/\n$/, '').split('\n').length;

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text);
