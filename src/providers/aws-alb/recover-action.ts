import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf, wholeOf } from '../../model/reading.ts';

/** Some of the requests of a rule on their way to a port of a Service. */
export interface TargetGroup {
  readonly service: string;
  /** Undefined: it cannot be read. */
  readonly port: number | undefined;
  readonly weight: number;
}

const ACTION = new Set(['type', 'forwardConfig']);
const CONFIG = new Set(['targetGroups']);
const MOST_GROUPS = 5;
const MOST_WEIGHT = 999;

/**
 * The target groups of a forward action, those at weight 0 too. The controller drops keys that it does not know, so one that is misspelt here is a problem:
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/ingress/config_types.go
 */
export function forwardOf(spot: Spot, tree: Tree): readonly TargetGroup[] {
  const { type, forwardConfig } = fieldsOf(spot, tree, ACTION);
  if (type !== 'forward') strange(into(spot, '.type'), `${show(type)} forwards nothing`);
  const inGroups = into(spot, '.forwardConfig.targetGroups');
  const items = itemsOf(inGroups, fieldsOf(into(spot, '.forwardConfig'), forwardConfig, CONFIG)['targetGroups']);
  const groups = items.map((item, i) => groupOf(into(inGroups, i), item, items.length > 1));
  if (groups.length === 0) strange(spot, 'requests have no target group');
  if (groups.length > MOST_GROUPS) strange(inGroups, `an ALB takes ${MOST_GROUPS} target groups at most`);
  if (groups.length > 0 && groups.every(({ weight }) => weight === 0)) strange(inGroups, 'all weights are 0');
  return groups;
}

const GROUP = new Set(['serviceName', 'servicePort', 'weight']);

function groupOf(spot: Spot, tree: Tree, several: boolean): TargetGroup {
  const { serviceName, servicePort, weight: written } = fieldsOf(spot, tree, GROUP);
  const at = into(spot, '.weight');
  const weight = wholeOf(at, written);
  if (weight === undefined && several) strange(at, 'a target group among several needs a weight');
  if (weight !== undefined && weight > MOST_WEIGHT) strange(at, `${weight} is more than ${MOST_WEIGHT}`);
  const service = textOf(into(spot, '.serviceName'), serviceName);
  if (service === undefined) strange(spot, 'it names no Service');
  return { service: service ?? '', port: portOf(into(spot, '.servicePort'), servicePort), weight: weight ?? 1 };
}

/** A number, or its digits: https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/ingress/enhanced_backend_builder.go */
function portOf(spot: Spot, tree: Tree): number | undefined {
  const port = typeof tree === 'string' && /^\d{1,5}$/.test(tree) ? Number(tree) : tree;
  if (typeof port === 'number' && Number.isSafeInteger(port) && port > 0) return port;
  strange(spot, `${show(tree)} is no number of a port`);
  return undefined;
}
