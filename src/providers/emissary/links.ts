import type { KubeObject } from '../../model/kubernetes.ts';
import { type Entry, entriesOf, type ReadLinks } from '../../model/links.ts';
import { besideLinks, portDoor, serviceDoor } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { WHOLE } from '../../model/traffic.ts';
import { EVERYTHING } from '../../traffic/clauses.ts';
import { annotatedMappings } from './recover-annotation.ts';
import { type Mapping, readMapping } from './recover-mapping.ts';

/** Reads what Mappings and Services say of each other, each by itself. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service': {
      const own = besideLinks(object, root) ?? { doors: [] };
      const held = annotatedMappings(object, []) ?? [];
      return held.length === 0 ? own : { doors: own.doors, entries: [...entriesOf(own), ...held.map(entryOf)] };
    }
    case 'getambassador.io/Mapping':
      return mappingLinks(object);
    default:
      return undefined;
  }
};

function mappingLinks(object: KubeObject) {
  const mapping = readMapping(object, []);
  return mapping === undefined ? { doors: [] } : { entry: entryOf(mapping), doors: [] };
}

/** A Mapping takes a part of its group's requests; which part, the others decide with it. */
function entryOf({ placing, group, match, weight, shadow, backend, agreed }: Mapping): Entry {
  const service = backend === undefined ? 'a host that is not named' : serviceDoor(backend.namespace, backend.name);
  const doors = backend?.port === undefined ? [service] : [service, portDoor(service, backend.port)];
  const share = shadow ? (weight ?? 100) * 100 : WHOLE;
  return {
    host: placing.host,
    precedence: 1,
    rules: [{ matches: sameAsAll(match) ? [] : [match], asks: [{ doors, share, copies: shadow }] }],
    part: {
      group: `${placing.host} ${group}`,
      ...(weight === undefined || shadow ? {} : { weight: weight * 100 }),
      alone: shadow ? 'nothing' : 'everything',
      agreed,
    },
  };
}

const sameAsAll = (match: Mapping['match']): boolean => JSON.stringify(match) === JSON.stringify(EVERYTHING);
