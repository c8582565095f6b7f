import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KubeObject } from '../../src/model/kubernetes.ts';

/** An object as the API answers with it. */
export interface Kept extends KubeObject {
  readonly status?: KubeObject[string];
}

interface Kind {
  readonly name: string;
  readonly kind: string;
}

/** The kinds that the cluster has, by the version of their API. */
const KINDS: { readonly [apiVersion: string]: readonly Kind[] } = {
  v1: [
    { name: 'services', kind: 'Service' },
    { name: 'secrets', kind: 'Secret' },
  ],
  'apps/v1': [{ name: 'deployments', kind: 'Deployment' }],
  'discovery.k8s.io/v1': [{ name: 'endpointslices', kind: 'EndpointSlice' }],
  'serving.knative.dev/v1': [
    { name: 'services', kind: 'Service' },
    { name: 'revisions', kind: 'Revision' },
    { name: 'configurations', kind: 'Configuration' },
  ],
};

/** Answers what kubectl asks for as an API server does: what there is, one object, or a list by labels. Nothing can be written. */
export const answerAs =
  (objects: () => readonly Kept[]) =>
  ({ method, url = '/' }: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(url, 'http://cluster');
    const answer =
      method === 'GET' ? answerTo(pathname, searchParams.get('labelSelector') ?? '', objects()) : undefined;
    const body = answer ?? {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: 'NotFound',
      code: 404,
      message: `${pathname} not found`,
    };
    response
      .writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  };

function answerTo(path: string, labels: string, objects: readonly Kept[]): object | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis')
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: Object.keys(KINDS)
        .filter(one => one.includes('/'))
        .map(groupOf),
    };
  const [, apiVersion = '', rest = ''] = /^\/apis?\/((?:[^/]+\/)?v1)(?:\/(.*))?$/.exec(path) ?? [];
  const kinds = KINDS[apiVersion];
  if (kinds === undefined) return undefined;
  if (rest === '') return { kind: 'APIResourceList', groupVersion: apiVersion, resources: kinds.map(resourceOf) };
  const [, namespace, resource, name] = /^namespaces\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(rest) ?? [];
  const kind = kinds.find(one => one.name === resource)?.kind;
  const found = objects.filter(
    one => one.apiVersion === apiVersion && one.kind === kind && one.metadata.namespace === namespace,
  );
  if (name !== undefined) return found.find(({ metadata }) => metadata.name === name);
  return {
    kind: `${kind}List`,
    apiVersion,
    metadata: { resourceVersion: '7' },
    items: found.filter(one => bears(one, labels)),
  };
}

const groupOf = (groupVersion: string): object => {
  const preferredVersion = { groupVersion, version: 'v1' };
  return { name: groupVersion.split('/')[0], versions: [preferredVersion], preferredVersion };
};

const resourceOf = ({ name, kind }: Kind): object => ({
  name,
  kind,
  singularName: kind.toLowerCase(),
  namespaced: true,
  verbs: ['get', 'list'],
});

const bears = ({ metadata }: Kept, labels: string): boolean =>
  labels.split(',').every(label => {
    const [key = '', value] = label.split('=');
    return label === '' || metadata.labels?.[key] === value;
  });
