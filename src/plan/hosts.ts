import type { At, Finding } from '../diagnostics/finding.ts';
import { DEFAULTS } from '../model/defaults.ts';
import type { PlainRollout } from '../model/rollout.ts';
import { hostTooLong, LONGEST_HOST, LONGEST_PART } from './environment-messages.ts';

/** Puts names in place of `{name}`, `{namespace}` and `{environment}` in hosts; only surefoot.yaml can write them. */
export function nameHosts(rollout: PlainRollout, environment: string): PlainRollout {
  const { hosts } = rollout.spec.route ?? {};
  if (!hosts?.some(host => host.includes('{'))) return rollout;
  const words: { readonly [word: string]: string } = {
    name: rollout.metadata.name,
    namespace: rollout.metadata.namespace ?? DEFAULTS.namespace,
    environment,
  };
  const named = hosts.map(host => host.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole));
  return { ...rollout, spec: { ...rollout.spec, route: { ...rollout.spec.route, hosts: [...new Set(named)] } } };
}

/** Reports host names of which a part, or all, is too long; `written` tells where a value was written. */
export const longHosts = (rollout: PlainRollout, written: (at: At) => At): readonly Finding[] =>
  (rollout.spec.route?.hosts ?? []).flatMap((host, index) => {
    const part = host.split('.').find(one => one.length > LONGEST_PART);
    if (part === undefined && host.length <= LONGEST_HOST) return [];
    const at = written({ path: ['spec', 'route', 'hosts', index] });
    const shorter = [rollout.metadata.name, ...host.split('.').slice(1).slice(-2)].join('.');
    return [hostTooLong(at, { host, part, instead: at.file === undefined ? undefined : shorter })];
  });
