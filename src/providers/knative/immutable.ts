import type { Immutable } from '../../model/immutable.ts';

const named = (kind: string): Immutable => ({
  kind: `serving.knative.dev/${kind}`,
  path: ['spec', 'template'],
  unless: ['spec', 'template', 'metadata', 'name'],
  why: 'A revision never changes, so Knative refuses another template under the name of a revision.',
});

/** https://github.com/knative/serving/blob/main/pkg/apis/serving/v1/configuration_validation.go */
export const immutable: readonly Immutable[] = [named('Service'), named('Configuration')];
