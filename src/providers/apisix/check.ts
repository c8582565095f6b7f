import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Match, Rule } from '../../model/traffic.ts';
import { inOrder, isPlaced } from '../in-order.ts';
import { everyHost, hashName, headerName, http2Port, longName, methodWord, pathText } from './messages.ts';
import { precedence } from './precedence.ts';

/** What APISIX cannot say exactly although it has the feature. */
export function check(plan: Plan): readonly Finding[] {
  const rules = [...new Set(plan.states.flatMap(state => state.rules))];
  return [
    ...plan.ports
      .filter(({ protocol }) => protocol === 'http2')
      .map(({ name }) => http2Port({ path: ['spec', 'ports'] }, { name })),
    ...plan.route.hosts
      .filter(host => host === '*')
      .map(host => everyHost({ path: ['spec', 'route', 'hosts'] }, { host })),
    ...checkHash(plan),
    ...checkNames(plan),
    ...rules.flatMap(rule => rule.matches.flatMap(match => checkMatch(match, rule))),
  ];
}

/** Names of headers as nginx lets them through: https://nginx.org/en/docs/http/ngx_http_core_module.html#ignore_invalid_headers */
const HEADER = /^[A-Za-z0-9-]+$/;
const COOKIE = /^[A-Za-z0-9_-]+$/;

function checkHash({ route: { loadBalancing } }: Plan): readonly Finding[] {
  if (loadBalancing?.kind !== 'hash') return [];
  const { by, name } = loadBalancing;
  if ((by === 'header' ? HEADER : COOKIE).test(name)) return [];
  return [hashName({ path: ['spec', 'route', 'loadBalancing'] }, { name })];
}

/** https://github.com/apache/apisix/blob/master/apisix/schema_def.lua */
const MOST = 100;

/** Names as APISIX puts them together; each too long one is told where its last part is written. */
function checkNames({ namespace, rollout, states, versions, ports }: Plan): readonly Finding[] {
  const found = new Map<string, Finding>();
  const look = (name: string, path: Rule['origin']): void => {
    if (name.length > MOST) found.set(name, longName({ path, on: 'key' }, { name, most: MOST }));
  };
  for (const { name, origin } of versions) look(`${namespace}_${rollout}-${name}_${ports[0]!.port}`, origin);
  for (const rules of new Set(states.map(state => state.rules))) {
    const placed = inOrder(rules, precedence);
    if (!isPlaced(placed)) continue;
    for (const { rule, clauses } of placed)
      look(`${namespace}_${rollout}_${rule.name}${clauses.length > 1 ? `.${clauses.length}` : ''}`, rule.origin);
  }
  return [...found.values()];
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'CONNECT', 'TRACE', 'PURGE'];
/** Characters that stand for themselves before and after decoding. */
const PATH = /^\/[-A-Za-z0-9/._~!$&'()+,;=@]*$/;
const ODD_PARTS = /\/\/|\/\.\.?(?:\/|$)/;

function checkMatch({ path, method, headers }: Match, { origin }: Rule): readonly Finding[] {
  const at = { path: origin, on: 'key' } as const;
  const text = path === undefined || path.kind === 'present' ? '/' : path.value;
  const word = method === undefined || method.kind === 'present' ? 'GET' : method.value;
  return [
    ...(PATH.test(text) && !ODD_PARTS.test(text) ? [] : [pathText(at, { path: text })]),
    ...(METHODS.includes(word) ? [] : [methodWord(at, { method: word, known: METHODS })]),
    ...headers.filter(({ name }) => !HEADER.test(name)).map(({ name }) => headerName(at, { header: name })),
  ];
}
