import type { Capabilities, Feature, Limit } from '../model/capabilities.ts';
import { ownEntry } from '../model/once.ts';
import type { RolloutSpec } from '../model/rollout.ts';
import type { Fineness } from '../traffic/share.ts';
import { usesOf } from './feature-uses.ts';
import { FEATURE_WORDS } from './feature-words.ts';
import { pathWithRewrite } from './match-messages.ts';
import type { Use } from './match-uses.ts';
import { beyondLimit, cannot } from './messages.ts';
import { type Nearest, nearestPercent, nearestSplit, type WrittenSplit } from './nearest.ts';
import type { Report } from './report.ts';

/** A provider by name, with what it can do. */
export interface Offer {
  readonly name: string;
  readonly capabilities: Capabilities;
}

/** Refuses what the provider cannot do exactly, naming the providers that can. */
export function checkFeatures(spec: RolloutSpec, offer: Offer, offers: readonly Offer[], report: Report): void {
  const told = new Set<WrittenSplit>();
  for (const use of usesOf(spec)) {
    if (use.among !== undefined && told.has(use.among)) continue;
    const { features } = offer.capabilities;
    const support = features[use.feature];
    if (isBelowRefused(use.feature, features)) continue;
    if (!support.can) {
      const others = offers.filter(o => o.capabilities.features[use.feature].can).map(o => o.name);
      report(
        cannot(
          { path: use.path, on: 'key' },
          {
            provider: offer.name,
            feature: FEATURE_WORDS[use.feature],
            instead: support.instead,
            others,
          },
        ),
      );
    } else if (support.limit !== undefined && use.amount !== undefined) {
      const { min, max, step, source } = support.limit;
      const limit = limitWords(min, max, step);
      if (!isWithin(support.limit, use.amount)) {
        if (use.among !== undefined) told.add(use.among);
        report(
          beyondLimit(
            { path: use.path },
            {
              provider: offer.name,
              what: `${use.amount / 100} %`,
              limit,
              source,
              nearest: nearestTo(use, support.limit),
              others: offers.filter(other => canSay(other, use)).map(({ name }) => name),
            },
          ),
        );
      }
    }
  }
}

const isWithin = ({ min, max, step = 1 }: Limit, amount: number): boolean =>
  amount >= (min ?? amount) && amount <= (max ?? amount) && amount % step === 0;

/** Whether a provider takes the very number; one whose split follows from numbers of pods may not reach it. */
function canSay({ capabilities: { features, splitBy } }: Offer, { feature, amount = 0 }: Use): boolean {
  const support = features[feature];
  return support.can && splitBy === 'weights' && (support.limit === undefined || isWithin(support.limit, amount));
}

const MATCHES = ['match.headers', 'match.cookies', 'match.path', 'match.method', 'match.query'] as const;

/** Whether a wider feature is refused already: `match.headers` for `match.headers.prefix`, every match for what rules hold. */
function isBelowRefused(feature: Feature, features: Capabilities['features']): boolean {
  if (feature.startsWith('rules.')) return MATCHES.every(match => !features[match].can);
  const parts = feature.split('.');
  return parts.some((_, i) => i > 0 && ownEntry(features, parts.slice(0, i).join('.'))?.can === false);
}

/** What the provider can say instead. */
const nearestTo = ({ amount = 0, among }: Use, { step = 1, min = step, max }: Limit): Nearest | undefined =>
  among === undefined ? nearestPercent(amount / 100, { step, min }, max) : nearestSplit(among, { step, min });

/** How fine a provider can split. */
export function finenessOf({ features: { split } }: Capabilities): Fineness {
  const { step = 1, min = step } = split.can ? (split.limit ?? {}) : {};
  return { step, min };
}

function limitWords(min: number | undefined, max: number | undefined, step: number | undefined): string {
  const parts = [
    ...(step === undefined ? [] : [`steps of ${step / 100} %`]),
    ...(min === undefined ? [] : [`at least ${min / 100} %`]),
    ...(max === undefined ? [] : [`at most ${max / 100} %`]),
  ];
  return parts.join(', ');
}

/** Refuses rules with a path of their own where the route rewrites paths. */
export function checkRewrite(spec: RolloutSpec, report: Report): void {
  const rewrite = spec.route?.rewrite;
  if (rewrite === undefined) return;
  for (const { feature, path } of usesOf(spec)) {
    if (feature === 'match.path' || feature === 'match.grpc') report(pathWithRewrite({ path, on: 'key' }, { rewrite }));
  }
}
