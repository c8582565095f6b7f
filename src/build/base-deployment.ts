import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import type { Json } from '../model/kubernetes.ts';

type Fields = { readonly [field: string]: Json };

/** A Deployment without anything that a version sets. */
export interface BaseDeployment extends Fields {
  readonly apiVersion: 'apps/v1';
  readonly kind: 'Deployment';
  readonly spec: Fields & { readonly template: { readonly spec: BasePod } };
}

type BasePod = Fields & { readonly containers: readonly [Fields] };

interface Made {
  readonly spec: Fields & { readonly template: { readonly spec: BasePod } };
}

/** What every version sets for itself, so that no value of the construct library can shine through. */
const SET_BY_VERSION = {
  spec: ['replicas', 'selector', 'template', 'minReadySeconds', 'progressDeadlineSeconds', 'strategy'],
  pod: ['containers', 'terminationGracePeriodSeconds'],
  container: ['image', 'ports', 'resources', 'livenessProbe', 'readinessProbe', 'startupProbe'],
};

/**
 * The Deployment that cdk8s-plus-27 makes of one container `app`, less what a version sets.
 * It contributes: no root user, a read-only root file system, no privileges and none to gain, no service account token,
 * no host network and images always pulled. It has no metadata, selector, labels, image or ports:
 * the library derives its own from construct paths, which would change an immutable selector when code moves.
 * It sets neither a seccomp profile nor dropped capabilities, so callers add these.
 */
export function baseDeployment(): BaseDeployment {
  const made = construct();
  const pod = made.spec.template.spec;
  const containers = [without(pod.containers[0], SET_BY_VERSION.container)] as const;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      ...without(made.spec, SET_BY_VERSION.spec),
      template: { spec: { ...without(pod, SET_BY_VERSION.pod), containers } },
    },
  };
}

function construct(): Made {
  const chart = new Chart(new App(), 'base');
  new Deployment(chart, 'deployment', {
    metadata: { name: 'app' },
    select: false,
    containers: [{ name: 'app', image: 'placeholder', portNumber: 8080 }],
  });
  const objects: readonly unknown[] = chart.toJson();
  const [made] = objects;
  if (objects.length !== 1 || !isMade(made)) throw new Error('cdk8s-plus-27 made something other than one Deployment');
  return made;
}

const isMade = (value: unknown): value is Made => {
  const containers = at(at(at(at(value, 'spec'), 'template'), 'spec'), 'containers');
  return Array.isArray(containers) && containers.length === 1;
};

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const without = (fields: Fields, dropped: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !dropped.includes(key)));
