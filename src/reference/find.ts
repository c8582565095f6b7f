import { nearest } from '../diagnostics/wording.ts';
import { allBelow, childrenOf, type Field, fieldsOf, isEntry, topOf } from './field.ts';
import type { Root } from './roots.ts';

/** A field that a path leads to, or why it leads nowhere. */
export type Found =
  | { readonly kind: 'field'; readonly root: Root; readonly field: Field }
  | { readonly kind: 'malformed' }
  | {
      readonly kind: 'unknown';
      readonly root: Root;
      /** The last field that is known. */
      readonly at: Field;
      /** What was typed there. */
      readonly typed: string;
      readonly known: readonly Field[];
      readonly near?: string;
      /** Paths of fields that have this very name in other places. */
      readonly elsewhere: readonly string[];
    };

const MOST_ELSEWHERE = 5;

/**
 * Finds the field that a path means: `spec.steps[0].canary`, `spec.steps.canary`, `spec.versions.v1.env`,
 * `route.retries` without `spec`, or `rollout.spec.route` with the kind of file before it. Empty: the first kind itself.
 */
export function findField(roots: readonly Root[], typed: string): Found {
  const steps = stepsOf(typed);
  if (steps === undefined) return { kind: 'malformed' };
  const named = roots.find(({ kind }) => kind.toLowerCase() === steps[0]?.toLowerCase());
  const [tried, rest] = named === undefined ? [roots, steps] : [[named], steps.slice(1)];
  const found = tried.flatMap(root => [follow(root, rest), follow(root, [root.main, ...rest])]);
  const chosen = found.find(({ kind }) => kind === 'field') ?? furthest(found);
  return chosen.kind === 'unknown' ? { ...chosen, elsewhere: namesakes(chosen) } : chosen;
}

/** Of several ways that lead nowhere the one that leads furthest, or to a name that is nearly the typed one, was meant. */
function furthest(found: readonly Found[]): Found {
  // every second way began with a step that nobody typed
  const score = (one: Found, index: number): number =>
    one.kind === 'unknown' ? depth(one.at) - (index % 2) + (one.near === undefined ? 0 : 1) : 0;
  const scores = found.map(score);
  return found[scores.indexOf(Math.max(...scores))] ?? { kind: 'malformed' };
}

const depth = ({ path }: Field): number => (path === '' ? 0 : path.split('.').length);

function follow(root: Root, steps: readonly string[]): Found {
  let at = topOf(root.schema);
  for (const step of steps) {
    const next = stepInto(root, at, step);
    if (next === undefined) return lost(root, at, step);
    at = next;
  }
  return { kind: 'field', root, field: at };
}

/** A list may be passed over in silence, as `kubectl explain` does; the name of an entry of a map may be any. */
function stepInto(root: Root, at: Field, step: string): Field | undefined {
  const children = childrenOf(root.schema, at);
  const exact = children.find(child => child.name === step);
  if (exact !== undefined) return exact;
  const entry = children.find(isEntry);
  if (entry === undefined) return undefined;
  if (entry.name === '*' || step === '*' || /^\d*$/.test(step)) return entry;
  return stepInto(root, entry, step);
}

function lost(root: Root, at: Field, typed: string): Found {
  const known = fieldsOf(root.schema, at);
  const near = nearest(
    typed,
    known.map(({ name }) => name),
  );
  return {
    kind: 'unknown',
    root,
    at,
    typed,
    known,
    ...(near === undefined ? {} : { near }),
    elsewhere: [],
  };
}

const namesakes = ({ root: { schema }, typed }: Extract<Found, { kind: 'unknown' }>): readonly string[] =>
  allBelow(schema, topOf(schema))
    .filter(({ name }) => name === typed)
    .slice(0, MOST_ELSEWHERE)
    .map(({ path }) => path);

/** The steps of a path; `[]` and `[0]` are steps. Undefined where the text is no path. */
function stepsOf(typed: string): readonly string[] | undefined {
  const text = typed.trim().replace(/^\./, '').replace(/\.$/, '');
  if (text === '') return [];
  const steps: string[] = [];
  const part = /\.?(?:\[(?:"([^"]*)"|'([^']*)'|([^\]"']*))\]|([^.[\]"']+))/y;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (match === null) return undefined;
    const [, double, single, index, word] = match;
    steps.push(double ?? single ?? word ?? (index === '' ? '[]' : (index ?? '')));
  }
  return steps;
}
