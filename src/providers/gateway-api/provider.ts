import type { Provider } from '../../model/provider.ts';
import { routePrecedence } from '../route-precedence.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed, entrances } from './expect.ts';
import { facts } from './facts.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { gatewayApiMessages } from './messages.ts';
import { recover } from './recover.ts';

/** Any implementation of the Kubernetes Gateway API, at a Gateway or inside a mesh: https://gateway-api.sigs.k8s.io */
export const gatewayApi: Provider = {
  name: 'gateway-api',
  needs: 'needs the Gateway API 1.2 or later and an implementation of it, as a gateway or a mesh; it splits by weight',
  capabilities,
  options: { type: 'object', additionalProperties: false, properties: {} },
  facts,
  messages: gatewayApiMessages,
  check,
  entrances,
  addressed,
  precedence: routePrecedence,
  emitter,
  recover,
  links,
  inert,
};
