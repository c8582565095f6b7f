import type { KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels, versionLabels, versionName, versionSelector } from '../../model/labels.ts';
import { entry, memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { service } from '../service.ts';
import { resolver, rolloutDefaults, splitter, versionDefaults } from './entries.ts';
import { router } from './router.ts';

/**
 * A Consul service per version, and above them a virtual one by the name of the rollout: a router, and a splitter for what
 * no rule takes. Its Service has an address and no pods, because Consul refuses pods that two Services select.
 */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const routes = new Map<readonly Rule[], KubeObject>();
  return ({ running, rules }) => {
    const { split } = rules.at(-1)!;
    return [
      once('Service', () => service(plan, { name: plan.rollout, labels: rolloutLabels(plan) })),
      once('ServiceDefaults', () => rolloutDefaults(plan)),
      ...running.flatMap(({ version }) => [
        once(`Service ${version}`, () => versionService(plan, version)),
        once(`ServiceDefaults ${version}`, () => versionDefaults(plan, version)),
        once(`ServiceResolver ${version}`, () => resolver(plan, version)),
      ]),
      once(`ServiceSplitter ${JSON.stringify(split)}`, () => splitter(plan, split)),
      entry(routes, rules, () => {
        const object = router(plan, rules);
        return once(`ServiceRouter ${JSON.stringify(object.spec)}`, () => object);
      }),
    ];
  };
}

const versionService = (plan: Plan, version: string): KubeObject =>
  service(plan, {
    name: versionName(plan, version),
    labels: versionLabels(plan, version),
    selector: versionSelector(plan, version),
  });
