import type { Provider } from '../../model/provider.ts';
import { routePrecedence } from '../route-precedence.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { linkerdMessages } from './messages.ts';
import { recover } from './recover.ts';

/** Linkerd with routes of the Gateway API whose parent is the Service: https://linkerd.io/2/features/httproute/ */
export const linkerd: Provider = {
  name: 'linkerd',
  needs: 'needs Linkerd 2.16 or later in the cluster, with the Gateway API; it splits by weight',
  capabilities,
  options: { type: 'object', additionalProperties: false, properties: {} },
  messages: linkerdMessages,
  check,
  entrances: () => [],
  addressed,
  precedence: routePrecedence,
  emitter,
  recover,
  links,
  inert,
};
