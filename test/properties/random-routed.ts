import fc from 'fast-check';
import { checkOrder } from '../../src/check-order.ts';
import { hasErrors } from '../../src/diagnostics/finding.ts';
import type { Feature } from '../../src/model/capabilities.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Provider } from '../../src/model/provider.ts';
import type {
  FaultSpec,
  MatchSpec,
  PercentSpec,
  PortSpec,
  Rollout,
  RouteSpec,
  RuleSpec,
  StepSpec,
  TextSpec,
  WorkloadSpec,
} from '../../src/model/rollout.ts';
import { flatten } from '../../src/plan/environments.ts';
import { planRollout } from '../../src/plan/plan-rollout.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import {
  autoscale,
  config,
  ownSize,
  pause,
  peak,
  percent,
  record,
  rollout,
  sizedBy,
  split,
  tape,
  VERSIONS,
  versionsOrTemplates,
  word,
} from './random-parts.ts';
import { templates } from './random-templates.ts';

/** What random rollouts of a provider that routes by weight are made of, besides what its capabilities say. */
export interface Taste {
  /** Hosts of the route; absent: none, one in the cluster, or one outside. */
  readonly hosts?: fc.Arbitrary<readonly string[] | undefined>;
  readonly gateways?: fc.Arbitrary<readonly string[] | undefined>;
  readonly routePaths?: readonly string[];
  readonly rewrite?: fc.Arbitrary<string>;
  readonly timeouts?: readonly string[];
  readonly tryTimeouts?: readonly string[];
  readonly delays?: readonly string[];
  readonly statuses?: readonly number[];
  /** Texts of headers, cookies and query parameters. */
  readonly words?: fc.Arbitrary<string>;
  readonly methods?: readonly string[];
  /** Ports of the service; absent: several kinds of them. */
  readonly ports?: fc.Arbitrary<readonly PortSpec[]>;
  /** Features that the provider has and that are not asked for. */
  readonly without?: readonly Feature[];
  /** Settings under the provider's own key, beside the rest of the spec that they must fit. */
  readonly options?: fc.Arbitrary<object>;
}

interface Scope extends Taste {
  readonly can: (feature: Feature) => boolean;
  /** The finest percent of a feature. */
  readonly step: (feature: Feature) => number;
  readonly versions: readonly string[];
  readonly routePath: string;
  readonly rules: { readonly [name: string]: RuleSpec };
}

const regex = fc.constantFrom('[a-z]+', 'a|b', '.*canary.*', '\\d{3}');
/** One of the choices that there are; nothing where there are none. */
function oneOf<T>(...choices: readonly (fc.Arbitrary<T> | false)[]): fc.Arbitrary<T> {
  const left = choices.filter(choice => choice !== false);
  return left.length === 0 ? fc.constant(undefined as T) : fc.oneof(...left);
}

/** A text, compared in ways that the provider has for `part`. */
function text({ can, words = word }: Scope, part: 'headers' | 'query'): fc.Arbitrary<TextSpec> {
  return oneOf<TextSpec>(
    words,
    words.map(exact => ({ exact })),
    can(`match.${part}.prefix`) && words.map(prefix => ({ prefix })),
    can('match.regex') && regex.map(r => ({ regex: r })),
    can(`match.${part}.present`) && fc.constant({ present: true as const }),
  );
}

function cookieText({ can, words = word }: Scope): fc.Arbitrary<TextSpec> {
  const plain = words.filter(w => !/[;,\s]/.test(w));
  return oneOf<TextSpec>(
    plain,
    plain.map(exact => ({ exact })),
    can('match.regex') && plain.map(prefix => ({ prefix })),
    can('match.regex') && fc.constantFrom('[a-z]+', 'a|b', '\\d{3}', 'x\\.y').map(r => ({ regex: r })),
    can('match.regex') && fc.constant({ present: true as const }),
  );
}

const named = (texts: fc.Arbitrary<TextSpec>, names: string[], maxKeys: number) =>
  fc.dictionary(fc.constantFrom(...names), texts, { minKeys: 1, maxKeys });

function path({ can, routePath }: Scope): fc.Arbitrary<TextSpec> {
  const home = routePath.replace(/\/$/, '');
  const inside = fc.constantFrom('/cart', '/cart/items', '/').map(p => (p === '/' ? routePath : `${home}${p}`));
  return oneOf<TextSpec>(
    inside.map(p => (p.endsWith('/') ? { prefix: p } : p)),
    inside.map(p => (p.endsWith('/') ? { prefix: p } : { exact: p })),
    inside.map(prefix => ({ prefix })),
    routePath === '/' && can('match.regex') && fc.constant({ regex: '/v[0-9]+/.*' }),
  );
}

function match(scope: Scope): fc.Arbitrary<MatchSpec> {
  const { can, methods = ['GET', 'POST'] } = scope;
  const several = (feature: Feature): number => (can(feature) ? 2 : 1);
  const headers = named(
    text(scope, 'headers'),
    ['end-user', 'X-Canary', 'on', '1_000'],
    several('match.headers.several'),
  );
  const cookies = named(cookieText(scope), ['beta', 'a.b', 'y'], several('match.cookies.several'));
  const grpc = record(
    { service: fc.constantFrom('shop.v1.Cart', 'shop.v1.Stock'), method: fc.constantFrom('Add', 'List') },
    ['service'],
  );
  const method = oneOf<TextSpec>(
    fc.constantFrom(...methods),
    can('match.method.prefix') && fc.constant({ prefix: 'P' }),
    fc.constant({ present: true as const }),
  );
  return record<MatchSpec>({
    ...(can('match.headers') ? { headers } : {}),
    ...(can('match.cookies') ? { cookies } : {}),
    ...(can('match.query') ? { query: named(text(scope, 'query'), ['debug', 'n'], 2) } : {}),
    ...(can('match.path') ? { path: path(scope) } : {}),
    // Calls of gRPC are paths: one of the two.
    ...(can('match.grpc') && !can('match.path') ? { grpc } : {}),
    ...(can('match.method') ? { method } : {}),
  } as never).filter(m => !takesEverything(m, scope.routePath));
}

/** A method that is merely there is no condition, nor is the path of the whole route: a step's own traffic would get nothing. */
const takesEverything = ({ method, path, ...rest }: MatchSpec, routePath: string): boolean =>
  Object.keys(rest).length === 0 &&
  (method === undefined || (typeof method === 'object' && 'present' in method)) &&
  (path === undefined || (typeof path === 'object' && 'prefix' in path && path.prefix === routePath));

const fault = (scope: Scope): fc.Arbitrary<FaultSpec> | undefined => {
  const { can, step, delays = ['5s', '250ms', '1m30s'], statuses = [503, 404] } = scope;
  if (!can('fault.delay') && !can('fault.abort')) return undefined;
  return record<FaultSpec>({
    ...(can('fault.delay')
      ? {
          delay: record({ duration: fc.constantFrom(...delays), percent: percent(step('fault.delay'), 100) }, [
            'duration',
          ]),
        }
      : {}),
    ...(can('fault.abort')
      ? {
          abort: record(
            { status: fc.constantFrom(...statuses), percent: percent(Math.max(0.5, step('fault.abort')), 100) },
            ['status'],
          ),
        }
      : {}),
  } as never).filter(f => Object.keys(f).length > 0);
};

function mirror({ can, step, versions }: Scope, traffic: PercentSpec): fc.Arbitrary<PercentSpec> {
  const free = versions.filter(v => (traffic[v] ?? 0) !== 100);
  return free.length === 0 || !can('mirror')
    ? fc.constant({})
    : fc.dictionary(fc.constantFrom(...free), percent(step('mirror'), 100), { maxKeys: can('mirror.several') ? 2 : 1 });
}

/** A split as fine, and among as many versions, as the provider can say. */
function anySplit({ can, step, versions }: Scope): fc.Arbitrary<PercentSpec> {
  if (can('split.several')) return split(versions, step('split'));
  return fc
    .shuffledSubarray([...versions], { minLength: 1, maxLength: Math.min(2, versions.length) })
    .chain(two => split(two, step('split')));
}

const whole = ({ versions }: Scope): fc.Arbitrary<PercentSpec> =>
  fc.constantFrom(...versions).map(version => ({ [version]: 100 }));

const rule = (scope: Scope): fc.Arbitrary<RuleSpec> =>
  (scope.can('rules.split') ? anySplit(scope) : whole(scope)).chain(traffic => {
    const faults = fault(scope);
    return record<RuleSpec>(
      {
        match: fc.array(match(scope), { minLength: 1, maxLength: 3 }),
        traffic: fc.constant(traffic),
        ...(scope.can('rules.mirror') ? { mirror: mirror(scope, traffic) } : {}),
        ...(faults === undefined ? {} : { fault: faults }),
      } as never,
      ['match', 'traffic'],
    );
  });

/** Conditions that not every request meets, each by its place in a request. */
const conditionsOf = ({ path, method, headers, cookies, query }: MatchSpec): ReadonlyMap<string, TextSpec> => {
  const named = Object.entries({ headers, cookies, query }).flatMap(([part, texts]) =>
    Object.entries(texts ?? {}).map(([name, found]) => [`${part} ${name}`, found] as const),
  );
  const whole = [['path', path] as const, ['method', method] as const].flatMap(([name, found]) =>
    found === undefined || (typeof found !== 'string' && ('prefix' in found || 'present' in found))
      ? []
      : [[name, found] as const],
  );
  return new Map([...named, ...whole]);
};

/** Whether some requests of `b` are certainly none of `a`: `a` asks for more, or for another text. */
function asksElse(a: MatchSpec, b: MatchSpec): boolean {
  const given = conditionsOf(b);
  return [...conditionsOf(a)].some(([name, asked]) => {
    const other = given.get(name);
    return other === undefined || (typeof asked === 'string' && typeof other === 'string' && asked !== other);
  });
}

/** The rules that every one before leaves some requests: one that would never get any is no right rule. */
const withoutShadowed = (names: readonly string[], rules: Scope['rules']): readonly string[] =>
  names.filter((name, index) =>
    rules[name]!.match.some(own =>
      names.slice(0, index).every(before => rules[before]!.match.every(other => asksElse(other, own))),
    ),
  );

/** The rules as given or turned round, whichever keeps more of them. */
function inSomeOrder(names: readonly string[], rules: Scope['rules']): string[] {
  const [given, turned] = [names, [...names].reverse()].map(order => withoutShadowed(order, rules));
  return [...(given!.length >= turned!.length ? given! : turned!)];
}

const canMatch = ({ can }: Pick<Scope, 'can'>): boolean =>
  (['match.headers', 'match.cookies', 'match.path', 'match.method', 'match.query'] as const).some(can);

/** Names of rules, and rules on the spot, as a step may list them. */
function stepRules(scope: Scope): fc.Arbitrary<StepSpec> {
  const { can, rules } = scope;
  const most = can('rules.several') ? 2 : 1;
  return fc.oneof(
    fc
      .shuffledSubarray(Object.keys(rules), { maxLength: Math.min(most, Object.keys(rules).length) })
      .map(names => inSomeOrder(names, rules)),
    rule(scope).map(inline => [{ name: 'inline', ...inline }]),
  ) as unknown as fc.Arbitrary<StepSpec>;
}

const plainStep = (scope: Scope, index: number): fc.Arbitrary<StepSpec> =>
  anySplit(scope).chain(traffic => {
    const faults = fault(scope);
    return record(
      {
        name: fc.constant(`step-${index}`),
        traffic: fc.constant(traffic),
        ...(scope.can('mirror') ? { mirror: mirror(scope, traffic) } : {}),
        ...(faults === undefined ? {} : { fault: faults }),
        pause,
        ...(canMatch(scope) ? { rules: stepRules(scope) } : {}),
      } as never,
      ['name', 'traffic'] as never,
    );
  }) as fc.Arbitrary<StepSpec>;

function shorthand(scope: Scope, to: string, index: number): fc.Arbitrary<StepSpec> {
  const { can, step } = scope;
  const weight = Math.max(1, step('split'));
  return oneOf<StepSpec>(
    fc
      .uniqueArray(
        fc.integer({ min: 1, max: 100 / weight }).map(n => n * weight),
        { minLength: 1, maxLength: 4 },
      )
      .map(weights => ({ canary: { to, weights: weights.sort((a, b) => a - b), name: `c${index}` } })),
    fc.boolean().map(preview => ({ blueGreen: { to, preview, name: `bg${index}` } })),
    canMatch(scope) &&
      fc
        .array(match(scope), { minLength: 1, maxLength: 2 })
        .map(m => ({ abTest: { to, match: m, name: `ab${index}` } })),
    can('mirror') &&
      percent(Math.max(1, step('mirror')), 100).map(p => ({
        shadow: { to, percent: Math.max(p, step('mirror'), 1), name: `sh${index}` },
      })),
  );
}

const HOSTS = fc.constantFrom(['shop'], ['shop', 'shop.example.com'], ['shop.prod.svc.cluster.local'], undefined);

function route(scope: Scope, retryReasons: readonly string[]): fc.Arbitrary<RouteSpec> {
  const { can, routePath, timeouts = ['10s', '2500ms', '1m'], tryTimeouts = ['2s', '500ms'] } = scope;
  const loadBalancing = () =>
    oneOf<NonNullable<RouteSpec['loadBalancing']>>(
      ...(['round-robin', 'random', 'least-request'] as const).map(
        kind => can(`route.loadBalancing.${kind}`) && fc.constant(kind),
      ),
      can('route.loadBalancing.hash.header') && fc.constant({ hash: { header: 'X-User' } }),
      can('route.loadBalancing.hash.cookie') && fc.constant({ hash: { cookie: 'sid' } }),
    );
  const limit = (feature: Feature) => (can(feature) ? fc.integer({ min: 1, max: 99 }) : fc.constant(undefined));
  const parts: { readonly [key in Feature & `route.${string}`]?: fc.Arbitrary<unknown> } = {
    'route.rewrite': scope.rewrite ?? fc.constant('/v2'),
    'route.timeout': fc.constantFrom(...timeouts),
    'route.retries': record(
      {
        attempts: fc.integer({ min: 0, max: 5 }),
        ...(can('route.retries.perTryTimeout') ? { perTryTimeout: fc.constantFrom(...tryTimeouts) } : {}),
        retryOn: fc.constant(retryReasons),
      },
      ['attempts', 'retryOn'],
    ),
    'route.outlierDetection': record({
      consecutiveErrors: fc.integer({ min: 1, max: 9 }),
      interval: fc.constant('5s'),
      maxEjectionPercent: fc.integer({ min: 1, max: 100 }),
    }),
    'route.circuitBreaker': record({
      maxConnections: limit('route.circuitBreaker.maxConnections'),
      maxPendingRequests: limit('route.circuitBreaker.maxPendingRequests'),
      maxRequests: limit('route.circuitBreaker.maxRequests'),
    })
      .map(withoutUndefined)
      .filter(c => Object.keys(c).length > 0),
    ...(can('route.loadBalancing') || can('route.loadBalancing.hash')
      ? { 'route.loadBalancing': loadBalancing() }
      : {}),
  };
  const able = Object.entries(parts).filter(
    ([feature]) => can(feature as Feature) || feature === 'route.loadBalancing',
  );
  return fc
    .record({
      hosts: scope.hosts ?? (can('route.hosts') ? HOSTS : fc.constant(undefined)),
      gateways: scope.gateways ?? fc.constant(undefined),
      rest: record(Object.fromEntries(able.map(([feature, arb]) => [feature.slice('route.'.length), arb])) as never),
    })
    .map(({ hosts, gateways, rest }) =>
      withoutUndefined({ hosts, gateways, ...(rest as object), ...(routePath === '/' ? {} : { path: routePath }) }),
    );
}

const withoutUndefined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));

const SEVERAL_PORTS: PortSpec[] = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'admin', port: 81, targetPort: 8080, protocol: 'http2' },
];

const PORTS = (several: boolean): fc.Arbitrary<PortSpec[] | undefined> =>
  fc.constantFrom(
    undefined,
    [{ name: 'http', port: 9080 }],
    [{ name: 'grpc-api', port: 9000, targetPort: 9001 }],
    ...(several ? [SEVERAL_PORTS] : []),
  );

const matchesPaths = (...parts: unknown[]): boolean => JSON.stringify(parts).includes('"path":');

/** Paths of rules and a rewrite exclude each other. */
function withoutRewrite({ rewrite: _, ...rest }: RouteSpec): RouteSpec {
  return rest;
}

/** Random rollouts of a provider that routes by weight: everything that its capabilities claim, and nothing that they deny. */
export function routed(name: string, taste: Taste = {}): fc.Arbitrary<Rollout> {
  const provider = PROVIDERS.find(known => known.name === name)!;
  const { features } = provider.capabilities;
  const can = (feature: Feature): boolean => features[feature].can && !taste.without?.includes(feature);
  const step = (feature: Feature): number => {
    const support = features[feature];
    return support.can ? (support.limit?.step ?? 1) / 100 : 100;
  };
  const reasons = reasonsOf(provider);
  const paths = can('route.path') ? (taste.routePaths ?? ['/', '/api']) : ['/'];
  return fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...paths), fc.boolean())
    .chain(([count, routePath, gradual]) => {
      const versions = VERSIONS.slice(0, count);
      const bare: Scope = { ...taste, can, step, versions, routePath, rules: {} };
      const anyRules = canMatch(bare)
        ? fc.dictionary(fc.constantFrom('testers', 'staff'), rule(bare), { maxKeys: 2 })
        : fc.constant({});
      return anyRules.chain(rules => {
        const scope = { ...bare, rules };
        const last = versions.at(-1)!;
        const steps = tape(4, i =>
          count > 1 && i === 0 ? fc.oneof(plainStep(scope, i), shorthand(scope, last, i)) : plainStep(scope, i),
        );
        const sizes = fc.record({ replicas: fc.integer({ min: 1, max: 20 }) });
        return fc
          .record({
            steps,
            specs: versionsOrTemplates(versions),
            route: route(scope, reasons),
            workload: fc.oneof<fc.Arbitrary<WorkloadSpec>[]>(
              sizes,
              fc.record({ autoscale }),
              fc.record({ replicas: fc.integer({ min: 1, max: 20 }), config }),
            ),
            sizes: ownSize(versions),
            ports: taste.ports ?? PORTS(can('ports.several')),
            options: taste.options ?? fc.constant({}),
            peak,
            // The last version is somebody else's Service.
            foreign: can('version.service') ? fc.boolean() : fc.constant(false),
            stable: fc.constantFrom(...versions.slice(0, Math.max(1, count - 1))),
          })
          .map(r =>
            rollout(
              withoutUndefined({
                provider: name,
                stable: r.stable,
                surge: gradual && mayGrow(provider) ? 'gradual' : undefined,
                workload: r.workload,
                versions: r.foreign
                  ? { ...sizedBy(r.specs, r.sizes), [last]: { service: 'legacy' } }
                  : sizedBy(r.specs, r.sizes),
                ports: r.ports,
                route: matchesPaths(rules, r.steps) ? withoutRewrite(r.route) : r.route,
                rules: used(rules, r.steps),
                steps: r.steps,
                [name]: Object.keys(r.options).length === 0 ? undefined : r.options,
              }),
              r.peak,
            ),
          );
      });
    })
    .filter(made => isSayable(made, provider));
}

/**
 * Where the own name leads past the route, to one version, a split without the stable version leaves callers by that name to a version that was
 * never brought up to carry all of them: gradual growth is refused there.
 */
const mayGrow = ({ capabilities }: Provider): boolean =>
  capabilities.features['surge.gradual'].can && capabilities.ownName !== 'beside';

/** Rules that some step switches on. */
const used = (rules: Scope['rules'], steps: readonly StepSpec[]): Scope['rules'] | undefined => {
  const text = JSON.stringify(steps);
  const found = Object.entries(rules).filter(([name]) => text.includes(JSON.stringify(name)));
  return found.length === 0 ? undefined : Object.fromEntries(found);
};

const reasonsOf = ({ capabilities: { retryReasons } }: Provider): readonly string[] => {
  const words = retryReasons?.words ?? ['5xx', 'connect-failure'];
  return words.slice(0, retryReasons?.most ?? 2);
};

/** Whether the provider itself, which knows more than its capabilities say, refuses nothing. What planning refuses is a fault of this file, for the properties to show. */
function isSayable(made: Rollout, provider: Provider): boolean {
  const { plan } = planRollout(flatten(made, PROVIDERS).flats[0]!, PROVIDERS, undefined, templates);
  return (
    plan === undefined || (keepsOwnName(plan) && !hasErrors([...provider.check(plan), ...checkOrder(plan, provider)]))
  );
}

/** Whether there is always a version at full strength that the own name leads to; else the proof of strength refuses some of them. */
const keepsOwnName = ({ route, states }: Plan): boolean =>
  route.ownName === 'route' ||
  states.every(({ rules, stable }) => {
    const { split } = rules.at(-1)!;
    return split.length === 1 || split.some(({ version }) => version === stable);
  });
