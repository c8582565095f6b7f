import type { Json, KubeObject, Labels } from '../../model/kubernetes.ts';
import { rolloutLabels, versionLabels, versionName } from '../../model/labels.ts';
import { memo } from '../../model/once.ts';
import type { Plan, State, Version } from '../../model/plan.ts';
import { template } from './template.ts';
import { type Listed, listed } from './traffic.ts';

type WorkloadVersion = Extract<Version, { kind: 'workload' }>;
const API_VERSION = 'serving.knative.dev/v1';

/** One Service with named revisions, or a Configuration per version and a Route. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const versions = new Map(
    plan.versions.flatMap(version => (version.kind === 'workload' ? [[version.name, version]] : [])),
  );
  const find = (name: string): WorkloadVersion => versions.get(name)!;
  if (plan.options['form'] === 'configurations') {
    return state => {
      const traffic = listed(plan, state);
      return [
        ...state.running.map(({ version }) =>
          once(`Configuration ${version}`, () => configuration(plan, find(version))),
        ),
        once(`Route ${JSON.stringify(traffic)}`, () => route(plan, traffic)),
      ];
    };
  }
  return state => {
    const newest = state.running.at(-1)!.version;
    const traffic = listed(plan, state);
    return [once(`Service ${newest} ${JSON.stringify(traffic)}`, () => service(plan, find(newest), traffic))];
  };
}

/** Label of https://knative.dev/docs/serving/services/private-services/. */
const visibility = (plan: Plan): Labels =>
  plan.options['visibility'] === 'cluster-local' ? { 'networking.knative.dev/visibility': 'cluster-local' } : {};

const service = (plan: Plan, newest: WorkloadVersion, traffic: readonly Listed[]): KubeObject => ({
  apiVersion: API_VERSION,
  kind: 'Service',
  metadata: {
    name: plan.rollout,
    namespace: plan.namespace,
    labels: { ...rolloutLabels(plan), ...visibility(plan) },
  },
  spec: {
    template: template(plan, newest, versionName(plan, newest)),
    traffic: traffic.map(entry =>
      target(entry, {
        revisionName: versionName(plan, entry.version),
        latestRevision: false,
      }),
    ),
  },
});

const configuration = (plan: Plan, version: WorkloadVersion): KubeObject => ({
  apiVersion: API_VERSION,
  kind: 'Configuration',
  metadata: {
    name: versionName(plan, version),
    namespace: plan.namespace,
    labels: versionLabels(plan, version.name),
  },
  spec: {
    template: template(plan, version, `${versionName(plan, version)}-1`),
  },
});

const route = (plan: Plan, traffic: readonly Listed[]): KubeObject => ({
  apiVersion: API_VERSION,
  kind: 'Route',
  metadata: {
    name: plan.rollout,
    namespace: plan.namespace,
    labels: { ...rolloutLabels(plan), ...visibility(plan) },
  },
  spec: {
    traffic: traffic.map(entry =>
      target(entry, {
        configurationName: versionName(plan, entry.version),
        latestRevision: true,
      }),
    ),
  },
});

const target = (entry: Listed, to: { readonly [key: string]: Json }): Json => ({
  ...to,
  percent: entry.percent,
  tag: entry.version,
});
