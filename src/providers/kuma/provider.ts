import type { Provider } from '../../model/provider.ts';
import { addressedByService } from '../expect-services.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { entrances } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { kumaMessages } from './messages.ts';
import { options } from './options.ts';
import { precedence } from './precedence.ts';
import { recover } from './recover.ts';

/** Kuma with a MeshHTTPRoute between MeshServices: https://kuma.io/docs/latest/policies/meshhttproute/ */
export const kuma: Provider = {
  name: 'kuma',
  needs: 'needs Kuma in the cluster, with `meshServices.mode: Exclusive` in the mesh; it splits by weight',
  capabilities,
  options,
  messages: kumaMessages,
  check,
  entrances,
  addressed: addressedByService,
  precedence,
  emitter,
  recover,
  links,
  inert,
};
