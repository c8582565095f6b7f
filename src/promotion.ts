import type { At, Path } from './diagnostics/finding.ts';
import type { Json } from './model/kubernetes.ts';
import { firstDifference } from './prove/difference.ts';
import { type ReadRollout, readRollout } from './read/read-rollout.ts';

/**
 * Why two texts of a Rollout differ in more than steps, words that go on from its name and a colon; undefined: they do
 * not. `fleet`: names of the environments of surefoot.yaml, where a Rollout goes that names none itself; absent: none.
 */
export function moreThanSteps(before: string, after: string, fleet: readonly string[] = []): string | undefined {
  const [old, now] = [readRollout(before), readRollout(after)];
  if (old.rollout === undefined || now.rollout === undefined) return 'it is no sound Rollout';
  const difference = firstDifference(withoutSteps(old.rollout, fleet), withoutSteps(now.rollout, fleet));
  if (difference !== undefined) return `${difference.path} differs`;
  const [one, other] = [
    { ...old, text: before },
    { ...now, text: after },
  ];
  const [oldLines, nowLines] = [linesWithoutSteps(one, other), linesWithoutSteps(other, one)];
  const line = oldLines.findIndex((text, i) => text !== nowLines[i]);
  if (line < 0 && oldLines.length === nowLines.length) return undefined;
  return 'a comment or the layout differs in a line without a step';
}

const ENVIRONMENTS: Path = ['spec', 'environments'];

/** Places of the steps of a Rollout, written or not. */
const stepPaths = ({ rollout }: ReadRollout): readonly Path[] => [
  ['spec', 'step'],
  ...Object.keys(rollout?.spec.environments ?? {}).map(name => ['spec', 'environments', name, 'step']),
];

function withoutSteps(rollout: NonNullable<ReadRollout['rollout']>, fleet: readonly string[]): unknown {
  const { step: _, environments, ...spec } = rollout.spec;
  const known = environments ?? Object.fromEntries(fleet.map(name => [name, {}]));
  const entries = Object.entries(known).map(([name, environment]) => {
    const { step: __, ...others } = (environment ?? {}) as { readonly [key: string]: unknown };
    return [name, others] as const;
  });
  return { ...rollout, spec: { ...spec, environments: Object.fromEntries(entries) } };
}

/** One side of a comparison. */
interface Side extends ReadRollout {
  readonly text: string;
}

/**
 * The lines of a text but for those of steps, and those that open the map of a step that only one side has: `dev: {}`
 * may get one. So may a Rollout that named no environment, together with the map of all of them.
 */
function linesWithoutSteps(own: Side, other: Side): readonly string[] {
  const left = new Set(
    [...stepPaths(own), ...stepPaths(other), ENVIRONMENTS].flatMap(path => {
      const [here, there] = [isWritten(own, path), isWritten(other, path)];
      if (path === ENVIRONMENTS && here === there) return [];
      return [...(here ? linesOf(own, path) : []), ...(here === there ? [] : linesOfMap(own, path))];
    }),
  );
  return own.text.split('\n').filter((_, i) => !left.has(i));
}

function linesOf(side: Side, path: Path): readonly number[] {
  const [first, last] = [lineAt(side, { path, on: 'key' }, 'start'), lineAt(side, { path, on: 'value' }, 'end')];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** The line of the key of the map that a path leads into, and that of its brace where it has one. */
function linesOfMap(side: Side, path: Path): readonly number[] {
  const map = path.slice(0, -1);
  const key = lineAt(side, { path: map, on: 'key' }, 'start');
  const isFlow = side.text[side.locate({ path: map }).start] === '{';
  return isFlow ? [key, lineAt(side, { path: map }, 'start')] : [key];
}

const lineAt = ({ text, locate }: Side, at: At, end: 'start' | 'end'): number =>
  text.slice(0, Math.max(0, locate(at)[end] - (end === 'end' ? 1 : 0))).split('\n').length - 1;

function isWritten({ rollout }: ReadRollout, path: Path): boolean {
  let here = rollout as unknown as Json | undefined;
  for (const key of path) here = (here as { readonly [key: string]: Json } | undefined)?.[key];
  return here !== undefined;
}
