import type { RolloutSpec } from '../model/rollout.ts';
import { stickyWithinVersion } from './messages.ts';
import type { Report } from './report.ts';
import { defaultRule, lifetimes, type TapeStep } from './tape.ts';

/**
 * Warns where a hash keeps each user on one pod and yet a step splits the requests: pods are picked after the version of a request
 * was drawn (https://istio.io/latest/docs/reference/config/networking/destination-rule/).
 */
export function checkSticky(
  { route }: RolloutSpec,
  { steps, stable }: { readonly steps: readonly TapeStep[]; readonly stable: string },
  report: Report,
): void {
  const balancing = route?.loadBalancing;
  if (typeof balancing !== 'object') return;
  const index = steps.findIndex(({ rules }) => defaultRule(rules).split.length > 1);
  if (index < 0) return;
  const { name, rules } = steps[index]!;
  const home = lifetimes(steps, stable).stable[index];
  const versions = defaultRule(rules).split.map(({ version }) => version);
  const to = versions.find(version => version !== home)!;
  const by = balancing.hash.cookie === undefined ? 'header' : 'cookie';
  const value = balancing.hash.cookie ?? balancing.hash.header ?? '';
  report(stickyWithinVersion({ path: ['spec', 'route', 'loadBalancing'] }, { by, value, step: name, versions, to }));
}
