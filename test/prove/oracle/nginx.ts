import type { Cluster, Failure } from './cluster.ts';
import { at, items, kind, namespace, remembered, type Tree, text } from './objects.ts';
import { PLAIN, type Sample } from './requests.ts';
import { type Call, failuresOfCall } from './services.ts';
import { portOf, service } from './ways.ts';

/** One of two Ingresses: the main one, or the canary beside it. */
interface Side {
  readonly hosts: readonly string[];
  readonly path: string;
  readonly call: Call;
  /** Absent: it is the main one. */
  readonly canary?: { readonly weight: number; readonly total: number; readonly header?: string };
}

export const isIngress = (object: object): boolean => kind(object) === 'networking.k8s.io/Ingress';

export const sideOf = remembered((object: Tree): Side => {
  const order = (name: string): string | undefined =>
    text(at(object, 'metadata', 'annotations', `nginx.ingress.kubernetes.io/${name}`));
  const rules = items(at(object, 'spec', 'rules'));
  const [path] = items(at(rules[0], 'http', 'paths'));
  const backend = at(path, 'backend', 'service');
  const side = {
    hosts: rules.map(rule => text(at(rule, 'host')) ?? '*'),
    path: String(at(path, 'path')),
    call: {
      service: service(namespace(object), at(backend, 'name')),
      ...portOf(at(backend, 'port', 'number')),
      copies: false,
    },
  };
  if (order('canary') !== 'true') return side;
  const [name, value] = [order('canary-by-header'), order('canary-by-header-value')];
  const total = Math.max(100, Number(order('canary-weight-total') ?? 100));
  const weight = Number(order('canary-weight') ?? 0);
  return { ...side, canary: { weight, total, ...(name === undefined ? {} : { header: `${name}: ${value}` }) } };
});

/** Requests of a path, and those that carry the header of a canary besides. */
export const samplesOfSide = ({ path, canary }: Side): readonly Sample[] => [
  { ...PLAIN, path },
  ...(canary?.header === undefined ? [] : [{ ...PLAIN, path, headers: { canary: canary.header } }]),
];

/** The canary takes requests beside a main Ingress only: those with its header, and its weight of the others. */
export function failuresByIngresses(cluster: Cluster, host: string, { path, headers }: Sample): readonly Failure[] {
  const here = [...cluster.held.values()]
    .filter(isIngress)
    .map(sideOf)
    .filter(side => side.hosts.includes(host));
  const lost = (reason: Failure['kind']): Failure => ({ kind: reason, thing: host, copies: false });
  if (here.length === 0) return [lost('unanswered'), lost('unclaimed')];
  const own = here.filter(side => side.path === path);
  const main = own.find(({ canary }) => canary === undefined);
  const beside = own.find(({ canary }) => canary !== undefined);
  if (main === undefined) return beside === undefined ? [] : [lost('unclaimed')];
  if (beside?.canary === undefined) return failuresOfCall(cluster, main.call);
  const { weight, header } = beside.canary;
  if (header !== undefined && headers['canary'] === header) return failuresOfCall(cluster, beside.call);
  // The canary is looked for behind the main Service, also where it takes everything.
  return [...(weight > 0 ? failuresOfCall(cluster, beside.call) : []), ...failuresOfCall(cluster, main.call)];
}
