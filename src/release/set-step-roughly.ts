import { inlineOf } from '../yaml/print-scalar.ts';

/**
 * The text of a Rollout that nobody can read, whose environment stands at another step: for the one line that is
 * surely the step; undefined where none or several could be it. `environment` absent: the only one. `all`: names of
 * every environment that the Rollout goes to, as far as anybody knows.
 */
export function setStepRoughly(
  text: string,
  environment: string | undefined,
  step: string,
  all: readonly string[] = [],
): string | undefined {
  const lines = text.split('\n').map((line, index) => ({ line, index }));
  const spec = below(lines, 'spec', '');
  if (spec === undefined) return undefined;
  const at = placeIn(spec, environment, all);
  if (at === undefined) return undefined;
  return lines.map(({ line, index }) => (index === at.index ? withValue(line, at.pattern, step) : line)).join('\n');
}

interface Line {
  readonly line: string;
  readonly index: number;
}

/** A line, and the pattern of the step in it: what stands before the value, and the value. */
interface StepLine {
  readonly index: number;
  readonly pattern: RegExp;
}

const VALUE = '("[-a-z0-9]+"|\'[-a-z0-9]+\'|[a-z0-9][-a-z0-9]*)(?=\\s*(?:[,}]|\\s#|$))';
const keyOf = (name: string): string => `(?:"${name}"|'${name}'|${name})\\s*:`;

function placeIn(spec: readonly Line[], environment: string | undefined, all: readonly string[]): StepLine | undefined {
  const indentation = indentationOf(spec);
  const isNamed = spec.some(({ line }) => new RegExp(`^${indentation}${keyOf('environments')}`).test(line));
  if (!isNamed) return all.length > 1 ? undefined : onlyStep(spec, indentation);
  const named = environment ?? (all.length === 1 ? all[0] : undefined);
  const own = named === undefined ? undefined : inEnvironment(spec, indentation, named);
  return own ?? (all.length === 1 && !hasOwnSteps(spec, indentation) ? onlyStep(spec, indentation) : undefined);
}

/** Whether any environment may have a step of its own. */
function hasOwnSteps(spec: readonly Line[], indentation: string): boolean {
  const opening = spec.filter(({ line }) => new RegExp(`^${indentation}${keyOf('environments')}`).test(line));
  const lines = below(spec, 'environments', indentation);
  return lines === undefined || [...opening, ...lines].some(({ line }) => /\bstep\b/.test(line));
}

/** The line of a step among keys of one indentation; undefined where there is not exactly one. */
function onlyStep(lines: readonly Line[], indentation: string): StepLine | undefined {
  const found = lines.filter(({ line }) => new RegExp(`^${indentation}${keyOf('step')}`).test(line));
  const pattern = new RegExp(`^(${indentation}${keyOf('step')}\\s+)${VALUE}`);
  return found.length === 1 && pattern.test(found[0]!.line) ? { index: found[0]!.index, pattern } : undefined;
}

/** The own step of an environment, in a block or within the braces of one line. */
function inEnvironment(spec: readonly Line[], indentation: string, name: string): StepLine | undefined {
  const environments = below(spec, 'environments', indentation);
  const own = environments && below(environments, name, indentationOf(environments));
  if (own !== undefined && own.length > 0) return onlyStep(own, indentationOf(own));
  const pattern = new RegExp(`^((?:[^#]*[\\s{,])?${keyOf(name)}\\s*\\{(?:[^{}#]*[\\s,])?${keyOf('step')}\\s+)${VALUE}`);
  const opening = spec.filter(({ line }) => new RegExp(`^${indentation}${keyOf('environments')}`).test(line));
  const found = [...opening, ...(environments ?? [])].filter(({ line }) => line.includes(name) && line.includes('{'));
  const isOne = found.length === 1 && found[0]!.line.split(new RegExp(`[\\s{,]${keyOf(name)}`)).length === 2;
  return isOne && pattern.test(found[0]!.line) ? { index: found[0]!.index, pattern } : undefined;
}

/** The lines below a key that stands once at an indentation; undefined where it does not stand there once. */
function below(lines: readonly Line[], key: string, indentation: string): readonly Line[] | undefined {
  const pattern = new RegExp(`^${indentation}${keyOf(key)}`);
  const found = lines.flatMap(({ line }, i) => (pattern.test(line) ? [i] : []));
  if (found.length !== 1) return undefined;
  const after = lines.slice(found[0]! + 1);
  const end = after.findIndex(({ line }) => isContent(line) && depthOf(line) <= indentation.length);
  return end < 0 ? after : after.slice(0, end);
}

/** Blanks before the first line that says something. */
const indentationOf = (lines: readonly Line[]): string =>
  ' '.repeat(depthOf(lines.find(({ line }) => isContent(line))?.line ?? ''));

const isContent = (line: string): boolean => /^\s*[^\s#]/.test(line);
const depthOf = (line: string): number => line.length - line.trimStart().length;

function withValue(line: string, pattern: RegExp, step: string): string {
  return line.replace(pattern, (_, before: string, old: string) => {
    const quotes = /^["']/.exec(old)?.[0];
    return `${before}${quotes === undefined ? inlineOf(step) : quotes + step + quotes}`;
  });
}
