import type { JsonSchema } from '../../model/provider.ts';
import type { MatchSpec } from '../../model/rollout.ts';
import { PATTERNS, type TextPattern } from './patterns.ts';
import { type FieldsOf, listOf, mapOf, oneOfFields, onlyTrue, record, text, use } from './shapes.ts';

const LONGEST_TEXT = 1024;
const line = (description: string, example: string): JsonSchema =>
  text(PATTERNS.line, LONGEST_TEXT, { description, examples: [example] });

const spelledOut = oneOfFields(
  {
    exact: line('The whole text must be equal to this, case included.', 'jason'),
    prefix: line(
      'The text must begin with this. In a path it ends at a slash: /api takes /api and /api/x, never /apix.',
      '/api',
    ),
    regex: line(
      'The whole text must match this RE2 expression, as Envoy reads it: no look-around, no back-references.',
      'v[0-9]+',
    ),
    present: onlyTrue('Any text will do, as long as there is one.'),
  },
  {
    description:
      'How a text must read: a plain text means exactly that; otherwise one of exact, prefix, regex or present.',
  },
);

/** Definition `textMatch`. One schema with two types, because a choice of schemas reports one mistake several times. */
export const textMatch: JsonSchema = {
  ...spelledOut,
  type: ['string', 'object'],
  pattern: PATTERNS.line.source,
  maxLength: LONGEST_TEXT,
  examples: ['jason'],
};

const named = (names: TextPattern, description: string, name: string): JsonSchema =>
  mapOf(use('textMatch', `How this one must read.`), {
    description,
    names,
    longest: 128,
    min: 1,
    max: 16,
    examples: [{ [name]: 'jason' }],
  });

/** Definition `match`. */
export const match: JsonSchema = {
  ...record(
    {
      headers: named(
        PATTERNS.token,
        'Request headers by name, case of the name ignored; all of them must match.',
        'end-user',
      ),
      cookies: named(PATTERNS.token, 'Cookies by name; all of them must match.', 'beta'),
      query: named(PATTERNS.queryName, 'Parameters of the query string by name; all of them must match.', 'preview'),
      path: use('textMatch', "The path of the request, without the query string. Lies within the route's own path."),
      method: use('textMatch', 'The HTTP method in capitals, such as GET.'),
      grpc: record(
        {
          service: text(PATTERNS.grpcService, 253, { description: 'Full name of the gRPC service, with its package.' }),
          method: text(PATTERNS.grpcMethod, 128, {
            description: 'Name of the gRPC method; absent: every method of the service.',
          }),
        },
        {
          description: 'Calls of a gRPC service, or of one of its methods.',
          required: ['service'],
          examples: [{ service: 'shop.v1.Cart' }],
        },
      ),
    } satisfies FieldsOf<MatchSpec>,
    { description: 'A set of requests: every key given must hold.', examples: [{ headers: { 'end-user': 'jason' } }] },
  ),
  minProperties: 1,
};

/** A list of matches, any of which is enough. */
export const matches = (description: string): JsonSchema =>
  listOf(use('match', 'One way to match: every key of it must hold.'), {
    description,
    min: 1,
    max: 32,
    examples: [[{ headers: { 'end-user': 'jason' } }]],
  });
