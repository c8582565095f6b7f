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
import { isMap, itemsOf, mapOf } from '../../model/reading.ts';
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
      return { entry: entryOf(head, 'configurationName', configurationDoor), doors: [] };
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
  const { name } = templateIn(head);
  const doors: readonly Door[] =
    name === undefined
      ? []
      : [
          {
            name: revisionDoor(head.namespace, name),
            behind: behindOf(head, suffixOf(name, head.name)),
            lasting: true,
          },
        ];
  return { entry: entryOf(head, 'revisionName', revisionDoor), doors };
}

/** Knative makes a core/v1 Service of the same name, which is what callers know. All or nothing of the list is applied. */
function entryOf(head: Head, key: string, doorOf: (namespace: string, name: string) => string): Entry {
  const { traffic } = mapOf(head.spot, head.spec);
  const asks = itemsOf(head.spot, traffic).map((item): Ask => {
    const fields = mapOf(head.spot, item);
    const [name, percent] = [fields[key], fields['percent']];
    return {
      doors: [typeof name === 'string' ? doorOf(head.namespace, name) : 'a revision that is not named'],
      share: typeof percent === 'number' ? Math.round(percent * 100) : 0,
      copies: false,
      ...(key === 'revisionName' ? { lasting: true } : {}),
    };
  });
  return { host: serviceDoor(head.namespace, head.name), precedence: 1, rules: [{ matches: [], asks }] };
}

const templateIn = ({ spot, spec }: Head) => templateOf(spot, isMap(spec) ? spec['template'] : undefined);

/** Pods that Knative keeps, and the files without which they do not start. */
function behindOf(head: Head, version = ''): Behind {
  const configMap = templateIn(head).policy.mounts?.config?.configMap;
  const mounts = configMap === undefined ? [] : [kubeIdentity('', 'ConfigMap', head.namespace, configMap)];
  return { kind: 'kept', version, mounts };
}
