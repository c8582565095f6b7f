import type { KubeObject } from '../../model/kubernetes.ts';
import { poolSelector, rolloutLabels, versionLabels, versionName, versionSelector } from '../../model/labels.ts';
import { memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import { wholeOf } from '../../traffic/share.ts';
import { service } from '../service.ts';

/**
 * The Service whose selector is the route, and a Service per version as its own address. Where one version has all
 * traffic the selector names it; where versions share it, every pod of the application answers.
 */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  return state => {
    const whole = wholeOf(state.rules.at(-1)!.split);
    const selector = whole === undefined ? poolSelector(plan) : versionSelector(plan, whole);
    return [
      once(`route ${whole ?? ''}`, () =>
        service(plan, {
          name: plan.rollout,
          labels: rolloutLabels(plan),
          selector,
        }),
      ),
      ...state.running.map(({ version }) =>
        once(`version ${version}`, () =>
          service(plan, {
            name: versionName(plan, version),
            labels: versionLabels(plan, version),
            selector: versionSelector(plan, version),
          }),
        ),
      ),
    ];
  };
}
