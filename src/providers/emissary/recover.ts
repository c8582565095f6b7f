import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import { strange } from '../../model/reading.ts';
import { type Backends, backendEnds, besideOf } from '../../model/reading-backends.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import { findsPods } from '../../model/reading-pods.ts';
import { type CoreService, readService } from '../../model/reading-services.ts';
import type { Pods, Recovered, RecoveredPolicy, RecoveredRule } from '../../model/recovered.ts';
import { annotatedMappings, CONFIG } from './recover-annotation.ts';
import { byHost, rulesOf } from './recover-group.ts';
import { type Mapping, readMapping } from './recover-mapping.ts';

/** Reads Mappings and Services back: https://emissary-ingress.dev/docs/latest/topics/using/mappings/ */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const problems: string[] = [];
  const { services, mappings } = sort(objects, problems);
  const known = [...services.values()];
  const doors = doorsOf(known, appNames(known, pods), pods);
  for (const service of known)
    if (pods.length > 0 && !findsPods(pods, service)) strange(service.spot, 'its selector finds no pods');
  const ports = (doors.root ?? known[0])?.ports ?? [];
  for (const service of known)
    if (JSON.stringify(service.ports) !== JSON.stringify(ports))
      strange(service.spot, 'its ports are not those of the others');
  const backends: Backends = { services, pods };
  const hosts = byHost(mappings);
  return {
    hosts: [...hosts.keys()].filter(host => host !== '*'),
    gateways: [],
    ports,
    ...besideOf(pods, doors.root),
    rules: sameEverywhere(hosts, backends, problems),
    addresses: doors.addresses,
    policies: policiesOf(mappings, backends),
    problems,
  };
}

interface Sorted {
  readonly services: ReadonlyMap<string, CoreService>;
  readonly mappings: readonly Mapping[];
}

const OWN: ReadonlySet<string> = new Set([CONFIG]);

function sort(objects: readonly KubeObject[], problems: string[]): Sorted {
  const services = new Map<string, CoreService>();
  const mappings = new Map<string, Mapping>();
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === 'getambassador.io/Mapping') {
      const mapping = readMapping(object, problems);
      if (mapping !== undefined) keepFirst(mappings, mapping.name, mapping);
    } else if (kind !== '/Service') noteStray(object, kind, problems);
    else {
      const service = readService(object, problems, OWN);
      const held = annotatedMappings(object, problems);
      for (const mapping of held ?? []) keepFirst(mappings, mapping.name, mapping);
      if (service !== undefined) keepFirst(services, `${service.namespace}/${service.name}`, service);
    }
  }
  return { services, mappings: [...mappings.values()] };
}

/** The route is the same for each of its hosts; what one of them alone has is written down, and told after the rest. */
function sameEverywhere(
  hosts: ReadonlyMap<string, readonly Mapping[]>,
  backends: Backends,
  problems: string[],
): readonly RecoveredRule[] {
  const [first = [], ...others] = [...hosts.values()].map(mappings => rulesOf(mappings, backends));
  const texts = new Set(first.map(rule => JSON.stringify(rule)));
  const unlike = others.flatMap(rules => rules.filter(rule => !texts.has(JSON.stringify(rule))));
  if (unlike.length > 0 || others.some(rules => rules.length !== first.length))
    problems.push(`The hosts ${[...hosts.keys()].map(quote).join(', ')} do not lead alike.`);
  return [...first, ...unlike];
}

/** What Mappings say about each version that they lead to. */
function policiesOf(mappings: readonly Mapping[], backends: Backends): Recovered['policies'] {
  const policies = new Map<string, RecoveredPolicy>();
  for (const { policy, backend, spot } of mappings) {
    for (const { target } of backend === undefined ? [] : backendEnds(backends, backend)) {
      if (!('version' in target)) continue;
      const known = policies.get(target.version);
      if (known === undefined) policies.set(target.version, policy);
      else if (JSON.stringify(known) !== JSON.stringify(policy))
        strange(spot, `version ${quote(target.version)} has another policy already`);
    }
  }
  return Object.fromEntries(policies);
}
