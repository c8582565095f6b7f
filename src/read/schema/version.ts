import type { JsonSchema } from '../../model/provider.ts';
import { LONGEST } from './amounts.ts';
import { PATTERNS } from './patterns.ts';
import { type Fields, integer, mapOf, onlyTrue, record, text, use } from './shapes.ts';
import { workloadFields } from './workload.ts';

const SPOKEN = ['description', 'default', 'examples'];
const spoken = (field: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(field).filter(([keyword]) => SPOKEN.includes(keyword)));

/** The keys of a version are those of the workload, checked by the very same code. */
const fields: Fields = Object.fromEntries(
  Object.entries(workloadFields).map(([name, field]) => [
    name,
    { ...spoken(field), $ref: `#/definitions/workload/properties/${name}` },
  ]),
);

/** Definition `version`. */
export const version: JsonSchema = record(
  {
    service: text(PATTERNS.serviceName, LONGEST.label, {
      description:
        'Name of a Service in the same namespace that somebody else keeps and that answers as this version; absent: the version runs pods of its own.',
      examples: ['reviews-legacy'],
    }),
    replacement: integer(1, 10_000, {
      description:
        'How many times this version was replaced in place on purpose. A version that serves is frozen; whoever means to change its pods nevertheless adds 1. Absent: never.',
    }),
    keepNames: onlyTrue(
      'The objects of the template keep their names and its Deployment its selector, so that what runs already is taken over; for one version at most. Absent: names end with the version.',
    ),
    ...fields,
  },
  {
    description: 'A version: any key of spec.workload, or only the Service that it is.',
    examples: [{ image: 'ghcr.io/acme/shop:1.4.2' }],
  },
);

/** `spec.versions`. */
export const versions: JsonSchema = mapOf(
  use('version', 'A version: any key of spec.workload, or only the Service that it is.'),
  {
    description: `The versions by name. Names are short (at most ${LONGEST.version} characters) and begin with a letter; a version never changes while it serves.`,
    names: PATTERNS.serviceName,
    longest: LONGEST.version,
    min: 1,
    max: 20,
    examples: [{ v1: { image: 'ghcr.io/acme/shop:1.4.2' } }],
  },
);
