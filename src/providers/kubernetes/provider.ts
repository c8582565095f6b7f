import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { emitter } from './emit.ts';
import { addressed } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { recover } from './recover.ts';

/** No traffic technology: a Service and numbers of pods. */
export const kubernetes: Provider = {
  name: 'kubernetes',
  needs: 'needs nothing else in the cluster; the split follows from the numbers of pods',
  capabilities,
  options: { type: 'object', additionalProperties: false, properties: {} },
  messages: [],
  check: () => [],
  entrances: () => [],
  addressed,
  emitter,
  recover,
  links,
  inert,
};
