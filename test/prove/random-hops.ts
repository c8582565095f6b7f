import fc from 'fast-check';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import { VERSION_LABEL } from '../../src/model/labels.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { flatten } from '../../src/plan/environments.ts';
import { planRollout } from '../../src/plan/plan-rollout.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { configEmitter } from '../../src/workloads/config-map.ts';
import { workloadEmitter } from '../../src/workloads/emit.ts';
import { RANDOM } from '../properties/random-rollout.ts';
import { templates } from '../properties/random-templates.ts';
import { READS } from './oracle/reads.ts';

/** A plan and the objects of its states. */
export interface Tape {
  readonly plan: Plan;
  readonly provider: Provider;
  /** In the order of `plan.states`. */
  readonly states: readonly (readonly KubeObject[])[];
}

/** Random plans of every provider that the oracle reads, each compiled once. */
export const tapes = (ofEach: number): readonly Tape[] =>
  PROVIDERS.filter(({ name }) => READS.includes(name)).flatMap(provider =>
    fc.sample(RANDOM[provider.name as keyof typeof RANDOM].filter(isPlain), ofEach).map(rollout => {
      const { plan } = planRollout(flatten(rollout, PROVIDERS).flats[0]!, PROVIDERS, undefined, templates);
      const { ownsWorkloads } = provider.capabilities;
      const routing = provider.emitter(plan!);
      const workloads = (ownsWorkloads ? configEmitter : workloadEmitter)(plan!);
      return { plan: plan!, provider, states: plan!.states.map(state => [...workloads(state), ...routing(state)]) };
    }),
  );

/** The oracle reads objects, not what stands in their annotations. */
const isPlain = ({ spec }: Rollout): boolean => (spec['emissary'] as Fields | undefined)?.['form'] !== 'annotation';

/** A hop of a tape, right or broken. */
export interface RandomHop {
  readonly starts: readonly (readonly KubeObject[])[];
  readonly end: readonly KubeObject[];
}

/** Which hop of a tape: numbers that any tape can be cut to. */
export interface Cut {
  readonly kind: 'planned' | 'skip' | 'mixed';
  readonly from: number;
  readonly second: number;
  readonly to: number;
  readonly edits: readonly Edit[];
}

/** A mistake of a person. */
export interface Edit {
  readonly where: 'start' | 'end' | 'both';
  readonly mistake: keyof typeof MISTAKES;
  readonly at: number;
  readonly other: number;
}

type Mistake = (objects: readonly KubeObject[], tape: Tape, edit: Edit) => readonly KubeObject[];
type Fields = { [key: string]: Json };

/** The object of a kind that an edit points to, changed. */
const changing =
  (kinds: readonly string[], change: (draft: Fields, tape: Tape, edit: Edit) => void): Mistake =>
  (objects, tape, edit) => {
    const found = objects.filter(({ kind }) => kinds.includes(kind));
    const chosen = found[edit.at % Math.max(1, found.length)];
    return objects.map(object => (object === chosen ? changed(object, tape, edit, change) : object));
  };

const made = new WeakMap<KubeObject, Map<string, KubeObject>>();

/** One mistake makes one object: what is the same in two states is `===`. */
function changed(
  object: KubeObject,
  tape: Tape,
  edit: Edit,
  change: (draft: Fields, tape: Tape, edit: Edit) => void,
): KubeObject {
  const known = made.get(object) ?? new Map<string, KubeObject>();
  made.set(object, known);
  const draft = structuredClone(object);
  change(draft as unknown as Fields, tape, edit);
  const text = JSON.stringify(draft);
  const same = text === JSON.stringify(object) ? object : (known.get(text) ?? draft);
  known.set(text, same);
  return same;
}

const inside = (tree: Json | undefined, ...path: readonly (string | number)[]): Fields =>
  path.reduce((here: Json, key) => ((here ?? {}) as Fields)[key] ?? {}, tree ?? {}) as Fields;
const versionAt = ({ plan }: Tape, index: number): string => plan.versions[index % plan.versions.length]!.name;
const ROUTES = [
  ...['VirtualService', 'Route', 'Mapping', 'RouteTable', 'IngressRoute', 'HTTPRoute', 'GRPCRoute', 'HTTPProxy'],
  ...['ServiceRouter', 'ServiceSplitter', 'Ingress'],
];
const isRoute = ({ kind, apiVersion }: KubeObject): boolean =>
  ROUTES.includes(kind) || (kind === 'Service' && apiVersion !== 'v1');

/** Mistakes that people make in manifests, by what they do. */
export const MISTAKES = {
  'takes the route of another state': (objects, { states }, { other }) => {
    const from = states[other % states.length]!;
    return [...objects.filter(object => !isRoute(object)), ...from.filter(isRoute)];
  },
  'takes everything but the route from another state': (objects, { states }, { other }) => {
    const from = states[other % states.length]!;
    return [...from.filter(object => !isRoute(object)), ...objects.filter(isRoute)];
  },
  'drops a version': (objects, tape, { at }) =>
    objects.filter(({ metadata }) => metadata.labels?.[VERSION_LABEL] !== versionAt(tape, at)),
  'drops an object': (objects, _, { at }) => objects.filter((_, i) => i !== at % objects.length),
  'drops the route': objects => objects.filter(object => !isRoute(object)),
  'drops what pods need': (objects, _, { at }) => {
    const needs = objects.filter(({ kind }) => kind === 'ConfigMap' || kind === 'ServiceAccount');
    return objects.filter(object => object !== needs[at % Math.max(1, needs.length)]);
  },
  'selects another version': changing(['Service'], (draft, tape, { other }) => {
    const selector = inside(draft, 'spec', 'selector');
    if (Object.keys(selector).length > 0) selector[VERSION_LABEL] = versionAt(tape, other);
  }),
  'selects nothing': changing(['Service'], draft => {
    if (draft['apiVersion'] === 'v1') delete inside(draft, 'spec')['selector'];
  }),
  'closes a port': changing(['Service'], draft => {
    if (draft['apiVersion'] === 'v1') inside(draft, 'spec', 'ports', 0)['port'] = 1;
  }),
  'renames a subset': changing(['DestinationRule'], (draft, _, { other }) => {
    const subsets = inside(draft, 'spec')['subsets'];
    if (Array.isArray(subsets)) inside(subsets, other % subsets.length)['name'] = 'renamed';
  }),
  'mixes subsets up': changing(['DestinationRule'], (draft, tape, { other }) => {
    const subsets = inside(draft, 'spec')['subsets'];
    if (Array.isArray(subsets))
      inside(subsets, other % subsets.length, 'labels')[VERSION_LABEL] = versionAt(tape, other);
  }),
  'keeps no pods': changing(['Deployment'], draft => {
    inside(draft, 'spec')['replicas'] = 0;
  }),
  'keeps fewer pods': changing(['Deployment'], (draft, _, { other }) => {
    const spec = inside(draft, 'spec');
    if (typeof spec['replicas'] === 'number') spec['replicas'] = Math.ceil((spec['replicas'] * (other + 1)) / 12);
  }),
  'says no number of pods': changing(['Deployment'], draft => {
    delete inside(draft, 'spec')['replicas'];
  }),
  'lets the autoscaler keep one pod': changing(['HorizontalPodAutoscaler'], draft => {
    inside(draft, 'spec')['minReplicas'] = 1;
  }),
  'changes the selector of a Deployment': changing(['Deployment'], draft => {
    inside(draft, 'spec', 'selector', 'matchLabels')['team'] = 'shop';
  }),
  'needs files only where they are there': changing(['Deployment'], draft => {
    for (const { configMap } of listOf(inside(draft, 'spec', 'template', 'spec')['volumes']))
      if (configMap !== undefined) (configMap as Fields)['optional'] = true;
  }),
  'writes another weight': changing(['Mapping'], (draft, _, { other }) => {
    inside(draft, 'spec')['weight'] = 40 + other * 5;
  }),
  'forgets a weight': changing(['Mapping'], draft => {
    delete inside(draft, 'spec')['weight'];
  }),
  'limits one version by itself': changing(['Mapping'], (draft, _, { other }) => {
    inside(draft, 'spec')['circuit_breakers'] = [{ priority: 'default', max_requests: 1_000 + other }];
  }),
  'leads to another version': changing(['Mapping'], (draft, tape, { other }) => {
    inside(draft, 'spec')['service'] = `${tape.plan.rollout}-${versionAt(tape, other)}:${tape.plan.ports[0]!.port}`;
  }),
  'reuses the name of a revision': changing(['Service', 'Configuration'], draft => {
    const template = inside(draft, 'spec', 'template', 'spec');
    for (const container of listOf(template['containers'])) container['image'] = 'registry.example.com/other:1.0.0';
  }),
} as const satisfies { readonly [mistake: string]: Mistake };

const listOf = (tree: Json | undefined): readonly Fields[] =>
  Array.isArray(tree) ? (tree as unknown as Fields[]) : [];

const edit: fc.Arbitrary<Edit> = fc.record({
  where: fc.constantFrom('start', 'end', 'end', 'end', 'both'),
  mistake: fc.constantFrom(...(Object.keys(MISTAKES) as (keyof typeof MISTAKES)[])),
  at: fc.nat(11),
  other: fc.nat(11),
});

/** Hops of a plan, jumps over its states, and starts that are a mixture of two, with up to three mistakes. */
export const cut: fc.Arbitrary<Cut> = fc.record({
  kind: fc.constantFrom('planned', 'skip', 'mixed'),
  from: fc.nat(23),
  second: fc.nat(23),
  to: fc.nat(23),
  edits: fc.array(edit, { maxLength: 3 }),
});

/** Cuts a tape. */
export function hopOf(tape: Tape, { kind, from, second, to, edits }: Cut): RandomHop {
  const { plan, states } = tape;
  const numbered = (name: string): number => plan.states.findIndex(state => state.name === name);
  const hop = plan.hops[from % Math.max(1, plan.hops.length)];
  const [start, end] = kind === 'planned' && hop !== undefined ? [hop.from, hop.to].map(numbered) : [from, to];
  const edited = (where: 'start' | 'end', number: number): readonly KubeObject[] =>
    edits
      .filter(one => one.where === where || one.where === 'both')
      .reduce(
        (objects: readonly KubeObject[], one) => MISTAKES[one.mistake](objects, tape, one),
        states[number % states.length]!,
      );
  const starts = [edited('start', start!), ...(kind === 'mixed' ? [states[second % states.length]!] : [])];
  const forth = { starts, end: edited('end', end!) };
  return kind === 'planned' && to % 2 === 1 ? { starts: [forth.end], end: starts[0]! } : forth;
}

/** Identities of Services that somebody else keeps. */
export const foreignOf = ({ plan }: Tape): readonly string[] =>
  plan.versions.flatMap(version =>
    version.kind === 'service' ? [`/Service/${plan.namespace}/${version.service}`] : [],
  );
