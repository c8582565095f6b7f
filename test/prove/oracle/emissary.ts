import type { Cluster, Failure } from './cluster.ts';
import { at, fields, kind, namespace, number, remembered, type Tree, text } from './objects.ts';
import { meets, type Sample, sampleOf } from './requests.ts';
import { failuresOfCall } from './services.ts';

/** A Mapping: what it matches, where it leads and what it takes. */
interface Mapping {
  readonly host: string;
  /** Conditions as Istio writes them, which is how requests are tried here. */
  readonly match: Tree;
  readonly own: Sample | undefined;
  /** Those of one group have the same. */
  readonly group: string;
  /** What is tried first is greater: number by number, then the text. */
  readonly rank: readonly (number | string)[];
  readonly service: string;
  readonly port: number;
  readonly weight: number | undefined;
  readonly shadow: boolean;
  readonly settings: string;
}

export const isMapping = (object: object): boolean => kind(object) === 'getambassador.io/Mapping';

export const mappingOf = remembered((object: Tree): Mapping => {
  const spec = at(object, 'spec');
  const prefix = text(at(spec, 'prefix')) ?? '';
  const word = at(spec, 'prefix_exact') === true ? 'exact' : at(spec, 'prefix_regex') === true ? 'regex' : 'prefix';
  const method = text(at(spec, 'method'));
  const byRegex = at(spec, 'method_regex') === true;
  const match = {
    uri: { [word]: prefix },
    ...(method === undefined ? {} : { method: { [byRegex ? 'regex' : 'exact']: method } }),
    headers: { ...conditions(spec, 'headers', 'exact'), ...conditions(spec, 'regex_headers', 'regex') },
    queryParams: {
      ...conditions(spec, 'query_parameters', 'exact'),
      ...conditions(spec, 'regex_query_parameters', 'regex'),
    },
  };
  const host = text(at(spec, 'hostname')) ?? text(at(spec, 'host')) ?? '*';
  const precedence = number(at(spec, 'precedence')) ?? 0;
  const [lead, port = '80'] = (text(at(spec, 'service')) ?? '').split(':');
  const [name, home = namespace(object)] = (lead ?? '').split('.');
  const headers = lengthOf(spec, 'headers', 0) + lengthOf(spec, 'regex_headers', 1);
  const inMethod = method === undefined ? 0 : 7 + method.length + (byRegex ? 1 : 0);
  const query = lengthOf(spec, 'query_parameters', 0) + lengthOf(spec, 'regex_query_parameters', 1);
  const words = JSON.stringify([host, prefix, match.headers, match.method, match.queryParams]);
  return {
    ...{ host, match, own: sampleOf(match), group: `${precedence} ${words}` },
    ...{ rank: [precedence, prefix.length, headers + inMethod, query, prefix], service: `/Service/${home}/${name}` },
    ...{ port: Number(port), weight: number(at(spec, 'weight')), shadow: at(spec, 'shadow') === true },
    settings: JSON.stringify([word, at(spec, 'circuit_breakers'), at(spec, 'load_balancer')]),
  };
});

const conditions = (spec: Tree, field: string, word: string): { readonly [name: string]: Tree } =>
  Object.fromEntries(Object.entries(fields(at(spec, field))).map(([name, value]) => [name, { [word]: value }]));

const lengthOf = (spec: Tree, field: string, more: number): number =>
  Object.entries(fields(at(spec, field))).reduce(
    (sum, [name, value]) => sum + name.length + String(value).length + more,
    0,
  );

/** Whether every Mapping has a request of its own among the samples. */
export const isAsked = (objects: readonly object[]): boolean =>
  objects.filter(isMapping).every(object => mappingOf(object).own !== undefined);

/** What becomes of a request at this moment. One whose own group is not there is another group's, and fails only where nobody takes it. */
export function failuresByMappings(cluster: Cluster, host: string, sample: Sample): readonly Failure[] {
  const mappings = [...cluster.held.values()].filter(isMapping).map(mappingOf);
  const here = mappings.filter(mapping => mapping.host === host);
  const lost = (reason: Failure['kind']): Failure => ({ kind: reason, thing: host, copies: false });
  if (here.length === 0) return [lost('unanswered'), lost('unclaimed')];
  const groups = groupsFor(here, sample);
  const [members, ...others] = groups;
  if (members === undefined) return [lost('unclaimed')];
  const plain = members.filter(({ shadow }) => !shadow);
  if (!isOwn(members, sample)) return [];
  const calls = callsOf(cluster, members, plain);
  if (others.length > 0) return calls;
  const settings = new Set(plain.map(one => one.settings));
  const total = plain.reduce((sum, { weight = 0 }) => sum + weight, 0);
  const refused = plain.length > 1 && total > 100 ? [lost('overfull')] : [];
  const leaking =
    plain.length > 1 && total < 100 && plain.every(({ weight }) => weight !== undefined) ? [lost('unclaimed')] : [];
  return [...calls, ...refused, ...leaking, ...(settings.size > 1 ? [lost('disagree')] : [])];
}

/** Groups that match, first come first; a shadow alone is none. */
function groupsFor(mappings: readonly Mapping[], sample: Sample): readonly (readonly Mapping[])[] {
  const groups = new Map<string, Mapping[]>();
  for (const mapping of mappings)
    if (meets(sample, mapping.match)) groups.set(mapping.group, [...(groups.get(mapping.group) ?? []), mapping]);
  return [...groups.values()]
    .filter(members => members.some(({ shadow }) => !shadow))
    .sort(([a], [b]) => compare(b!.rank, a!.rank));
}

function compare(a: Mapping['rank'], b: Mapping['rank']): number {
  for (const [i, one] of a.entries()) if (one !== b[i]) return one < b[i]! ? -1 : 1;
  return 0;
}

const isOwn = (members: readonly Mapping[], sample: Sample): boolean =>
  members.some(({ own }) => JSON.stringify(own) === JSON.stringify(sample));

/** Members that get any requests: one alone gets all of them; those without a weight what the others leave. */
function callsOf(cluster: Cluster, members: readonly Mapping[], plain: readonly Mapping[]): readonly Failure[] {
  const total = plain.reduce((sum, { weight = 0 }) => sum + weight, 0);
  const isAskedFor = ({ weight, shadow }: Mapping): boolean => {
    if (shadow) return weight !== 0;
    if (plain.length === 1) return true;
    return weight === undefined ? total < 100 : weight > 0;
  };
  return members
    .filter(isAskedFor)
    .flatMap(({ service, port, shadow }) => failuresOfCall(cluster, { service, port, copies: shadow }));
}
