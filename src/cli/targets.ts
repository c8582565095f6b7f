import { didYouMean, list, quote } from '../diagnostics/wording.ts';
import { fileBelow } from '../host/look.ts';
import { openOut } from '../host/out-folder.ts';
import { type Standing, standingsIn } from '../host/standings.ts';
import { outAbove } from './out-above.ts';
import type { Settings } from './settings.ts';

/** Which Rollouts a command is about, as typed. */
export interface TargetRequest {
  /** Names of Rollouts, or paths of their files or of folders of them. */
  readonly names: readonly string[];
  /** Labels that all of them have, as `key=value`. */
  readonly labels: readonly string[];
  /** Absent: the only one that each has. */
  readonly environment?: string;
  /** Whether all that fits is meant, in every environment; absent: what is not named exactly is wrong. */
  readonly mayBeMany?: boolean;
}

/** What of the output folder is meant, sorted by directory and never empty, or what is wrong with the request. */
export function findTargets(request: TargetRequest, settings: Settings): readonly Standing[] | string {
  const labelled = findInEveryEnvironment(request, settings);
  if (typeof labelled === 'string') return labelled;
  return request.mayBeMany === true && request.environment === undefined
    ? labelled
    : inEnvironment(labelled, request.environment);
}

/** The same in every environment: what is meant is the Rollouts themselves. */
export function findInEveryEnvironment(
  request: Omit<TargetRequest, 'environment'>,
  settings: Settings,
): readonly Standing[] | string {
  const all = standingsIn(openOut(settings.root, settings.outName));
  if (all.length === 0)
    return `${quote(settings.outName)} holds no plan yet; run surefoot synth first.${outAbove(settings)}`;
  const named = namedIn(all, request, settings);
  return typeof named === 'string' ? named : labelledIn(named, request.labels);
}

/** Those that are named; without a name: all where labels choose, else the only Rollout that there is. */
function namedIn(
  all: readonly Standing[],
  { names, labels, mayBeMany = false }: Omit<TargetRequest, 'environment'>,
  settings: Settings,
): readonly Standing[] | string {
  if (names.length === 0) {
    const rollouts = [...new Set(all.map(rolloutOf))];
    if (mayBeMany || labels.length > 0 || rollouts.length === 1) return all;
    return `say which Rollout: ${list(rollouts.slice(0, 5))}${rollouts.length > 5 ? ', …' : ''}, or -l key=value.`;
  }
  const found = new Set<Standing>();
  for (const name of names) {
    const own = all.filter(one => isCalled(one, name, settings));
    if (own.length === 0) return noSuch(name, all);
    const rollouts = [...new Set(own.map(rolloutOf))];
    if (!mayBeMany && rollouts.length > 1 && !name.includes('/') && !looksLikePath(name))
      return `${quote(name)} is the name of several Rollouts: ${list(rollouts)}. Write one of these, or the path of its file.`;
    for (const one of own) found.add(one);
  }
  return all.filter(one => found.has(one));
}

const looksLikePath = (name: string): boolean => /\.ya?ml$/i.test(name) || /^[./]/.test(name);

/** A Rollout as people tell it from others: the same file may stand in several namespaces. */
const rolloutOf = ({ facts: { namespace, rollout, source } }: Standing): string => source ?? `${namespace}/${rollout}`;

function isCalled({ directory, facts }: Standing, name: string, { root }: Settings): boolean {
  if (name === facts.rollout || name === `${facts.namespace}/${facts.rollout}` || name === directory) return true;
  const file = fileBelow(root, name);
  if (file === undefined || facts.source === undefined) return false;
  return file === '' || file === facts.source || facts.source.startsWith(`${file}/`);
}

const noSuch = (name: string, all: readonly Standing[]): string => {
  const known = [...new Set(all.flatMap(({ facts: { rollout, source = '' } }) => [rollout, source]))];
  return `no compiled Rollout is called ${quote(name)}, nor comes from a file of this path.${didYouMean(name, known)} What was never compiled begins with surefoot synth.`;
};

function labelledIn(some: readonly Standing[], labels: readonly string[]): readonly Standing[] | string {
  const odd = labels.find(label => !/^[^=,\s]+=[^=,\s]*$/.test(label));
  if (odd !== undefined) return `-l ${quote(odd)} is no label; write -l team=payments.`;
  const wanted = labels.map(label => label.split('=') as [string, string]);
  const found = some.filter(({ facts }) => wanted.every(([key, value]) => facts.labels?.[key] === value));
  return found.length > 0 ? found : `no Rollout has the labels ${list(labels)}.`;
}

function inEnvironment(some: readonly Standing[], environment: string | undefined): readonly Standing[] | string {
  if (environment !== undefined) {
    const found = some.filter(({ facts }) => facts.environment === environment);
    const known = [...new Set(some.map(({ facts }) => facts.environment))];
    return found.length > 0
      ? found
      : `no environment ${quote(environment)} among those of ${list([...new Set(some.map(rolloutOf))].slice(0, 3))}: ${list(known)}.${didYouMean(environment, known)}`;
  }
  const several = some.find(one => some.some(other => other !== one && rolloutOf(other) === rolloutOf(one)));
  if (several === undefined) return some;
  const own = some.filter(one => rolloutOf(one) === rolloutOf(several)).map(({ facts }) => facts.environment);
  return `${quote(several.facts.rollout)} stands in ${list([...new Set(own)])}; say which with --env.`;
}
