import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed, entrances } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { openshiftMessages } from './messages.ts';
import { options } from './options.ts';
import { recover } from './recover.ts';

/** Routes of OpenShift: https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/ingress_and_load_balancing/routes */
export const openshift: Provider = {
  name: 'openshift',
  needs: 'needs the router of OpenShift (HAProxy); it splits by weight',
  capabilities,
  options,
  messages: openshiftMessages,
  check,
  entrances,
  addressed,
  emitter,
  recover,
  links,
  inert,
};
