import { quote } from '../../diagnostics/wording.ts';
import type { PortProtocol } from '../../model/plan.ts';
import type { Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, isList, itemsOf, mapOf, onlyOf, strange, textOf, wholeOf } from '../../model/reading.ts';
import { mountsOf } from '../../model/reading-mounts.ts';
import type { RecoveredPolicy, RecoveredPort } from '../../model/recovered.ts';

/** What the template of a revision means to requests; its image, environment and probes do not count. */
export interface Template {
  /** Undefined: Knative makes up a name. */
  readonly name: string | undefined;
  readonly policy: RecoveredPolicy;
  readonly port: RecoveredPort;
  readonly spot: Spot;
}

const TEMPLATE = new Set(['metadata', 'spec']);
const METADATA = new Set(['name', 'labels', 'annotations']);

/** Reads a `template`. */
export function templateOf(spot: Spot, tree: Tree): Template {
  const fields = fieldsOf(spot, tree, TEMPLATE);
  const inMetadata = into(spot, '.metadata');
  const metadata = fieldsOf(inMetadata, fields.metadata, METADATA);
  mapOf(into(inMetadata, '.labels'), metadata.labels);
  mapOf(into(inMetadata, '.annotations'), metadata.annotations);
  const inSpec = into(spot, '.spec');
  const spec = fieldsOf(inSpec, fields.spec, SPEC);
  wholeOf(into(inSpec, '.containerConcurrency'), spec.containerConcurrency);
  return {
    name: textOf(into(inMetadata, '.name'), metadata.name),
    policy: {
      ...policyOf(into(inSpec, '.timeoutSeconds'), spec.timeoutSeconds),
      ...mountsOf(
        into(inSpec, '.volumes'),
        spec.volumes,
        into(into(inSpec, '.containers'), 0),
        isList(spec.containers) ? spec.containers[0] : undefined,
      ),
    },
    port: portOf(into(inSpec, '.containers'), spec.containers),
    spot,
  };
}

/** Fields that shape the pods; those that shape requests are read, and any other is not understood. */
const SPEC = new Set([
  'containers',
  'timeoutSeconds',
  'containerConcurrency',
  'automountServiceAccountToken',
  'enableServiceLinks',
  'imagePullSecrets',
  'securityContext',
  'serviceAccountName',
  'volumes',
]);

/** Knative turns an absent timeout, and one of 0, into the default of the installation. */
function policyOf(spot: Spot, tree: Tree): RecoveredPolicy {
  const seconds = wholeOf(spot, tree);
  if (seconds === undefined || seconds === 0) strange(spot, 'how long a request may take is left to the installation');
  return seconds === undefined || seconds === 0 ? {} : { timeout: seconds * 1000 };
}

const CONTAINER = new Set([
  'args',
  'command',
  'env',
  'envFrom',
  'image',
  'imagePullPolicy',
  'livenessProbe',
  'name',
  'ports',
  'readinessProbe',
  'resources',
  'securityContext',
  'startupProbe',
  'terminationMessagePath',
  'terminationMessagePolicy',
  'volumeMounts',
  'workingDir',
]);

/** The one port that Knative sends requests to; callers see 80. https://knative.dev/docs/serving/services/ */
function portOf(spot: Spot, tree: Tree): RecoveredPort {
  const containers = itemsOf(spot, tree).map((item, i) => fieldsOf(into(spot, i), item, CONTAINER));
  const open = containers.filter(container => container.ports !== undefined);
  if (containers.length === 0) strange(spot, 'there is no container');
  if (open.length > 1) strange(spot, 'more than one container has ports');
  const inPorts = into(into(spot, Math.max(0, containers.indexOf(open[0] ?? NO_CONTAINER))), '.ports');
  const ports = itemsOf(inPorts, open[0]?.ports);
  if (ports.length > 1) strange(inPorts, 'Knative takes one port');
  const inPort = into(inPorts, 0);
  const fields = fieldsOf(inPort, ports[0], PORT);
  onlyOf(into(inPort, '.protocol'), fields.protocol, 'TCP');
  const targetPort = wholeOf(into(inPort, '.containerPort'), fields.containerPort) ?? DEFAULT_PORT;
  if (targetPort === 0) strange(inPorts, 'there is no port 0');
  return { name: 'http', port: 80, targetPort, protocol: protocolOf(into(inPort, '.name'), fields.name) };
}

const NO_CONTAINER: Fields = {};
const PORT = new Set(['containerPort', 'name', 'protocol']);
const DEFAULT_PORT = 8080;

/** The name of the port says what is spoken on it: https://knative.dev/docs/serving/services/configure-requests-limits-services/ */
function protocolOf(spot: Spot, tree: Tree): PortProtocol {
  const name = textOf(spot, tree) ?? 'http1';
  if (name !== 'http1' && name !== 'h2c') strange(spot, `Knative takes the names http1 and h2c, not ${quote(name)}`);
  return name === 'h2c' ? 'http2' : 'http';
}
