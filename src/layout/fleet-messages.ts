import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';
import type { Rival } from './claimants.ts';
import { claimWords, isHost } from './host-claims.ts';

const precedence = ({ holds, file }: Rival): string =>
  holds ? `${quote(file)} was there first and keeps it.` : 'Neither was there first, so neither is written.';

export const sameRollout = rule<Rival & { directory: string }>('fleet/same-rollout', {
  what: p => `${quote(p.file)} describes the Rollout ${quote(p.directory)} too. ${precedence(p)}`,
  why: 'Both would write the same folder of out/, and whichever came last would decide where the requests go.',
  fix: 'Change metadata.name or metadata.namespace of one of them, or delete one of the files.',
});
export const sameDirectoryIgnoringCase = rule<Rival & { directory: string; other: string }>(
  'fleet/same-directory-ignoring-case',
  {
    what: p =>
      `The Rollouts ${list([p.directory, p.other])} (of ${quote(p.file)}) differ only in the case of letters. ${precedence(p)}`,
    why: 'macOS and Windows keep both in one folder, so a checkout there would mix their manifests.',
    fix: 'Rename one of them so that the names differ in more than case.',
  },
);
export const objectClaimed = rule<Rival & { claims: readonly string[] }>('fleet/object-claimed', {
  what: p => `${quote(p.file)} claims ${claimsOf(p.claims)} too. ${precedence(p)}`,
  why: p =>
    p.claims.every(isHost)
      ? 'Istio takes the routes of one host from one object; with two, which of them a request meets is not defined.'
      : 'An object of the cluster has one owner; with two, Argo CD and Flux overwrite one with the other at every sync.',
  fix: p =>
    `${p.claims.every(isHost) ? 'Take the host out of `route.hosts` of one of them' : 'Rename this Rollout or its versions'}; or delete the Rollout that is no longer needed and run \`surefoot synth --prune\`.`,
});

/** Every mistake that only a fleet can show. */
export const fleetMessages = [sameRollout, sameDirectoryIgnoringCase, objectClaimed] as const;

/** At most three of what is claimed. */
function claimsOf(claims: readonly string[]): string {
  const named = claims.slice(0, 3).map(claimWords);
  const rest = claims.length - named.length;
  return rest > 0 ? `${named.map(quote).join(', ')} and ${rest} more` : list(named);
}
