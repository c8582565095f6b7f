import { type Cluster, type Failure, failuresOfNeeds, isMissing } from './cluster.ts';
import { at, items, kind, namespace, number, remembered, type Tree, text } from './objects.ts';
import { needsOf } from './pods.ts';

/** A revision: its identity, all of its template, and what its pods need. */
export interface Revision {
  readonly identity: string;
  readonly template: string;
  readonly needs: readonly string[];
}

interface Part {
  /** Identity of a Revision or a Configuration. */
  readonly to: string;
  readonly share: number;
}

interface Serving {
  /** What its template makes; absent: it has none, or Knative finds the name. */
  readonly revision?: Revision;
  /** What the pods of its newest revision need. */
  readonly needs: readonly string[];
  readonly parts: readonly Part[];
}

const inServing = (object: Tree, what: string, called: string): string =>
  `serving.knative.dev/${what}/${namespace(object)}/${called}`;

/** Reads a Service, a Route or a Configuration of Knative. */
export const servingOf = remembered((object: Tree): Serving => {
  const template = at(object, 'spec', 'template');
  const called = text(at(template, 'metadata', 'name'));
  const needs = needsOf(at(template, 'spec'), namespace(object));
  const parts = items(at(object, 'spec', 'traffic')).map((part): Part => {
    const [revision, configuration] = [text(at(part, 'revisionName')), text(at(part, 'configurationName'))];
    const to =
      revision === undefined
        ? inServing(object, 'Configuration', configuration ?? '')
        : inServing(object, 'Revision', revision);
    return { to, share: (number(at(part, 'percent')) ?? 0) / 100 };
  });
  if (called === undefined) return { needs, parts };
  const revision = { identity: inServing(object, 'Revision', called), template: JSON.stringify(template), needs };
  return { revision, needs, parts };
});

export const isServing = (object: object): boolean => kind(object).startsWith('serving.knative.dev/');

/** The Service or Route that answers to the name of a core Service, which Knative makes for it. */
export function frontFor(cluster: Cluster, host: string): Serving | undefined {
  const called = host.replace('/Service/', '');
  for (const what of ['Service', 'Route']) {
    const object = cluster.held.get(`serving.knative.dev/${what}/${called}`);
    if (object !== undefined) return servingOf(object);
  }
  return undefined;
}

/**
 * Parts that get requests and are not there, or cannot start. A part of 0 % that is not there holds the list up: until it
 * comes the list before it stays, and no request is lost by that.
 */
export function failuresByList(cluster: Cluster, { parts }: Serving): readonly Failure[] {
  return parts.flatMap(({ to, share }): readonly Failure[] => {
    if (share === 0) return [];
    const configuration = cluster.held.get(to);
    const needs = configuration === undefined ? cluster.revisions.get(to) : servingOf(configuration).needs;
    if (needs === undefined || isMissing(cluster, to)) return [{ kind: 'closed', thing: to, copies: false }];
    return failuresOfNeeds(cluster, to, needs, false, to);
  });
}

export const revisionsAsked = (object: object): readonly string[] => servingOf(object).parts.map(({ to }) => to);
