import type { Rule } from './diagnostics/rule.ts';
import { layoutMessages } from './layout/messages.ts';
import { planMessages } from './plan/messages.ts';
import { proveMessages } from './prove/messages.ts';
import { PROVIDERS } from './providers/registry.ts';
import { readMessages } from './read/messages.ts';

/** Every mistake that a Rollout can show, assembled from the rooms and the providers. */
export const CATALOGUE: readonly Rule<never>[] = [
  ...readMessages,
  ...planMessages,
  ...PROVIDERS.flatMap(provider => provider.messages),
  ...proveMessages,
  ...layoutMessages,
];
