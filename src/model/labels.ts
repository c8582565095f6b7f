import type { Labels } from './kubernetes.ts';
import type { Plan, Version } from './plan.ts';

/** What names the application on every object and pod, and what a Service over all versions selects. */
export const APP_LABEL = 'app';

/** What tells the versions apart on pods; Istio's and Kiali's own word. */
export const VERSION_LABEL = 'version';

/** Label keys that a Rollout may not set, because selectors and readers rely on them. */
export const OWN_LABELS: readonly string[] = [
  APP_LABEL,
  VERSION_LABEL,
  'app.kubernetes.io/name',
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
];

/** Annotations of this domain are the compiler's. */
export const OWN_DOMAIN = 'surefoot.dev/';

/** Annotation of pods with the hash of their config files, so that other files are other pods. */
export const CONFIG_ANNOTATION = `${OWN_DOMAIN}config`;

/** Labels of an object that belongs to the whole rollout. */
export const rolloutLabels = (plan: Pick<Plan, 'rollout'>): Labels => ({
  [APP_LABEL]: plan.rollout,
  'app.kubernetes.io/managed-by': 'surefoot',
  'app.kubernetes.io/name': plan.rollout,
});

/** Labels of an object, or a pod, that belongs to one version. */
export const versionLabels = (plan: Pick<Plan, 'rollout'>, version: string): Labels => ({
  ...rolloutLabels(plan),
  'app.kubernetes.io/version': version,
  [VERSION_LABEL]: version,
});

/** What selects the pods of all versions. */
export const poolSelector = (plan: Pick<Plan, 'rollout'>): Labels => ({ [APP_LABEL]: plan.rollout });

/** What selects the pods of one version: part of an immutable field, never to change. */
export const versionSelector = (plan: Pick<Plan, 'rollout'>, version: string): Labels => ({
  ...poolSelector(plan),
  [VERSION_LABEL]: version,
});

/** Name of the objects that belong to one version. */
export const versionName = (plan: Pick<Plan, 'rollout'>, version: Pick<Version, 'name'> | string): string =>
  `${plan.rollout}-${typeof version === 'string' ? version : version.name}`;
