import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { inert } from './inert.ts';
import { knativeMessages } from './messages.ts';
import { options } from './options.ts';
import { recover } from './recover.ts';
import { listed } from './traffic.ts';

/** Knative Serving: https://knative.dev/docs/serving/ */
export const knative: Provider = {
  name: 'knative',
  capabilities,
  options,
  messages: knativeMessages,
  check,
  entrances: plan => (plan.options['visibility'] === 'cluster-local' ? ['cluster-local'] : []),
  addressed: (plan, state) => listed(plan, state).map(({ version }) => version),
  emitter,
  recover,
  inert,
};
