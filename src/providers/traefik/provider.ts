import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed, entrances } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { traefikMessages } from './messages.ts';
import { options } from './options.ts';
import { recover } from './recover.ts';

/** Traefik 3 with IngressRoute and TraefikService: https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/ */
export const traefik: Provider = {
  name: 'traefik',
  needs: 'needs Traefik 3 with its own kinds in the cluster; it splits by weight',
  capabilities,
  options,
  messages: traefikMessages,
  check,
  entrances,
  addressed,
  emitter,
  recover,
  links,
  inert,
};
