import type { KubeObject, Labels } from '../model/kubernetes.ts';
import { poolSelector, rolloutLabels, versionLabels, versionName, versionSelector } from '../model/labels.ts';
import type { Plan, State, Version } from '../model/plan.ts';
import { versionOfOwnName } from '../traffic/own-name.ts';
import { service } from './service.ts';

/** Name of the Service that is one version alone: ours, or the one that somebody else keeps. */
export const serviceOf = (plan: Pick<Plan, 'rollout'>, version: Version): string =>
  version.kind === 'service' ? version.service : versionName(plan, version);

/**
 * A Service for each running version with pods of ours, and the one that clients call by the name of the rollout. Where the route
 * takes such calls, that one is open to all versions (a name and an address only, where one is somebody else's); where it
 * does not, it leads to the stable version while that has traffic, else to the one that has most, and is left out where one is somebody else's.
 */
export function versionServices(
  plan: Plan,
  once: (key: string, make: () => KubeObject) => KubeObject,
  annotations?: Labels,
): (state: State) => readonly KubeObject[] {
  const ours = new Set(plan.versions.filter(({ kind }) => kind !== 'service').map(({ name }) => name));
  const allOurs = ours.size === plan.versions.length;
  return state => [
    ...rootService(plan, state, { once, allOurs }),
    ...state.running.flatMap(({ version }) =>
      ours.has(version) ? [once(`Service ${version}`, () => own(plan, version, annotations))] : [],
    ),
  ];
}

const own = (plan: Plan, version: string, annotations: Labels | undefined): KubeObject =>
  service(plan, {
    name: versionName(plan, version),
    labels: versionLabels(plan, version),
    ...(annotations === undefined ? {} : { annotations }),
    selector: versionSelector(plan, version),
  });

interface RootScope {
  readonly once: (key: string, make: () => KubeObject) => KubeObject;
  readonly allOurs: boolean;
}

function rootService(plan: Plan, state: State, { once, allOurs }: RootScope): readonly KubeObject[] {
  const facts = { name: plan.rollout, labels: rolloutLabels(plan) };
  if (plan.route.ownName === 'route') {
    const selector = allOurs ? { selector: poolSelector(plan) } : {};
    return [once('Service', () => service(plan, { ...facts, ...selector }))];
  }
  if (!allOurs) return [];
  const version = versionOfOwnName(state);
  return [once(`Service for ${version}`, () => service(plan, { ...facts, selector: versionSelector(plan, version) }))];
}
