import { list } from '../diagnostics/wording.ts';
import type { Counterexample, Operation, Requests, Trouble } from '../model/breach.ts';
import { printShare } from '../traffic/share.ts';
import { matchWords } from './words.ts';

/** A counterexample in words: what is done, each a fragment such as `update VirtualService/reviews`, and what happens then, a sentence. */
export interface TraceWords {
  readonly start: readonly string[];
  readonly operations: readonly string[];
  readonly outcome: string;
}

/** Puts a counterexample into words. */
export const traceWords = ({ start, operations, trouble }: Counterexample): TraceWords => ({
  start: start.map(({ object, state }) => `${objectWords(object)} is still as in ${state}`),
  operations: operations.map(operationWords),
  outcome: troubleWords(trouble),
});

/** A counterexample in one sentence. */
export function traceSentence(counterexample: Counterexample): string {
  const { start, operations, outcome } = traceWords(counterexample);
  const given = start.length === 0 ? '' : `where ${start.join(' and ')}, `;
  return `${given}after ${list(operations)} ${outcome}`;
}

const operationWords = ({ verb, object }: Operation): string => `${verb} ${objectWords(object)}`;

/** An identity, or a door, as people write it: `Deployment/reviews-v2`, `subset v2 of Service/reviews`. */
export function objectWords(door: string): string {
  const [identity = '', ...part] = door.split(' ');
  const [, kind, , name] = identity.split('/');
  if (name === undefined) return door;
  return part.length === 0 ? `${kind}/${name}` : `${part.join(' ')} of ${kind}/${name}`;
}

/** What goes wrong, a sentence. */
export function troubleWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'unanswered':
      return `nothing answers to ${hostWords(trouble.host)} any more.`;
    case 'closed':
      return `${requestsWords(trouble.requests)} go to ${objectWords(trouble.door)}, which is not there.`;
    case 'no-pods':
      return `${requestsWords(trouble.requests)} go to pods with ${labelWords(trouble.labels)}, and none run.`;
    case 'cannot-start':
      return `${requestsWords(trouble.requests)} go to pods of ${objectWords(trouble.keeper)}, which cannot start without ${objectWords(trouble.mount)}.`;
    case 'not-listening':
      return `${requestsWords(trouble.requests)} go to port ${trouble.port} of pods of ${objectWords(trouble.keeper)}, which do not listen there.`;
    case 'overloaded':
      return `${requestsWords(trouble.requests)} go to ${podWords(trouble.pods)} of ${trouble.version}, and need ${trouble.needed}.`;
    case 'unclaimed':
      return `${requestsWords(trouble.requests)} are taken by none of the objects that divide them.`;
    case 'overfull':
      return `weights of the objects that divide ${requestsWords(trouble.requests)} total ${printShare(trouble.total)} %, and none of them counts.`;
    case 'disagree':
      return `${objectWords(trouble.one)} and ${objectWords(trouble.other)} divide ${requestsWords(trouble.requests)} and have settings that differ, so that one of them is refused.`;
    case 'immutable':
      return `the cluster refuses another ${trouble.field} of ${objectWords(trouble.object)}. ${trouble.why}`;
    case 'same-name':
      return `${objectWords(trouble.to)} meets ${objectWords(trouble.from)}. ${trouble.why}`;
    default:
      return trouble satisfies never;
  }
}

const podWords = (count: number): string => `${count} ${count === 1 ? 'pod' : 'pods'}`;

const labelWords = (labels: { readonly [key: string]: string }): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');

/** Some requests: `20 % of the requests to reviews with header end-user = jason`. */
export function requestsWords({ host, matches, share, copies }: Requests): string {
  const which = matches.length === 0 ? '' : ` with ${matchWords({ matches })}`;
  return `${printShare(share)} % of the ${copies ? 'copies of ' : ''}requests to ${hostWords(host)}${which}`;
}

/** A host as people write it. */
export const hostWords = (host: string): string => host.split('/').at(-1) ?? host;
