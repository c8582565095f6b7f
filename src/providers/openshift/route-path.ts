import type { Plan } from '../../model/plan.ts';

/** The path below which the route takes requests, as it was written; undefined: every request. */
export function routePath({ states }: Plan): string | undefined {
  const [first] = states[0]?.rules.at(-1)?.matches ?? [];
  return first?.path === undefined || first.path.kind === 'present' ? undefined : first.path.value;
}
