import type { Path } from '../diagnostics/finding.ts';

/** A part of the language that several places may set; `at` is where it stands in its file. */
export interface Layer {
  readonly value: unknown;
  readonly at: Path;
  /** Relative to the root; absent: the Rollout itself. */
  readonly file?: string;
}

/** Where the nearest layer wrote something. */
export interface LayerPlace {
  readonly path: Path;
  readonly file?: string;
}

interface Map {
  readonly [key: string]: unknown;
}

/** Values that mean something only as a whole, by their place in a workload or a layer. */
const WHOLE = /^(?:workload\.)?(?:env\.[^.]+|readiness|liveness|startup|autoscale)$|^route\.loadBalancing$/;

/** Of such a pair only one can hold, so the nearer one ends the farther one. */
const RIVALS: readonly (readonly [string, string])[] = [
  ['replicas', 'autoscale'],
  ['autoscale', 'replicas'],
];

/** Merges layers, the farthest first: maps key by key, anything else by the nearest alone. Undefined where none says anything. */
export function merged(farthestFirst: readonly Layer[]): unknown {
  return farthestFirst
    .map(layer => layer.value)
    .reduce((far, near) => (far === undefined ? near : near === undefined ? far : mergeTwo(far, near, [])), undefined);
}

function mergeTwo(far: unknown, near: unknown, path: readonly string[]): unknown {
  if (!isMap(far) || !isMap(near) || WHOLE.test(path.join('.'))) return near;
  const ended = RIVALS.flatMap(([winner, loser]) => (Object.hasOwn(near, winner) ? [loser] : []));
  const kept = Object.entries(far).filter(([key]) => !ended.includes(key) || Object.hasOwn(near, key));
  const result = Object.fromEntries(kept);
  for (const [key, value] of Object.entries(near))
    result[key] = Object.hasOwn(result, key) ? mergeTwo(result[key], value, [...path, key]) : value;
  return result;
}

/** Where the value at a path of the merged layers was written; where it was not, the nearest layer that wrote most of the way. */
export function writtenAt(farthestFirst: readonly Layer[], path: Path): LayerPlace {
  const layer = writerOf(farthestFirst, path) ?? farthestFirst.at(-1);
  if (layer === undefined) return { path };
  return { path: [...layer.at, ...path], ...(layer.file === undefined ? {} : { file: layer.file }) };
}

function writerOf(farthestFirst: readonly Layer[], path: Path): Layer | undefined {
  let holders = farthestFirst
    .filter(({ value }) => value !== undefined)
    .map((layer): Holder => ({ layer, value: layer.value }))
    .reverse();
  for (const [depth, step] of path.entries()) {
    const deeper = heard(holders, path.slice(0, depth), step)
      .filter(({ value }) => has(value, step))
      .map(({ layer, value }): Holder => ({ layer, value: (value as Map)[step] }));
    if (deeper.length === 0) break;
    holders = deeper;
  }
  return holders[0]?.layer;
}

/** A layer, and what it has at a path. */
interface Holder {
  readonly layer: Layer;
  readonly value: unknown;
}

/** Those of the holders of a path that have a say in its next step: none behind a whole value, a value that is no map, or a rival. */
function heard(nearestFirst: readonly Holder[], path: Path, step: Path[number]): readonly Holder[] {
  if (WHOLE.test(path.join('.'))) return nearestFirst.slice(0, 1);
  const rivals = RIVALS.flatMap(([winner, loser]) => (loser === step ? [winner] : []));
  const ending = nearestFirst.findIndex(
    ({ value }) => !isMap(value) || (!has(value, step) && rivals.some(rival => has(value, rival))),
  );
  return ending === -1 ? nearestFirst : nearestFirst.slice(0, Math.max(1, ending));
}

const has = (value: unknown, step: Path[number]): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, step);
const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);
