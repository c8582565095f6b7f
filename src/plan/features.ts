import type { Capabilities, Feature, Limit } from '../model/capabilities.ts';
import type { RolloutSpec } from '../model/rollout.ts';
import type { Fineness } from '../traffic/share.ts';
import { type Use, usesOf } from './feature-uses.ts';
import { pathWithRewrite } from './match-messages.ts';
import { beyondLimit, cannot } from './messages.ts';
import { type Nearest, nearestPercent, nearestSplit, type WrittenSplit } from './nearest.ts';
import type { Report } from './report.ts';

/** A provider by name, with what it can do. */
export interface Offer {
  readonly name: string;
  readonly capabilities: Capabilities;
}

/** What each feature is called in a sentence: "cannot …". */
const WORDS: { readonly [feature in Feature]: string } = {
  split: 'split traffic between versions',
  'split.several': 'split traffic between more than two versions',
  'match.headers': 'match requests by header',
  'match.cookies': 'match requests by cookie',
  'match.path': 'match requests by path',
  'match.method': 'match requests by method',
  'match.query': 'match requests by query parameter',
  'match.grpc': 'match gRPC services and methods',
  'match.regex': 'match by regular expression',
  mirror: 'mirror requests',
  'mirror.several': 'mirror to more than one version at a time',
  'fault.delay': 'delay requests on purpose',
  'fault.abort': 'fail requests on purpose',
  'route.hosts': 'choose the hosts of the route',
  'route.gateways': 'attach the route to gateways',
  'route.path': 'take only some paths of a host',
  'route.rewrite': 'rewrite paths',
  'route.timeout': 'limit the time of a request',
  'route.retries': 'retry requests',
  'route.outlierDetection': 'eject failing pods',
  'route.circuitBreaker': 'limit connections and pending requests',
  'route.loadBalancing': 'choose how requests are balanced within a version',
  'route.loadBalancing.hash': 'balance by hash of a header or cookie',
  'surge.gradual': 'start pods little by little beside the split',
  'version.service': 'send requests to an existing Service',
  'version.pods': 'run pods',
  'workload.drain': 'choose how long a stopping pod drains',
  'workload.autoscale': 'run an autoscaler of Kubernetes',
  'workload.template': 'run pods from a template',
  'ports.several': 'serve more than one port',
  'ports.tcp': 'steer traffic that is not HTTP or gRPC',
};

/** Refuses what the provider cannot do exactly, naming the providers that can. */
export function checkFeatures(spec: RolloutSpec, offer: Offer, offers: readonly Offer[], report: Report): void {
  const told = new Set<WrittenSplit>();
  for (const use of usesOf(spec)) {
    if (use.among !== undefined && told.has(use.among)) continue;
    const support = offer.capabilities.features[use.feature];
    if (!support.can) {
      const others = offers.filter(o => o.capabilities.features[use.feature].can).map(o => o.name);
      report(
        cannot(
          { path: use.path, on: 'key' },
          {
            provider: offer.name,
            feature: WORDS[use.feature],
            instead: support.instead,
            others,
          },
        ),
      );
    } else if (support.limit !== undefined && use.amount !== undefined) {
      const { min, max, step, source } = support.limit;
      const limit = limitWords(min, max, step);
      const within =
        use.amount >= (min ?? use.amount) && use.amount <= (max ?? use.amount) && use.amount % (step ?? 1) === 0;
      if (!within) {
        if (use.among !== undefined) told.add(use.among);
        report(
          beyondLimit(
            { path: use.path },
            {
              provider: offer.name,
              what: `${use.amount / 100} %`,
              limit,
              source,
              nearest: nearestTo(use, support.limit),
            },
          ),
        );
      }
    }
  }
}

/** What the provider can say instead. */
const nearestTo = ({ amount = 0, among }: Use, { step = 1, min = step, max }: Limit): Nearest | undefined =>
  among === undefined ? nearestPercent(amount / 100, { step, min }, max) : nearestSplit(among, { step, min });

/** How fine a provider can split. */
export function finenessOf({ features: { split } }: Capabilities): Fineness {
  const { step = 1, min = step } = split.can ? (split.limit ?? {}) : {};
  return { step, min };
}

function limitWords(min: number | undefined, max: number | undefined, step: number | undefined): string {
  const parts = [
    ...(step === undefined ? [] : [`steps of ${step / 100} %`]),
    ...(min === undefined ? [] : [`at least ${min / 100} %`]),
    ...(max === undefined ? [] : [`at most ${max / 100} %`]),
  ];
  return parts.join(', ');
}

/** Refuses rules with a path of their own where the route rewrites paths. */
export function checkRewrite(spec: RolloutSpec, report: Report): void {
  const rewrite = spec.route?.rewrite;
  if (rewrite === undefined) return;
  for (const { feature, path } of usesOf(spec)) {
    if (feature === 'match.path' || feature === 'match.grpc') report(pathWithRewrite({ path, on: 'key' }, { rewrite }));
  }
}
