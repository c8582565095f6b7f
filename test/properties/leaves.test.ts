import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import { DEFAULTS } from '../../src/model/defaults.ts';
import type { Json } from '../../src/model/kubernetes.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { PROVIDER_NAMES, RANDOM, TEMPLATES } from './random-rollout.ts';

type LeafPath = readonly (string | number)[];

/** What may be written although nothing changes without it, each for a reason that its own documentation gives. */
const SAYS_WHAT_IS_MEANT: readonly {
  readonly path: RegExp;
  readonly when?: (value: Json | undefined, spec: Rollout['spec']) => boolean;
  readonly reason: string;
}[] = [
  // Defaults, written out.
  {
    path: /^stable$/,
    when: (value, { versions }) => value === Object.keys(versions)[0],
    reason: 'the first version is meant',
  },
  { path: /\.config\.mountPath$/, when: value => value === '/config', reason: 'the default' },
  { path: /\.autoscale\.cpu$/, when: value => value === 80, reason: 'the default' },
  { path: /(^|\.)replicas$/, when: value => value === DEFAULTS.replicas, reason: 'the default' },
  { path: /^surge$/, reason: 'the default, or no version starts with a part of its requests' },
  { path: /\.writable\.0$/, when: value => value === '/tmp', reason: 'the default' },
  { path: /^route\.outlierDetection\.consecutiveErrors$/, when: value => value === 5, reason: 'the default' },
  { path: /\.percent$/, when: value => value === 100 || value === 0, reason: 'the default, or no fault at all' },
  { path: /\.blueGreen\.preview$/, when: value => value === true, reason: 'the default' },
  { path: /^route\.timeout$/, when: value => value === '5m', reason: "the default of Knative's revisions" },
  {
    path: /^ports\.\d+\.targetPort$/,
    when: (value, { ports }) => ports?.some(({ port }) => port === value) === true,
    reason: 'the port itself',
  },
  {
    path: /^[\w-]+\.\w+$/,
    when: (value, { provider }) => optionDefaults(provider ?? '').includes(value),
    reason: "the default of the provider's own setting",
  },
  // Nothing, written out.
  {
    path: /(^|\.)(env|writable|rules|steps|mirror|workload|route|istio)$/,
    when: value => Object.keys(value ?? {}).length === 0,
    reason: 'it is empty',
  },
  {
    path: /\.(mirror|traffic)\.\w+$/,
    when: value => value === 0,
    reason: 'no request; the version runs for another reason',
  },
  {
    path: /\.match\.\d+\.path\.prefix$/,
    when: (value, { route }) => value === (route?.path ?? '/'),
    reason: 'every path of the route',
  },
  { path: /\.match\.\d+\.path$/, when: value => value === '/', reason: 'the path of the route' },
  { path: /\.match\.\d+\.method\.present$/, reason: 'every request has a method' },
  { path: /^route\.retries\./, when: (_, { route }) => route?.retries?.attempts === 0, reason: 'no retries at all' },
  {
    path: /^ports\.\d+\.(targetPort|name)$/,
    when: (_, { versions }) => Object.values(versions).some(({ service }) => service !== undefined),
    reason: "only Services and pods of ours say it, and a version that is somebody else's has none",
  },
  // What holds anyway.
  {
    path: /^versions\.\w+\.(config\.|replicas$|autoscale\.)/,
    when: (value, { workload }) =>
      leaves((workload ?? {}) as Json).some(path => valueAt((workload ?? {}) as Json, path) === value),
    reason: 'the workload of all versions says it already',
  },
  { path: /\.capacity\./, reason: 'capacity is judged, and changes nothing' },
  {
    path: /^route\.hosts\.\d+$/,
    when: value => String(value).startsWith('shop') && value !== 'shop.example.com',
    reason: 'the own name is always one of the hosts',
  },
  {
    path: /^route\.gateways\.\d+$/,
    when: value => value === 'mesh',
    reason: 'callers inside of the mesh are always meant',
  },
  {
    path: /^route\.loadBalancing$/,
    when: (value, { provider }) => value === DEFAULT_BALANCING.get(provider ?? ''),
    reason: 'what is written out anyway',
  },
  {
    path: /^istio\.versions$/,
    when: (_, { versions }) => Object.values(versions).some(({ service }) => service !== undefined),
    reason: 'an existing Service asks for it',
  },
  {
    path: /^workload\./,
    when: (_, { versions }) => Object.keys(versions).length > 0,
    reason: 'each version writes its own',
  },
];

/** Defaults of the settings under a provider's own key. */
const optionDefaults = (name: string): readonly (Json | undefined)[] =>
  Object.values((PROVIDERS.find(known => known.name === name)?.options['properties'] ?? {}) as object).map(
    setting => (setting as { readonly default?: Json }).default,
  );

const DEFAULT_BALANCING = new Map<string, string | undefined>(
  PROVIDERS.map(({ name, capabilities }) => [name, capabilities.defaultLoadBalancing]),
);

/** Every leaf, and every list and mapping that holds nothing. */
function leaves(value: Json, path: LeafPath = []): readonly LeafPath[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, part]) =>
    leaves(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The value without one leaf, and without what is empty then. */
function without(value: Json, [key, ...rest]: LeafPath): Json | undefined {
  if (key === undefined) return undefined;
  if (Array.isArray(value)) {
    const parts = value.flatMap((part: Json, i): readonly Json[] =>
      i === key ? ((without(part, rest) ?? []) as readonly Json[]) : [part],
    );
    return parts.length === 0 ? undefined : parts;
  }
  const entries = Object.entries(value as { [name: string]: Json }).flatMap(([name, part]): [string, Json][] => {
    if (name !== String(key)) return [[name, part]];
    const left = without(part, rest);
    return left === undefined ? [] : [[name, left]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** What is written for a Rollout, undefined where it is refused; and the versions that warnings call unused. */
function written(rollout: Json): { readonly text?: string; readonly unused: readonly string[] } {
  const { results, diagnostics } = compile(
    { file: 'rollouts/shop.yaml', text: stringify(rollout) },
    { templates: TEMPLATES },
  );
  const unused = diagnostics.flatMap(({ code, what }) => (code === 'version/never-used' ? [what] : []));
  return results === undefined ? { unused } : { text: JSON.stringify(results.map(({ files }) => files)), unused };
}

/** The leaf at a path. */
const valueAt = (value: Json, path: LeafPath): Json | undefined =>
  path.reduce<Json | undefined>((part, key) => (part as { [key: string]: Json } | undefined)?.[key], value);

const silent = (rollout: Rollout): readonly string[] => {
  const whole = rollout as unknown as Json;
  const { text, unused } = written(whole);
  expect(text).toBeDefined();
  return leaves(whole).flatMap(path => {
    const [, ...rest] = path;
    const name = rest.join('.');
    const isUnused = rest[0] === 'versions' && unused.some(what => what.includes(`"${rest[1]}"`));
    if (isUnused || written(without(whole, path) ?? {}).text !== text) return [];
    const known = SAYS_WHAT_IS_MEANT.some(
      one => one.path.test(name) && (one.when === undefined || one.when(valueAt(whole, path), rollout.spec)),
    );
    return known ? [] : [`${name}: ${JSON.stringify(valueAt(whole, path))}`];
  });
};

describe('nothing in a Rollout is ignored in silence: without any one leaf it says something else, or is refused', () => {
  it.each(PROVIDER_NAMES)('on %s', name => {
    fc.assert(
      fc.property(RANDOM[name], rollout => {
        expect(silent(rollout)).toEqual([]);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});
