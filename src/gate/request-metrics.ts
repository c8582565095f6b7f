import type { Places } from './places.ts';
import { literal, type Matchers } from './promql.ts';

/** Series of a counter that counts requests to one version. */
export interface RequestSeries {
  readonly metric: string;
  readonly matchers: Matchers;
}

/** Every series that would grow if a version got requests; where several are given, some clusters have this one and some that one. */
type SeriesOf = (places: Places) => readonly RequestSeries[];

/** Istio counts at both ends of a call; what either one counted is a request. https://istio.io/latest/docs/reference/config/metrics/ */
const istio: SeriesOf = ({ namespace, deployments, services }) =>
  deployments.length > 0
    ? deployments.map(name => ({
        metric: 'istio_requests_total',
        matchers: { destination_workload_namespace: { is: namespace }, destination_workload: { is: name } },
      }))
    : services.map(name => ({
        metric: 'istio_requests_total',
        matchers: { destination_service_namespace: { is: namespace }, destination_service_name: { is: name } },
      }));

/**
 * The queue proxy counts for each revision, and so does the Envoy of Kourier. https://knative.dev/docs/serving/services/service-metrics/,
 * https://github.com/fluxcd/flagger/blob/main/pkg/metrics/observers/knative.go
 */
const knative: SeriesOf = ({ namespace, revisions }) =>
  revisions.flatMap(name => [
    { metric: 'revision_request_count', matchers: { namespace_name: { is: namespace }, revision_name: { is: name } } },
    { metric: 'envoy_cluster_upstream_rq', matchers: { envoy_cluster_name: { is: `${namespace}/${name}` } } },
  ]);

/**
 * Requests that come in at the proxies of the pods; the kubelet's own, which never end, are left out. https://linkerd.io/2/reference/proxy-metrics/
 */
const linkerd: SeriesOf = ({ namespace, deployments }) =>
  deployments.map(name => ({
    metric: 'request_total',
    matchers: {
      ...{ namespace: { is: namespace }, deployment: { is: name } },
      ...{ direction: { is: 'inbound' }, route_name: { isNot: 'probe' } },
    },
  }));

/**
 * `service` is the Service of the main Ingress even where the canary answered; then `canary` is `<namespace>-<service>-<port>` of the one that did. Where
 * Prometheus gives the pods of the controller a namespace of their own, that of the Ingress is kept under another name.
 * https://github.com/kubernetes/ingress-nginx/blob/main/rootfs/etc/nginx/lua/monitor.lua
 */
const nginx: SeriesOf = ({ namespace, services }) =>
  services.flatMap(name =>
    ['namespace', 'exported_namespace'].flatMap((label): readonly RequestSeries[] => [
      {
        metric: 'nginx_ingress_controller_requests',
        matchers: { [label]: { is: namespace }, service: { is: name }, canary: { matches: '|-' } },
      },
      {
        metric: 'nginx_ingress_controller_requests',
        matchers: {
          [label]: { is: namespace },
          canary: { matches: `${literal(`${namespace}-${name}-`)}[0-9a-z-]+` },
        },
      },
    ]),
  );

/** https://github.com/fluxcd/flagger/blob/main/pkg/metrics/observers/traefik.go, https://doc.traefik.io/traefik/observability/metrics/overview/ */
const traefik: SeriesOf = ({ namespace, services }) =>
  services.map(name => ({
    metric: 'traefik_service_requests_total',
    matchers: { service: { matches: `${literal(`${namespace}-${name}-`)}[0-9]+@kubernetescrd` } },
  }));

/** https://github.com/fluxcd/flagger/blob/main/pkg/metrics/observers/contour.go */
const contour: SeriesOf = ({ namespace, services }) =>
  services.map(name => ({
    metric: 'envoy_cluster_upstream_rq',
    matchers: { envoy_cluster_name: { matches: `${literal(`${namespace}_${name}_`)}[0-9a-zA-Z-]+` } },
  }));

/** https://github.com/fluxcd/flagger/blob/main/pkg/metrics/observers/kuma.go */
const kuma: SeriesOf = ({ namespace, services }) =>
  services.map(name => ({
    metric: 'envoy_cluster_upstream_rq',
    matchers: { service: { matches: `${literal(`${name}_${namespace}_svc_`)}[0-9a-zA-Z-]+` } },
  }));

/**
 * Who counts requests by version, and how. A provider that is not here counts none, or says nothing that tells the versions apart: plain Kubernetes has no
 * counter at all, the Gateway API one for each implementation, a load balancer of AWS reports to CloudWatch.
 */
export const REQUEST_SERIES: { readonly [provider: string]: SeriesOf } = {
  istio,
  knative,
  linkerd,
  nginx,
  traefik,
  contour,
  kuma,
};
