import type { Capabilities } from '../model/capabilities.ts';
import { DEFAULTS } from '../model/defaults.ts';
import type { RolloutSpec } from '../model/rollout.ts';
import type { Offer } from './features.ts';
import { hostNeeded, retryReasonsUnknown } from './messages.ts';
import type { Report } from './report.ts';

/** Refuses reasons for a retry that the provider cannot be told. */
export function checkRetryReasons(spec: RolloutSpec, offer: Offer, offers: readonly Offer[], report: Report): void {
  const { retries } = spec.route ?? {};
  const { features, retryReasons } = offer.capabilities;
  if (retries === undefined || retries.attempts === 0 || !features['route.retries'].can) return;
  const asked = retries.retryOn ?? DEFAULTS.retryOn;
  if (takesReasons(retryReasons, asked)) return;
  const { words = [], most } = retryReasons ?? {};
  const others = offers
    .filter(
      ({ capabilities }) =>
        capabilities.features['route.retries'].can && takesReasons(capabilities.retryReasons, asked),
    )
    .map(({ name }) => name);
  const path = ['spec', 'route', 'retries', ...(retries.retryOn === undefined ? [] : ['retryOn'])];
  report(retryReasonsUnknown({ path, on: 'key' }, { provider: offer.name, asked, words, most, others }));
}

const takesReasons = (known: Capabilities['retryReasons'], asked: readonly string[]): boolean =>
  known === undefined ||
  (asked.every(word => known.words.includes(word)) && asked.length <= (known.most ?? asked.length));

/** Refuses a route without a host where the provider has no other way in. */
export function checkHostNeeded(spec: RolloutSpec, { name, capabilities }: Offer, report: Report): void {
  if (capabilities.needsHost !== true || (spec.route?.hosts ?? []).length > 0) return;
  const path = spec.route === undefined ? ['spec', 'provider'] : ['spec', 'route'];
  report(hostNeeded({ path, on: 'key' }, { provider: name }));
}
