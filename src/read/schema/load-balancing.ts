import type { JsonSchema } from '../../model/provider.ts';
import { PATTERNS } from './patterns.ts';
import { oneOfFields, text } from './shapes.ts';

const WAYS = ['round-robin', 'random', 'least-request'] as const;

const hash: JsonSchema = oneOfFields(
  {
    header: text(PATTERNS.token, 128, {
      description: 'Requests with the same value of this header go to the same pod.',
      examples: ['x-user'],
    }),
    cookie: text(PATTERNS.token, 128, {
      description: 'Requests with the same value of this cookie go to the same pod.',
      examples: ['session'],
    }),
  },
  {
    description: 'Keeps a client on one pod of the version, by the value of one header or cookie.',
    examples: [{ cookie: 'session' }],
  },
);

const byHash = oneOfFields(
  { hash },
  {
    description: `Which pod of a version gets a request: ${WAYS.join(', ')}, or hash by a header or a cookie. Absent: as the provider likes.`,
  },
);

/** `spec.route.loadBalancing`. One schema with two types, because a choice of schemas reports one mistake several times. */
export const loadBalancing: JsonSchema = {
  ...byHash,
  type: ['string', 'object'],
  if: { type: 'string' },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { enum: WAYS },
  examples: ['least-request'],
};
