import { kubeIdentity } from '../../model/kubernetes.ts';
import {
  type Ask,
  type Behind,
  type Door,
  type Entry,
  type Links,
  NO_LINKS,
  type ReadLinks,
} from '../../model/links.ts';
import { podNeeds } from '../../model/pod-needs.ts';
import { isMap, itemsOf, mapOf, type Tree } from '../../model/reading.ts';
import { serviceDoor } from '../../model/reading-links.ts';
import { type Head, headOf, kindOf } from '../../model/reading-objects.ts';
import { templateOf } from './recover-template.ts';
import { suffixOf } from './recover-traffic.ts';

/** Reads what Services, Routes and Configurations say about revisions, each by itself. */
export const links: ReadLinks = (object, root) => {
  const kind = kindOf(object);
  if (!kind?.startsWith('serving.knative.dev/')) return undefined;
  const head = headOf(object, [], { apiVersions: [object.apiVersion] });
  if (head === undefined) return NO_LINKS;
  switch (kind) {
    case 'serving.knative.dev/Service':
      return serviceLinks(head);
    case 'serving.knative.dev/Route':
      return routeLinks(head);
    case 'serving.knative.dev/Configuration': {
      const behind = behindOf(head, suffixOf(head.name, root.rollout));
      return { doors: [{ name: configurationDoor(head.namespace, head.name), behind }] };
    }
    default:
      return NO_LINKS;
  }
};

const configurationDoor = (namespace: string, name: string): string =>
  kubeIdentity('serving.knative.dev', 'Configuration', namespace, name);

const revisionDoor = (namespace: string, name: string): string =>
  kubeIdentity('serving.knative.dev', 'Revision', namespace, name);

/** A Service makes the revision of its template and, until it is collected, leaves it there. */
function serviceLinks(head: Head): Links {
  const { traffic } = mapOf(head.spot, head.spec);
  const asks = itemsOf(head.spot, traffic ?? FLOATING).map((item): Ask => {
    const { revisionName } = mapOf(head.spot, item);
    return typeof revisionName === 'string'
      ? { ...sentBy(head, item), doors: [revisionDoor(head.namespace, revisionName)], lasting: true }
      : { ...sentBy(head, item), doors: [newestDoor(head)] };
  });
  const { name } = templateIn(head);
  const behind = behindOf(head, name === undefined ? undefined : suffixOf(name, head.name));
  const named: readonly Door[] =
    name === undefined ? [] : [{ name: revisionDoor(head.namespace, name), behind, lasting: true }];
  const newest = asks.some(ask => ask.lasting === undefined) ? [{ name: newestDoor(head), behind }] : [];
  return { entry: entryOf(head, asks), doors: [...named, ...newest] };
}

/** What Knative fills in where there is no list: https://knative.dev/docs/serving/traffic-management/ */
const FLOATING = [{ latestRevision: true, percent: 100 }];

/** The revision of the template, whatever its name. */
const newestDoor = ({ identity }: Head): string => `${identity} newest revision`;

function routeLinks(head: Head): Links {
  const asks = itemsOf(head.spot, mapOf(head.spot, head.spec)['traffic']).map((item): Ask => {
    const { configurationName } = mapOf(head.spot, item);
    const isNamed = typeof configurationName === 'string';
    const door = isNamed ? configurationDoor(head.namespace, configurationName) : 'a Configuration that is not named';
    return { ...sentBy(head, item), doors: [door] };
  });
  return { entry: entryOf(head, asks), doors: [] };
}

function sentBy({ spot }: Head, item: Tree): Pick<Ask, 'share' | 'copies'> {
  const { percent } = mapOf(spot, item);
  return { share: typeof percent === 'number' ? Math.round(percent * 100) : 0, copies: false };
}

/** Knative makes a core/v1 Service of the same name, which is what callers know. All or nothing of the list is applied. */
const entryOf = ({ namespace, name }: Head, asks: readonly Ask[]): Entry => ({
  host: serviceDoor(namespace, name),
  precedence: 1,
  rules: [{ matches: [], asks }],
});

const templateIn = ({ spot, spec }: Head) => templateOf(spot, isMap(spec) ? spec['template'] : undefined);

/** Pods that Knative keeps, and what they do not start without. */
function behindOf(head: Head, version = ''): Behind {
  let mounts: readonly string[] | undefined;
  return {
    kind: 'kept',
    version,
    // Most revisions are never asked what they mount.
    get mounts() {
      mounts ??= podNeeds(isMap(head.spec) ? head.spec['template'] : undefined, head.namespace);
      return mounts;
    },
  };
}
