import { naturally } from '../../model/order.ts';
import type { Draft } from '../../model/reading.ts';
import { strange } from '../../model/reading.ts';
import { type Backends, backendEnds } from '../../model/reading-backends.ts';
import { type Ends, nowhere, splitOf } from '../../model/reading-shares.ts';
import type { RecoveredRule } from '../../model/recovered.ts';
import { EVERYTHING } from '../../traffic/clauses.ts';
import type { Mapping } from './recover-mapping.ts';
import { inOrder } from './recover-order.ts';
import { normalised } from './recover-weights.ts';

/** Mappings that divide the same requests, and the one that gets copies of them. */
interface Group {
  readonly members: readonly Mapping[];
  readonly shadows: readonly Mapping[];
}

/** What happens to the requests of one host, in the order in which Emissary tries it. */
export const rulesOf = (mappings: readonly Mapping[], backends: Backends): readonly RecoveredRule[] =>
  groupsOf(mappings)
    .sort((a, b) => inOrder(a.members[0]!.placing, b.members[0]!.placing))
    .map(group => ruleOf(group, backends));

/** A shadow without anything to be a shadow of gets nothing. */
function groupsOf(mappings: readonly Mapping[]): Group[] {
  const groups = new Map<string, { members: Mapping[]; shadows: Mapping[] }>();
  for (const mapping of mappings) {
    const group = groups.get(mapping.group) ?? { members: [], shadows: [] };
    groups.set(mapping.group, group);
    (mapping.shadow ? group.shadows : group.members).push(mapping);
  }
  return [...groups.values()].filter(({ members }) => members.length > 0);
}

function ruleOf({ members, shadows }: Group, backends: Backends): RecoveredRule {
  const [first] = members;
  const { match, timeout, retries, rewrite, spot } = first!;
  for (const other of [...members, ...shadows].slice(1)) expectAlike(first!, other);
  if (shadows.length > 1) strange(shadows[1]!.spot, 'there is a shadow already, and Emissary refuses a second one');
  const rule: Draft<RecoveredRule> = {
    matches: isEverything(match) ? [] : [match],
    split: splitOf(drawnFrom(members, backends)),
    mirror: shadows
      .slice(0, 1)
      .flatMap(shadow => splitOf([{ ends: endsOf(shadow, backends), weight: 1 }], (shadow.weight ?? 100) * 100)),
  };
  if (timeout !== undefined) rule.timeout = timeout;
  if (retries !== undefined) rule.retries = retries;
  if (rewrite !== '') rule.rewrite = rewrite;
  if (rewrite !== '' && match.path?.kind === 'regex') strange(spot, 'Emissary rewrites no path that a regex matched');
  return rule;
}

const isEverything = (match: Mapping['match']): boolean => JSON.stringify(match) === JSON.stringify(EVERYTHING);

function drawnFrom(members: readonly Mapping[], backends: Backends) {
  const { parts, left, fault } = normalised(members.map(({ weight }) => weight));
  const [{ spot, weight }] = members as readonly [Mapping];
  if (fault !== undefined) strange(spot, `Emissary refuses the group: ${fault}`);
  if (left > 0) strange(spot, `the weights of its group leave ${left} % to nobody`);
  if (members.length === 1 && weight !== undefined && weight !== 100)
    strange(spot, `alone it takes everything, whatever its weight of ${weight} says`);
  const drawn = members.map((member, i) => ({ ends: endsOf(member, backends), weight: parts[i]! }));
  return left === 0 ? drawn : [...drawn, { ends: nowhere(`the weights leave ${left} %`), weight: left }];
}

/** Where a Mapping leads, be it that no request goes there yet. */
function endsOf(mapping: Mapping, backends: Backends): Ends {
  const { backend, spot } = mapping;
  if (backend === undefined) return nowhere('no Service of this cluster is named');
  const ends = backendEnds(backends, backend);
  const [end] = ends;
  if (end !== undefined && 'missing' in end.target && mapping.weight === 0) strange(spot, end.target.missing);
  const protocols = backends.services.get(`${backend.namespace}/${backend.name}`)?.ports;
  const protocol = protocols?.find(({ port }) => port === backend.port)?.protocol;
  if (protocol !== undefined && (protocol === 'grpc' || protocol === 'http2') !== mapping.grpc)
    strange(spot, `it speaks ${mapping.grpc ? 'HTTP/2' : 'HTTP/1.1'} to a port of ${protocol}`);
  return ends;
}

const TREATMENT = ['timeout', 'retries', 'rewrite'] as const;

function expectAlike(first: Mapping, other: Mapping): void {
  if (first.agreed !== other.agreed) strange(other.spot, 'Emissary wants settings of it as in the rest of its group');
  const unlike = TREATMENT.find(key => JSON.stringify(first[key]) !== JSON.stringify(other[key]));
  if (unlike !== undefined)
    strange(other.spot, `its ${unlike} is not that of ${first.name}, which takes the same requests`);
}

/** Hosts, and the Mappings of each. */
export function byHost(mappings: readonly Mapping[]): ReadonlyMap<string, readonly Mapping[]> {
  const hosts = new Map<string, Mapping[]>();
  for (const mapping of mappings) {
    const { host } = mapping.placing;
    const known = hosts.get(host);
    if (known === undefined) hosts.set(host, [mapping]);
    else known.push(mapping);
  }
  return new Map([...hosts].sort(([a], [b]) => naturally(a, b)));
}
