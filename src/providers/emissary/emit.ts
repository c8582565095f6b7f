import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { versionLabels, versionName } from '../../model/labels.ts';
import { memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import { printYaml } from '../../yaml/print.ts';
import { versionServices } from '../version-services.ts';
import { type Mapping, mappingsOf } from './mappings.ts';

type Once = (key: string, make: () => KubeObject) => KubeObject;

/** Services of the running versions, and the Mappings that divide requests between them. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once);
  const known = new Map<string, readonly Mapping[]>();
  const numbers = new Map<object, number>();
  const numberOf = (part: object): number => numbers.get(part) ?? numbers.set(part, numbers.size).size - 1;
  const mappings = (state: State): readonly Mapping[] => {
    const key = `${numberOf(state.rules)} ${numberOf(state.running)} ${state.rest ?? ''}`;
    const found = known.get(key) ?? mappingsOf(plan, state);
    known.set(key, found);
    return found;
  };
  if (plan.options['form'] === 'annotation')
    return state => annotated(plan, state, services(state), mappings(state), once);
  const write = plan.options['form'] === 'v2' ? v2 : v3;
  return state => [
    ...services(state),
    ...mappings(state).map(mapping => once(`Mapping ${JSON.stringify(mapping)}`, () => write(plan, mapping))),
  ];
}

const metadata = (plan: Plan, { name, version }: Mapping) => ({
  name,
  namespace: plan.namespace,
  labels: versionLabels(plan, version),
});

const v3 = (plan: Plan, mapping: Mapping): KubeObject => ({
  apiVersion: 'getambassador.io/v3alpha1',
  kind: 'Mapping',
  metadata: metadata(plan, mapping),
  spec: { hostname: mapping.host, ...mapping.fields, stats_name: mapping.stats },
});

const v2 = (plan: Plan, mapping: Mapping): KubeObject => ({
  apiVersion: 'getambassador.io/v2',
  kind: 'Mapping',
  metadata: metadata(plan, mapping),
  spec: { host: mapping.host, ...mapping.fields },
});

/** One document of the annotation: the fields of the object and those of its spec side by side. */
const flat = ({ name, host, fields }: Mapping): Json => ({
  apiVersion: 'ambassador/v1',
  kind: 'Mapping',
  name,
  host,
  ...fields,
});

/** Each version's Mappings on its Service. */
function annotated(
  plan: Plan,
  { running }: State,
  services: readonly KubeObject[],
  mappings: readonly Mapping[],
  once: Once,
): readonly KubeObject[] {
  const names = new Map(running.map(({ version }) => [versionName(plan, version), version]));
  return services.map(own => {
    const version = names.get(own.metadata.name);
    if (version === undefined) return own;
    const text = mappings
      .filter(mapping => mapping.version === version)
      .map(mapping => printYaml(flat(mapping)))
      .join('---\n');
    return once(`Service ${version} with ${text}`, () => ({
      ...own,
      metadata: { ...own.metadata, annotations: { 'getambassador.io/config': text } },
    }));
  });
}
