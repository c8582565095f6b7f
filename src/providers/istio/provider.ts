import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed } from './expect.ts';
import { facts } from './facts.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { istioMessages } from './messages.ts';
import { options } from './options.ts';
import { recover } from './recover.ts';

/** Istio with VirtualService and DestinationRule: https://istio.io/latest/docs/reference/config/networking/ */
export const istio: Provider = {
  name: 'istio',
  needs: 'needs Istio in the cluster; it splits by weight',
  capabilities,
  options,
  facts,
  messages: istioMessages,
  check,
  entrances: plan => plan.route.gateways,
  addressed,
  emitter,
  recover,
  links,
  inert,
};
