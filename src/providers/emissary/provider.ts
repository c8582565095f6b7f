import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { emissaryMessages } from './messages.ts';
import { options } from './options.ts';
import { recover } from './recover.ts';

/** Emissary-ingress, once called Ambassador, with Mappings: https://emissary-ingress.dev/docs/latest/ */
export const emissary: Provider = {
  name: 'emissary',
  needs: 'needs Emissary-ingress (Ambassador) in the cluster; it splits by weight',
  capabilities,
  options,
  messages: emissaryMessages,
  check,
  entrances: () => [],
  addressed,
  emitter,
  recover,
  links,
  inert,
};
