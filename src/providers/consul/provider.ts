import type { Provider } from '../../model/provider.ts';

import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { consulMessages } from './messages.ts';
import { recover } from './recover.ts';

/** The service mesh of Consul on Kubernetes: https://developer.hashicorp.com/consul/docs/k8s/crds */
export const consul: Provider = {
  name: 'consul',
  needs: 'needs Consul 1.18 or later with its service mesh in the cluster; it splits by weight',
  capabilities,
  options: { type: 'object', additionalProperties: false, properties: {} },
  messages: consulMessages,
  check,
  entrances: () => [],
  addressed,
  emitter,
  recover,
  links,
  inert,
};
