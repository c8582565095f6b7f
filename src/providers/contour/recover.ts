import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import { entry } from '../../model/once.ts';
import { naturally } from '../../model/order.ts';
import type { Draft } from '../../model/reading.ts';
import { strange } from '../../model/reading.ts';
import { type Backends, backendEnds, besideOf } from '../../model/reading-backends.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import { findsPods } from '../../model/reading-pods.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { readService } from '../../model/reading-services.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { Pods, Recovered, RecoveredPolicy, RecoveredPort, RecoveredRule } from '../../model/recovered.ts';
import { EVERYTHING } from '../../traffic/clauses.ts';
import { type HttpProxy, type Route, readHttpProxy } from './recover-http-proxy.ts';
import { LIMIT_ANNOTATIONS, limitsOf } from './recover-limits.ts';

/** Reads HTTPProxies and Services back: https://projectcontour.io/docs/main/config/api/ */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const problems: string[] = [];
  const { services, proxies } = sort(objects, problems);
  const all = [...services.values()];
  const { root, addresses } = doorsOf(all, appNames(all, pods), pods);
  const ports = root?.ports ?? all[0]?.ports ?? [];
  for (const { spot, ...service } of all)
    if (JSON.stringify(service.ports) !== JSON.stringify(ports)) strange(spot, 'its ports are not those of the others');
  expectProtocols(proxies, ports);
  return {
    hosts: proxies.map(({ fqdn }) => fqdn).sort(naturally),
    gateways: [...new Set(proxies.flatMap(({ entrances }) => entrances))],
    ports,
    ...besideOf(pods, root),
    rules: rulesOf(proxies, { services, pods }),
    addresses,
    policies: policiesOf(proxies, { services, pods }),
    problems,
  };
}

interface Sorted {
  readonly services: ReadonlyMap<string, CoreService>;
  readonly proxies: readonly HttpProxy[];
}

function sort(objects: readonly KubeObject[], problems: string[]): Sorted {
  const services = new Map<string, CoreService>();
  const proxies: HttpProxy[] = [];
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === '/Service') {
      const service = readService(object, problems, LIMIT_ANNOTATIONS);
      if (service !== undefined) keepFirst(services, `${service.namespace}/${service.name}`, service);
    } else if (kind === 'projectcontour.io/HTTPProxy') {
      const proxy = readHttpProxy(object, problems);
      if (proxy !== undefined) proxies.push(proxy);
    } else noteStray(object, kind, problems);
  }
  expectAlike(proxies);
  return { services, proxies };
}

/** Contour drops all that are for one host; hosts of one route come in alike. */
function expectAlike(proxies: readonly HttpProxy[]): void {
  const [first] = proxies;
  proxies.forEach(({ fqdn, entrances, spot }, i) => {
    if (proxies.findIndex(other => other.fqdn === fqdn) < i) strange(spot, `there is a second one for ${quote(fqdn)}`);
    if (String(entrances) !== String(first!.entrances)) strange(spot, 'another host comes in elsewhere');
  });
}

/** A Service of which the port speaks HTTP/2 without TLS has to be asked so. */
function expectProtocols(proxies: readonly HttpProxy[], ports: readonly RecoveredPort[]): void {
  for (const { spot, services } of proxies.flatMap(({ routes }) => routes))
    for (const { to, protocol } of [...services.sent, ...services.copied]) {
      const known = ports.find(({ port }) => port === to.port)?.protocol;
      const h2c = known === 'grpc' || known === 'http2';
      if (known !== undefined && h2c !== (protocol === 'h2c')) strange(spot, `port ${to.port} speaks ${known}`);
    }
}

/** Hosts that are routed alike, as all are, have their rules once. */
function rulesOf(proxies: readonly HttpProxy[], backends: Backends): readonly RecoveredRule[] {
  const lists = new Map<string, readonly RecoveredRule[]>();
  for (const { routes, spot } of proxies) {
    const rules = routes.map(route => ruleOf(route, backends));
    const text = JSON.stringify(rules);
    if (lists.size > 0 && !lists.has(text)) strange(spot, 'another host is routed otherwise');
    lists.set(text, rules);
  }
  return [...lists.values()].flat();
}

/** Contour gives the share of a Service that is not there to the others; here it is told as missing, because it was promised. */
function ruleOf({ match, services, timeout, retries, rewrite }: Route, backends: Backends): RecoveredRule {
  const rule: Draft<RecoveredRule> = {
    matches: JSON.stringify(match) === JSON.stringify(EVERYTHING) ? [] : [match],
    split: splitOf(services.sent.map(({ to, weight }) => ({ ends: backendEnds(backends, to), weight }))),
    mirror: services.copied.flatMap(({ to, share }) =>
      splitOf([{ ends: backendEnds(backends, to), weight: 1 }], share),
    ),
  };
  if (timeout !== undefined) rule.timeout = timeout;
  if (retries !== undefined) rule.retries = retries;
  if (rewrite !== undefined) rule.rewrite = rewrite;
  return rule;
}

/** Limits of each version by its Service, and how the routes that send it requests balance them. */
function policiesOf(proxies: readonly HttpProxy[], { services, pods }: Backends): Recovered['policies'] {
  const policies = new Map<string, Draft<RecoveredPolicy>>();
  for (const service of services.values()) {
    const circuitBreaker = limitsOf(service);
    if (circuitBreaker === undefined) continue;
    for (const pod of pods)
      if (findsPods([pod], service)) entry(policies, pod.version, fresh).circuitBreaker = circuitBreaker;
  }
  for (const { services: asked, balancing, spot } of proxies.flatMap(proxy => proxy.routes))
    for (const { target } of [...asked.sent, ...asked.copied].flatMap(({ to }) =>
      backendEnds({ services, pods }, to),
    )) {
      if (!('version' in target)) continue;
      const policy = entry(policies, target.version, fresh);
      policy.loadBalancing ??= balancing;
      if (JSON.stringify(policy.loadBalancing) !== JSON.stringify(balancing))
        strange(spot, `another route balances ${quote(target.version)} otherwise`);
    }
  return Object.fromEntries(policies);
}

const fresh = (): Draft<RecoveredPolicy> => ({});
