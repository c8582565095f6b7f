import type { CommittedRollout, FrozenVersion, RemovedVersion } from '../model/compiled.ts';

/**
 * What the text of a plan.json remembers of the versions of this directory. Undefined where it cannot tell: it is no
 * JSON, about another directory, edited by hand, or from before versions were remembered. Never throws.
 * With the versions that are `declared` now it also tells about the others that serve.
 */
export function readCommitted(
  text: string,
  directory: string,
  declared?: readonly string[],
): CommittedRollout | undefined {
  const plan = parse(beginningOf(text)) ?? parse(text);
  if (!isMap(plan) || plan['directory'] !== directory) return undefined;
  const { step, running, serving, versions } = plan;
  if (typeof step !== 'string' || !isWords(running) || !isWords(serving) || !isMap(versions)) return undefined;
  const frozen = Object.entries(versions).map(([name, version]) => [name, readVersion(version)] as const);
  const known = frozen.flatMap(([name, version]) => (version === undefined ? [] : [[name, version] as const]));
  if (known.length < frozen.length) return undefined;
  const committed = { step, running, serving, versions: Object.fromEntries(known) };
  const removed = declared === undefined ? [] : serving.filter(version => !declared.includes(version));
  return removed.length === 0 ? committed : { ...committed, removed: readRemoved(text, step, removed) };
}

/** Only here the states are read: seldom is a version gone that serves. */
function readRemoved(
  text: string,
  step: string,
  versions: readonly string[],
): NonNullable<CommittedRollout['removed']> {
  const plan = parse(text);
  const states = (isMap(plan) && Array.isArray(plan['states']) ? plan['states'] : []).filter(isMap);
  const current = states.find(state => state['name'] === step);
  const told = versions.map((version): readonly [string, RemovedVersion] => {
    const retire = `retire-${version}`;
    const asked = current === undefined || isAsked(current['rules'], version);
    return [version, states.some(state => state['name'] === retire) ? { asked, retire } : { asked }];
  });
  return Object.fromEntries(told);
}

/** Whether any rule sends requests or copies to a version. */
const isAsked = (rules: unknown, version: string): boolean =>
  (Array.isArray(rules) ? rules.filter(isMap) : [])
    .flatMap(rule => [rule['split'], rule['mirror']])
    .some(parts => Array.isArray(parts) && parts.filter(isMap).some(p => p['version'] === version && p['share'] !== 0));

/** What stands before the states, as an object of its own: a fifth of the text, as we write it, and all that is asked for. */
const beginningOf = (text: string): string => `${text.slice(0, Math.max(0, text.indexOf(',\n  "states": [')))}}`;

function readVersion(value: unknown): FrozenVersion | undefined {
  if (!isMap(value)) return undefined;
  const { defaults, replacement, image, service, parts } = value;
  if (!isCount(replacement) || !isMap(parts)) return undefined;
  const texts = Object.entries(parts).flatMap(([part, hash]) => (typeof hash === 'string' ? [[part, hash]] : []));
  return {
    ...(isCount(defaults) ? { defaults } : {}),
    replacement,
    ...(typeof image === 'string' ? { image } : {}),
    ...(typeof service === 'string' ? { service } : {}),
    parts: Object.fromEntries(texts),
  };
}

interface Unknown {
  readonly [key: string]: unknown;
}

const isMap = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(item => typeof item === 'string');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
