import { quote } from '../../diagnostics/wording.ts';
import type { Fields, Spot } from '../../model/reading.ts';
import { fieldsOf, into, strange, textOf } from '../../model/reading.ts';
import type { Head } from '../../model/reading-objects.ts';
import type { Recovered, Target } from '../../model/recovered.ts';
import { gatewaysOf } from './recover-serving.ts';
import { templateOf } from './recover-template.ts';
import { suffixOf, trafficOf } from './recover-traffic.ts';

const SPEC = new Set(['template', 'traffic']);

/** Reads a Knative Service whose traffic names its revisions. */
export function recoverService(service: Head, problems: readonly string[]): Recovered {
  const spot = into(service.spot, ' spec');
  const spec = fieldsOf(spot, service.spec, SPEC);
  const template = templateOf(into(spot, '.template'), spec.template);
  const version = template.name === undefined ? undefined : suffixOf(template.name, service.name);
  if (version === undefined) strange(template.spot, `its revision is not named ${quote(`${service.name}-<version>`)}`);
  if (spec.traffic === undefined) strange(spot, 'without traffic every request follows the newest revision');
  const { split, addresses } = trafficOf(into(spot, '.traffic'), spec.traffic ?? FLOATING, (at, entry) =>
    revisionOf(at, entry, service.name),
  );
  return {
    hosts: [service.name],
    gateways: gatewaysOf(service),
    ports: [template.port],
    rules: [{ matches: [], split, mirror: [] }],
    addresses,
    policies: version === undefined ? {} : Object.fromEntries([[version, template.policy]]),
    problems,
  };
}

/** What Knative fills in where there is no traffic list. */
const FLOATING = [{ latestRevision: true, percent: 100 }];

function revisionOf(spot: Spot, entry: Fields, service: string): Target {
  if (entry.configurationName !== undefined) strange(spot, 'Knative refuses a configurationName in a Service');
  const name = textOf(into(spot, '.revisionName'), entry.revisionName);
  if (name === undefined || name === '') {
    strange(spot, 'it follows the newest revision, whichever that is');
    return { missing: 'the newest revision, whichever that is' };
  }
  if (entry.latestRevision !== undefined && entry.latestRevision !== false) {
    strange(spot, 'Knative takes one of revisionName and latestRevision: true');
  }
  const version = suffixOf(name, service);
  if (version !== undefined) return { version };
  // One such entry keeps Knative from applying the whole list.
  strange(spot, `the revision ${quote(name)} is none of this Service`);
  return { missing: `revision ${name} is none of Service ${service}` };
}
