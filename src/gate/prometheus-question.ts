import type { Stand } from '../check-hop.ts';
import { printDuration } from '../model/duration.ts';
import type { Obligation } from '../model/plan.ts';
import { type Places, placesOf } from './places.ts';
import { selector, spanOf } from './promql.ts';
import { REQUEST_SERIES } from './request-metrics.ts';
import { absent, silent, type Testimony, told } from './testimony.ts';

/** What is asked of Prometheus about one obligation. */
export interface PrometheusQuestion {
  /** Each gives at most one number. */
  readonly queries: readonly string[];
  /** Reads the answers, in the order of the queries; undefined: there is no such series. */
  readonly judge: (answers: readonly (number | undefined)[]) => Testimony;
}

/** What Prometheus can say of an obligation, or why it can say nothing. `window`: over how many milliseconds requests are looked for. */
export function prometheusQuestion(
  obligation: Obligation,
  stand: Stand,
  window: number,
): PrometheusQuestion | Testimony {
  if (!('version' in obligation)) return absent(`Prometheus does not tell whether ${WHAT[obligation.kind]}`);
  const places = placesOf(stand, obligation.version);
  if (places === undefined) return absent('Prometheus was not asked about a namespace that cannot be');
  switch (obligation.kind) {
    case 'available':
      return availableQuestion(obligation.version, obligation.replicas, places);
    case 'reachable':
      return reachableQuestion(obligation.version, places);
    case 'idle':
      return idleQuestion(obligation.version, places, stand.provider, window);
    default:
      return obligation satisfies never;
  }
}

const WHAT = { synced: 'everything was applied', paused: 'a pause is over' } as const;

/** The smallest where several collectors, or several clusters, report the same name: none of them may be short. */
function availableQuestion(
  version: string,
  replicas: number,
  { namespace, deployments, revisions }: Places,
): PrometheusQuestion | Testimony {
  const names = [...deployments, ...revisions.map(deploymentOf)];
  if (names.length === 0) return absent(`no Deployment of ${version} is known to ask Prometheus about`);
  const metric = 'kube_deployment_status_replicas_available';
  return {
    queries: names.map(name => `min(${selector(metric, { namespace: { is: namespace }, deployment: { is: name } })})`),
    judge: answers => {
      const known = answers.filter(isNumber);
      const sum = known.reduce((all, one) => all + one, 0);
      if (sum < replicas && known.length < answers.length)
        return silent(`Prometheus has no ${metric} of ${missing(names, answers)}`);
      return told(
        sum >= replicas,
        `Prometheus: ${version} has ${sum} of ${replicas} available ${replicas === 1 ? 'pod' : 'pods'}`,
      );
    },
  };
}

/** https://github.com/knative/serving/blob/main/pkg/reconciler/revision/resources/names/names.go */
const deploymentOf = (revision: string): string => `${revision}-deployment`;

/**
 * Addresses of a Service: `kube_endpoint_address_available` was replaced by `kube_endpoint_address` in kube-state-metrics 2.6.
 * https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/service/endpoint-metrics.md
 */
function reachableQuestion(version: string, places: Places): PrometheusQuestion | Testimony {
  const names = [...places.services, ...places.revisions];
  if (names.length === 0) return availableQuestion(version, 1, places);
  return {
    queries: names.map(name => {
      const at = { namespace: { is: places.namespace }, endpoint: { is: name } };
      const newer = selector('kube_endpoint_address', { ...at, ready: { is: 'true' } });
      return `min(${selector('kube_endpoint_address_available', at)}) or min(count without (ip, port_name, port_number, port_protocol) (${newer}))`;
    }),
    judge: answers => {
      if (!answers.every(isNumber)) return silent(`Prometheus has no ready address of ${missing(names, answers)}`);
      const least = Math.min(...answers);
      return told(
        least > 0,
        `Prometheus: ${version} has ${least === 0 ? 'no' : least} ready ${least === 1 ? 'address' : 'addresses'}`,
      );
    },
  };
}

/** A series that appeared with requests already counted has grown too, which its rate does not show. */
function idleQuestion(
  version: string,
  places: Places,
  provider: string | undefined,
  window: number,
): PrometheusQuestion | Testimony {
  const series = provider === undefined ? [] : (REQUEST_SERIES[provider]?.(places) ?? []);
  if (series.length === 0)
    return absent(`no metric is known that counts requests to ${version} with ${provider ?? 'no provider'}`);
  const span = spanOf(window);
  return {
    queries: series.flatMap(({ metric, matchers }) => {
      const counter = selector(metric, matchers);
      return [`sum(rate(${counter}[${span}]))`, `count((${counter} > 0) unless ${counter} offset ${span})`];
    }),
    judge: answers => {
      const during = `in the last ${printDuration(window)}`;
      const known = answers.filter(isNumber);
      if (known.some(one => one > 0)) return told(false, `Prometheus: ${version} got requests ${during}`);
      // Of each pair the first one tells that the series is there.
      if (!answers.some((answer, i) => i % 2 === 0 && answer !== undefined))
        return silent(
          `Prometheus has no ${[...new Set(series.map(({ metric }) => metric))].join(' or ')} of ${version}`,
        );
      return told(true, `Prometheus: ${version} got no requests ${during}`);
    },
  };
}

const isNumber = (answer: number | undefined): answer is number => answer !== undefined;

const missing = (names: readonly string[], answers: readonly (number | undefined)[]): string =>
  names.filter((_, i) => answers[i] === undefined).join(', ');
