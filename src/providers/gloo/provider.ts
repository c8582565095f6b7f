import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { glooMessages } from './messages.ts';
import { options } from './options.ts';
import { recover } from './recover.ts';

/** Gloo Edge with its own API: VirtualService, RouteTable, Upstream and UpstreamGroup. https://docs.solo.io/gloo-edge/latest/ */
export const gloo: Provider = {
  name: 'gloo',
  needs: 'needs Gloo Edge in the cluster; it splits by weight',
  capabilities,
  options,
  messages: glooMessages,
  check,
  entrances: () => [],
  addressed,
  emitter,
  recover,
  links,
  inert,
};
