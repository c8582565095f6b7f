import { entry } from './once.ts';

/** Plain data as JSON and YAML know it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A Kubernetes object as it is written to a file: namespaced, named, without status. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly [field: string]: Json;
}

export type Labels = { readonly [key: string]: string };

/** The API group of an object; the core group is the empty string. */
export const groupOf = (object: { readonly apiVersion: string }): string =>
  object.apiVersion.includes('/') ? object.apiVersion.slice(0, object.apiVersion.indexOf('/')) : '';

/** What makes two objects one in a cluster: group, kind, namespace and name; the version of the API does not count. */
export const identityOf = (object: KubeObject): string =>
  entry(identities, object, () =>
    kubeIdentity(groupOf(object), object.kind, object.metadata.namespace, object.metadata.name),
  );

// Objects never change, and every proof asks for their identities.
const identities = new WeakMap<KubeObject, string>();

/** The identity of the object with this group, kind, namespace and name. */
export const kubeIdentity = (group: string, kind: string, namespace: string, name: string): string =>
  `${group}/${kind}/${namespace}/${name}`;
