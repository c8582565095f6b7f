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
  const nearestFirst = [...farthestFirst].reverse().filter(layer => layer.value !== undefined);
  const depths = nearestFirst.map(layer => depthOf(layer.value, path));
  const [first = 0] = depths;
  // Behind a value that counts as a whole no farther layer has a say.
  const hidden = first > 0 && first < path.length && WHOLE.test(path.slice(0, first).join('.'));
  const best = hidden ? 0 : depths.indexOf(Math.max(...depths));
  const layer = nearestFirst[best] ?? farthestFirst.at(-1);
  if (layer === undefined) return { path };
  return { path: [...layer.at, ...path], ...(layer.file === undefined ? {} : { file: layer.file }) };
}

/** How many steps of the path exist in a value. */
function depthOf(value: unknown, path: Path): number {
  let here = value;
  for (const [index, step] of path.entries()) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return index;
    here = (here as Map)[step];
  }
  return path.length;
}

const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);
