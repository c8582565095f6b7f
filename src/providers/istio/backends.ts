import type { KubeObject, Labels } from '../../model/kubernetes.ts';
import {
  poolSelector,
  rolloutLabels,
  VERSION_LABEL,
  versionLabels,
  versionName,
  versionSelector,
} from '../../model/labels.ts';
import type { Plan, State, Version } from '../../model/plan.ts';
import { service } from '../service.ts';
import { destinationRule } from './destination-rule.ts';
import { fullHost } from './names.ts';

/** How versions are told apart: as subsets of one Service, or each by a Service of its own. */
export interface Backends {
  /** Where a version's requests are sent. */
  readonly destination: (version: string) => {
    readonly host: string;
    readonly subset?: string;
  };
  /** Services and DestinationRules that stand while the versions run. */
  readonly objects: (state: State, once: (key: string, make: () => KubeObject) => KubeObject) => readonly KubeObject[];
}

/** Subsets, unless the Rollout asks for Services or one of its versions is one. */
export const backendsOf = (plan: Plan): Backends => (byServices(plan) ? serviceBackends(plan) : subsetBackends(plan));

const byServices = (plan: Plan): boolean =>
  plan.options['versions'] === 'services' || plan.versions.some(version => version.kind === 'service');

function subsetBackends(plan: Plan): Backends {
  const host = fullHost(plan, plan.rollout);
  return {
    destination: version => ({ host, subset: version }),
    objects: (state, once) => {
      const versions = plan.versions.map(v => v.name).filter(name => state.running.some(r => r.version === name));
      const subsets = versions.map(name => ({
        name,
        labels: { [VERSION_LABEL]: name },
      }));
      return [
        once('Service', () => rootService(plan, poolSelector(plan))),
        once(`DestinationRule ${versions.join(' ')}`, () =>
          destinationRule(plan, {
            name: plan.rollout,
            host,
            labels: rolloutLabels(plan),
            subsets,
          }),
        ),
      ];
    },
  };
}

const rootService = (plan: Plan, selector?: Labels): KubeObject =>
  service(plan, {
    name: plan.rollout,
    labels: rolloutLabels(plan),
    ...(selector === undefined ? {} : { selector }),
  });

/** The root Service is what clients call; it selects pods only where all of them are ours, else it is a name and an address. */
function serviceBackends(plan: Plan): Backends {
  const byName = new Map(plan.versions.map(version => [version.name, version]));
  const hostOf = (version: Version): string =>
    version.kind === 'service' ? version.service : versionName(plan, version);
  const selector = plan.versions.every(version => version.kind === 'workload') ? poolSelector(plan) : undefined;
  return {
    destination: name => ({ host: fullHost(plan, hostOf(byName.get(name)!)) }),
    objects: (state, once) => [
      once('Service', () => rootService(plan, selector)),
      ...state.running.flatMap(({ version: name }) => versionObjects(plan, byName.get(name)!, { hostOf, once })),
    ],
  };
}

interface VersionScope {
  readonly hostOf: (version: Version) => string;
  readonly once: (key: string, make: () => KubeObject) => KubeObject;
}

function versionObjects(plan: Plan, version: Version, { hostOf, once }: VersionScope): readonly KubeObject[] {
  const name = versionName(plan, version);
  const labels = versionLabels(plan, version.name);
  const selector = versionSelector(plan, version.name);
  return [
    ...(version.kind === 'service' ? [] : [once(`Service ${name}`, () => service(plan, { name, labels, selector }))]),
    once(`DestinationRule ${name}`, () =>
      destinationRule(plan, {
        name,
        host: fullHost(plan, hostOf(version)),
        labels,
        subsets: [],
      }),
    ),
  ];
}
