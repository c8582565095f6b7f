import type { Provider } from '../../model/provider.ts';
import { addressedByService } from '../expect-services.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { entrances } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { apisixMessages } from './messages.ts';
import { options } from './options.ts';
import { precedence } from './precedence.ts';
import { recover } from './recover.ts';

/** APISIX with an ApisixRoute and an ApisixUpstream for each version: https://apisix.apache.org/docs/ingress-controller/overview/ */
export const apisix: Provider = {
  name: 'apisix',
  needs: 'needs APISIX and its ingress controller in the cluster; it splits by weight',
  capabilities,
  options,
  messages: apisixMessages,
  check,
  entrances,
  addressed: addressedByService,
  precedence,
  emitter,
  recover,
  links,
  inert,
};
