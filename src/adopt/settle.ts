import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Path } from '../diagnostics/finding.ts';
import type { Compiled, Source } from '../model/compiled.ts';
import { compose } from './compose.ts';
import { type Answer, answerAt, type Draft, partsOf, without } from './draft.ts';
import { BROKEN, type LeftOut } from './left-out.ts';
import { pathFinder } from './place-of.ts';

/** What a draft is held against. */
export interface Judge {
  readonly compile: (source: Source) => Compiled;
  /** The path of the JSON Schema from the file. */
  readonly schema: string;
  /** Answers that a person typed: what is wrong with them is said, and they are never left out. */
  readonly typed: readonly Answer[];
}

/** A Rollout that compiles, or why none can be made. */
export interface Settled {
  readonly text: string;
  /** What is left of the draft. */
  readonly draft: Draft;
  /** What the compiler would have refused. */
  readonly left: readonly LeftOut[];
  /** Errors that nothing can be left out for; empty: the text compiles. */
  readonly wrong: readonly Wrong[];
}

/** An error, and the answer that it is about; absent: none. */
export interface Wrong {
  readonly answer?: Answer;
  readonly diagnostic: Diagnostic;
}

/** Composes a draft, and leaves out of it what the compiler refuses, until it compiles. The compiler's own words say why. */
export function settle(draft: Draft, judge: Judge): Settled {
  const left: LeftOut[] = [];
  for (let current = draft; ; ) {
    const text = compose(current, judge.schema);
    const errors = errorsOf(`rollouts/${current.name}.yaml`, text, judge);
    const { draft: next, left: more } = errors.reduceRight(shorten(judge), { draft: current, left: [] });
    const shorter =
      compose(next, judge.schema) === text ? withoutCause(current, errors, judge) : { draft: next, left: more };
    if (shorter === undefined) return { text, draft: current, left, wrong: errors.map(wrongOf) };
    left.push(...shorter.left);
    current = shorter.draft;
  }
}

interface Rest {
  readonly draft: Draft;
  readonly left: readonly LeftOut[];
}

/** Takes out what stands at the place of an error. */
const shorten =
  (judge: Judge) =>
  ({ draft, left }: Rest, { path, diagnostic }: PlacedError): Rest => {
    const shorter = isTyped(path, judge) ? undefined : without(draft, path);
    if (shorter === undefined) return { draft, left };
    return { draft: shorter.draft, left: [...left, leftAt(path, shorter.what, diagnostic)] };
  };

/** Where an error is about a version as a whole: the first part without which an error is gone. */
function withoutCause(draft: Draft, errors: readonly PlacedError[], judge: Judge): Rest | undefined {
  if (errors.length === 0) return undefined;
  for (const path of partsOf(draft).filter(one => !isTyped(one, judge))) {
    const shorter = without(draft, path);
    if (shorter === undefined) continue;
    const remaining = errorsOf(`rollouts/${draft.name}.yaml`, compose(shorter.draft, judge.schema), judge);
    const gone = errors.find(error => remaining.every(other => other.diagnostic.what !== error.diagnostic.what));
    if (gone !== undefined && remaining.length < errors.length)
      return { draft: shorter.draft, left: [leftAt(path, shorter.what, gone.diagnostic)] };
  }
  return undefined;
}

/** Fields of the workload without which pods do something else. */
const NEEDED: readonly Path[number][] = ['autoscale', 'args', 'command', 'env', 'serviceAccount', 'writable'];

const leftAt = ([, second, third]: Path, what: string, diagnostic: Diagnostic): LeftOut => ({
  what,
  why: whyOf(diagnostic),
  ...(second === 'ports' || NEEDED.includes(third ?? '') ? BROKEN : {}),
});

/** A variable that holds a secret; src/plan/config-messages.ts. */
const LITERAL_SECRET = 'version/literal-secret';

/** What to do instead is said where a person has to do it elsewhere. */
const whyOf = ({ code, what, fix }: Diagnostic): string =>
  (code === LITERAL_SECRET ? `${what} ${fix.replace(/\s+/g, ' ')}` : what).replace(/\.$/, '');

interface PlacedError {
  readonly path: Path;
  readonly diagnostic: Diagnostic;
}

/** One error for each place, the last place last: taking entries out of a list from its end leaves the others where they are. */
function errorsOf(file: string, text: string, { compile }: Judge): readonly PlacedError[] {
  const errors = compile({ file, text }).diagnostics.filter(({ severity }) => severity === 'error');
  const pathAt = pathFinder(text);
  const placed = errors.map(diagnostic => ({ path: pathAt(diagnostic), diagnostic }));
  const isFirst = (path: Path, index: number): boolean =>
    !placed.slice(0, index).some(other => isWithin(path, other.path));
  return placed.filter(({ path }, index) => path[1] === 'versions' || isFirst(path, index));
}

/** Whether a path lies at another one or below it; all of a file lies in the file, which says nothing. */
const isWithin = (path: Path, above: Path): boolean =>
  above.length > 0 && above.every((step, index) => path[index] === step);

const isTyped = (path: Path, { typed }: Judge): boolean => {
  const answer = answerAt(path);
  return answer !== undefined && typed.includes(answer);
};

function wrongOf({ path, diagnostic }: PlacedError): Wrong {
  const answer = answerAt(path);
  return answer === undefined ? { diagnostic } : { answer, diagnostic };
}
