import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed, entrances } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { nginxMessages } from './messages.ts';
import { options } from './options.ts';
import { recover } from './recover.ts';

/** ingress-nginx, retired in March 2026: https://github.com/kubernetes/ingress-nginx */
export const nginx: Provider = {
  name: 'nginx',
  needs: 'needs ingress-nginx in the cluster, which is retired; it splits by weight',
  capabilities,
  options,
  messages: nginxMessages,
  check,
  entrances,
  addressed,
  emitter,
  recover,
  links,
  inert,
};
