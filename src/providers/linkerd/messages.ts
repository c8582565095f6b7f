import { rule } from '../../diagnostics/rule.ts';
import { list } from '../../diagnostics/wording.ts';
import { routeMessages } from '../route-messages.ts';

/** What any provider with these routes refuses. */
export const shared = routeMessages('linkerd');

export const retryReasons = rule<{ wrong: readonly string[]; kind: string; known: readonly string[] }>(
  'linkerd/retry-reasons',
  {
    what: p => `${list(p.wrong)} ${p.wrong.length === 1 ? 'is no reason' : 'are no reasons'} for a retry in ${p.kind}.`,
    why: 'Linkerd tells failures of HTTP by their status and those of gRPC by their code, and refuses a route that mixes them.',
    fix: p => `Write some of these as \`retryOn\`: ${list(p.known)}.`,
  },
);

/** Every mistake that only Linkerd knows. */
export const linkerdMessages = [...Object.values(shared), retryReasons] as const;
