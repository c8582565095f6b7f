import type { Provider } from '../../model/provider.ts';
import { addressedByService } from '../expect-services.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { entrances } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { contourMessages } from './messages.ts';
import { options } from './options.ts';
import { precedence } from './precedence.ts';
import { recover } from './recover.ts';

/** Contour with an HTTPProxy for each host: https://projectcontour.io/docs/main/config/fundamentals/ */
export const contour: Provider = {
  name: 'contour',
  needs: 'needs Contour in the cluster; it splits by weight',
  capabilities,
  options,
  messages: contourMessages,
  check,
  entrances,
  addressed: addressedByService,
  precedence,
  emitter,
  recover,
  links,
  inert,
};
