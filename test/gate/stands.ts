import type { Stand } from '../../src/check-hop.ts';
import type { KubeObject, Labels } from '../../src/model/kubernetes.ts';

const labelsOf = (version?: string): Labels => ({
  ...{ app: 'cart', 'app.kubernetes.io/managed-by': 'surefoot', 'app.kubernetes.io/name': 'cart' },
  ...(version === undefined ? {} : { version }),
});

export const deployment = (
  version: string,
  replicas = 3,
  image = `registry.example.com/cart:${version}`,
): KubeObject => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
  metadata: { name: `cart-${version}`, namespace: 'shop', labels: labelsOf(version) },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'cart', version } },
    template: { metadata: { labels: labelsOf(version) }, spec: { containers: [{ name: 'cart', image }] } },
  },
});

export const service = (version?: string): KubeObject => ({
  ...{ apiVersion: 'v1', kind: 'Service' },
  metadata: { name: version === undefined ? 'cart' : `cart-${version}`, namespace: 'shop', labels: labelsOf(version) },
  spec: {
    selector: { app: 'cart', ...(version === undefined ? {} : { version }) },
    ports: [{ name: 'http', port: 80 }],
  },
});

/** What stands of the Rollout `shop/cart`: two versions, each with a Service of its own; or of one of that name in another namespace. */
export function standOf(provider: string | undefined, { namespace = 'shop', ...more }: Partial<Stand> = {}): Stand {
  const objects = [deployment('v1'), deployment('v2'), service(), service('v1'), service('v2')];
  return {
    ...{ name: 'canary-10', rollout: 'cart', namespace },
    ...(provider === undefined ? {} : { provider }),
    versions: [{ name: 'v1' }, { name: 'v2' }],
    objects: objects.map(object => ({ ...object, metadata: { ...object.metadata, namespace } })),
    ...more,
  };
}

const knative = (kind: string, name: string): KubeObject => ({
  ...{ apiVersion: 'serving.knative.dev/v1', kind },
  metadata: { name, namespace: 'shop' },
  spec: {},
});

export const knativeStand = (): Stand => standOf('knative', { objects: [knative('Service', 'cart')] });

export const configurationStand = (): Stand =>
  standOf('knative', {
    objects: [knative('Configuration', 'cart-v1'), knative('Configuration', 'cart-v2'), knative('Route', 'cart')],
  });
