import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed, entrances } from './expect.ts';
import { facts } from './facts.ts';
import { frozen, irreplaceable } from './frozen.ts';
import { immutable } from './immutable.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { knativeMessages } from './messages.ts';
import { options } from './options.ts';
import { recover } from './recover.ts';

/** Knative Serving: https://knative.dev/docs/serving/ */
export const knative: Provider = {
  name: 'knative',
  needs: 'needs Knative Serving in the cluster; it splits by weight and keeps the pods itself',
  capabilities,
  options,
  facts,
  messages: knativeMessages,
  check,
  entrances,
  addressed,
  emitter,
  frozen,
  irreplaceable,
  immutable,
  lasting: true,
  recover,
  links,
  inert,
};
