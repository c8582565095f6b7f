import { quote } from '../../diagnostics/wording.ts';
import type { Draft, Fields, Spot } from '../../model/reading.ts';
import { fieldsOf, into, show, strange, textOf, whereOf } from '../../model/reading.ts';
import type { Head } from '../../model/reading-objects.ts';
import type { Recovered, RecoveredPolicy, RecoveredPort, Target } from '../../model/recovered.ts';
import type { Serving } from './recover-serving.ts';
import { gatewaysOf } from './recover-serving.ts';
import type { Template } from './recover-template.ts';
import { templateOf } from './recover-template.ts';
import { suffixOf, trafficOf } from './recover-traffic.ts';

const ROUTE = new Set(['traffic']);

/** Reads a Route that follows the newest revision of one Configuration for each version. */
export function recoverRoute(route: Head, serving: Serving): Recovered {
  const spot = into(route.spot, ' spec');
  const { traffic } = fieldsOf(spot, route.spec, ROUTE);
  const { split, addresses } = trafficOf(into(spot, '.traffic'), traffic, (at, entry) =>
    configurationOf(at, entry, { route, serving }),
  );
  const { ports, policies } = templatesOf(route, serving);
  return {
    hosts: [route.name],
    gateways: gatewaysOf(route),
    ports,
    rules: [{ matches: [], split, mirror: [] }],
    addresses,
    policies,
    problems: serving.problems,
  };
}

interface From {
  readonly route: Head;
  readonly serving: Serving;
}

function configurationOf(spot: Spot, entry: Fields, { route, serving }: From): Target {
  const name = textOf(into(spot, '.configurationName'), entry.configurationName);
  if (entry.revisionName !== undefined) strange(spot, 'the revisions of a Configuration are named by Knative');
  if (entry.latestRevision !== undefined && entry.latestRevision !== true) {
    strange(spot, `latestRevision is ${show(entry.latestRevision)}, and a Configuration has no other revision to name`);
  }
  if (name === undefined) {
    strange(spot, 'it names no Configuration');
    return { missing: 'no Configuration is named' };
  }
  const key = `${route.namespace}/${name}`;
  if (!serving.configurations.has(key)) return { missing: `Configuration ${name} is not among these objects` };
  const version = suffixOf(name, route.name);
  if (version !== undefined) return { version };
  strange(spot, `the Configuration ${quote(name)} is not named after this Route and a version`);
  return { missing: `Configuration ${name} is none of Route ${route.name}` };
}

const CONFIGURATION = new Set(['template']);

/** What the Configurations say: a policy for each version, and one port that all must agree on. */
function templatesOf(route: Head, { configurations }: Serving): Pick<Recovered, 'ports' | 'policies'> {
  const policies: [string, RecoveredPolicy][] = [];
  const found: Draft<{ port?: RecoveredPort }> = {};
  for (const configuration of configurations.values()) {
    const version = suffixOf(configuration.name, route.name);
    const template = readConfiguration(configuration);
    if (version === undefined || configuration.namespace !== route.namespace) {
      strange(configuration.spot, `it is none of ${whereOf(route.spot)}`);
      continue;
    }
    found.port ??= template.port;
    if (!isSame(found.port, template.port))
      strange(configuration.spot, 'its port is not that of the other Configurations');
    policies.push([version, template.policy]);
  }
  return { ports: found.port === undefined ? [] : [found.port], policies: Object.fromEntries(policies) };
}

function readConfiguration({ name, spec, spot: head }: Head): Template {
  const spot = into(head, ' spec');
  const template = templateOf(into(spot, '.template'), fieldsOf(spot, spec, CONFIGURATION).template);
  if (template.name !== undefined && suffixOf(template.name, name) === undefined) {
    strange(template.spot, `Knative refuses ${quote(template.name)} as the name of its revision`);
  }
  return template;
}

const isSame = (a: RecoveredPort, b: RecoveredPort): boolean =>
  a.targetPort === b.targetPort && a.protocol === b.protocol;
