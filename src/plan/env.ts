import { naturally } from '../model/order.ts';
import type { EnvVar } from '../model/plan.ts';
import type { EnvSpec } from '../model/rollout.ts';
import { envCycle } from './version-messages.ts';
import type { WorkloadScope } from './workload.ts';

/** Variables by name, each behind those that it refers to as `$(NAME)`: Kubernetes resolves only what stands before. */
export function planEnv(
  env: { readonly [name: string]: EnvSpec },
  { layer, report }: WorkloadScope,
): readonly EnvVar[] {
  const vars = new Map(
    Object.keys(env)
      .sort(naturally)
      .map(name => [name, planVar(name, env[name]!)]),
  );
  const placed: EnvVar[] = [];
  let waiting = [...vars.values()];
  while (waiting.length > 0) {
    const ready = waiting.filter(v =>
      references(v).every(name => !vars.has(name) || placed.some(p => p.name === name)),
    );
    if (ready.length === 0) {
      report(envCycle({ path: layer('env') }, { names: waiting.map(v => v.name) }));
      return [...placed, ...waiting];
    }
    placed.push(...ready);
    waiting = waiting.filter(v => !ready.includes(v));
  }
  return placed;
}

/** Names referred to; `$$` is an escaped dollar. */
const references = (variable: EnvVar): readonly string[] =>
  'value' in variable ? [...variable.value.matchAll(/(?<!\$)(?:\$\$)*\$\(([^)]+)\)/g)].map(([, name]) => name!) : [];

function planVar(name: string, spec: EnvSpec): EnvVar {
  if (typeof spec === 'string') return { name, value: spec };
  if ('notSecret' in spec) return { name, value: spec.notSecret };
  if ('secretKeyRef' in spec)
    return { name, from: 'secret', object: spec.secretKeyRef.name, key: spec.secretKeyRef.key };
  if ('configMapKeyRef' in spec) {
    return { name, from: 'configMap', object: spec.configMapKeyRef.name, key: spec.configMapKeyRef.key };
  }
  return { name, from: 'field', path: spec.fieldRef.fieldPath };
}
