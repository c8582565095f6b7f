import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { Path } from '../../src/diagnostics/finding.ts';
import type { CompiledRollout } from '../../src/model/compiled.ts';
import { FLEET_FILE, type Fleet } from '../../src/model/fleet.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { flatten } from '../../src/plan/environments.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { anyRollout, TEMPLATES } from './random-rollout.ts';

type Data = { readonly [key: string]: unknown };
interface Spread {
  readonly rollout: Rollout;
  readonly fleet: Fleet;
}

/** From far to near. */
const LAYERS = ['defaults', 'fleetEnvironment', 'spec', 'environment'] as const;
type LayerName = (typeof LAYERS)[number];

/** Keys that any layer may set; the others belong to the Rollout alone. */
const MOVABLE = ['provider', 'workload', 'route', 'istio', 'knative'];
/** Parts that must stay together: they mean something only as a whole, or one of their keys is required. */
const WHOLE = ['readiness', 'liveness', 'startup', 'loadBalancing', 'env', 'retries', 'autoscale', 'config'];
const PLAIN = { aliasDuplicateObjects: false };

const isMap = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** Leaves that may stand in a layer of their own. */
function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly [readonly string[], unknown])[] {
  if (!isMap(value) || WHOLE.includes(path.at(-1) ?? '')) return [[path, value]];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...path, key]));
}

function setAt(target: { [key: string]: unknown }, [head = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) target[head] = value;
  else {
    const child = (target[head] ?? {}) as { [key: string]: unknown };
    target[head] = child;
    setAt(child, rest, value);
  }
}

/** A value of the same kind that must not be seen, because a nearer layer says otherwise. */
const decoy = (value: unknown): unknown =>
  typeof value === 'number' ? 1 : Array.isArray(value) ? value.slice(0, 1) : value;

/** Spreads a plain Rollout over the four layers, with overridden values in farther ones. */
function spread({ spec, ...rollout }: Rollout, next: () => number): Spread {
  const layers: { [layer in LayerName]: { [key: string]: unknown } } = {
    defaults: {},
    fleetEnvironment: {},
    spec: {},
    environment: {},
  };
  for (const [key, value] of Object.entries(spec)) {
    if (key === 'step') setAt(layers[next() < 0.5 ? 'spec' : 'environment'], [key], value);
    else if (!MOVABLE.includes(key)) layers.spec[key] = value;
    else
      for (const [path, leaf] of leavesOf(value, [key])) {
        const home = Math.floor(next() * LAYERS.length);
        setAt(layers[LAYERS[home]!], path, leaf);
        if (home > 0 && next() < 0.3) setAt(layers[LAYERS[Math.floor(next() * home)]!], path, decoy(leaf));
      }
  }
  return {
    rollout: {
      ...rollout,
      spec: { ...layers.spec, environments: { prod: layers.environment, other: {} } } as unknown as Rollout['spec'],
    },
    fleet: {
      apiVersion: 'surefoot.dev/v1',
      kind: 'Fleet',
      defaults: layers.defaults,
      environments: { prod: layers.fleetEnvironment, other: {} },
    },
  };
}

const spreads = fc
  .tuple(
    // A default for a whole fleet names hosts: not every one of them.
    anyRollout.filter(({ spec }) => spec.route?.hosts?.includes('*') !== true),
    fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
  )
  .map(([rollout, stream]) => ({ flat: rollout, ...spread(rollout, () => stream.next().value as number) }));

const compileWith = (rollout: Rollout, fleet?: Fleet): readonly CompiledRollout[] => {
  const known = fleet === undefined ? {} : { fleet: { file: FLEET_FILE, text: stringify(fleet, PLAIN) } };
  const given = { ...known, templates: TEMPLATES };
  const { results, diagnostics } = compile({ file: 'rollouts/shop.yaml', text: stringify(rollout, PLAIN) }, given);
  if (results === undefined)
    throw new Error(diagnostics.map(d => `${d.file}:${d.line} ${d.code} ${d.what}`).join('\n'));
  return results;
};

/** Texts of the manifests by their path below the folder of the Rollout; plan.md and plan.json name the environment. */
const manifestsOf = ({ directory, files }: CompiledRollout): Data =>
  Object.fromEntries(
    files.filter(({ path }) => !path.includes('/plan.')).map(({ path, text }) => [path.replace(directory, ''), text]),
  );

it('an environment compiles to what the same Rollout written flat compiles to', () => {
  let compiled = 0;
  fc.assert(
    fc.property(spreads, ({ flat, rollout, fleet }) => {
      const [expected] = compileWith(flat);
      const flatter = flatten(rollout, PROVIDERS, { file: FLEET_FILE, fleet });
      // The other environment may lack what only this one says; then the whole file is refused.
      const alone = {
        ...rollout,
        spec: { ...rollout.spec, environments: { prod: rollout.spec.environments!['prod']! } },
      };
      const found = compileWith(alone, fleet).find(({ plan }) => plan.environment === 'prod');
      expect(flatter.findings.filter(f => f.code !== 'environment/no-provider')).toEqual([]);
      expect(found?.rollout.spec).toEqual(expected?.rollout.spec);
      expect(found && manifestsOf(found)).toEqual(expected && manifestsOf(expected));
      compiled += found === undefined ? 0 : 1;
    }),
    { numRuns: 150 },
  );
  expect(compiled).toBeGreaterThan(100);
});

it('every value of an environment was written where its origin says', () => {
  fc.assert(
    fc.property(spreads, ({ rollout, fleet }) => {
      const flat = flatten(rollout, PROVIDERS, { file: FLEET_FILE, fleet }).flats.find(
        one => one.environment === 'prod',
      );
      if (flat === undefined) return;
      for (const [path, value] of leavesOf(flat.rollout.spec)) {
        const at = flat.written({ path: ['spec', ...path] });
        if (!('path' in at)) throw new Error('no path');
        expect(valueAt(at.file === FLEET_FILE ? fleet : rollout, at.path), at.path.join('.')).toEqual(value);
      }
    }),
    { numRuns: 150 },
  );
});

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Data | undefined)?.[step], root);
}

it('what is printed flat compiles to the same', () => {
  fc.assert(
    fc.property(spreads, ({ rollout, fleet }) => {
      const alone = {
        ...rollout,
        spec: { ...rollout.spec, environments: { prod: rollout.spec.environments!['prod']! } },
      };
      for (const found of compileWith(alone, fleet)) {
        const [again] = compileWith(found.rollout);
        expect(again && manifestsOf(again)).toEqual(manifestsOf(found));
      }
    }),
    { numRuns: 60 },
  );
});
