import type { Finding } from './diagnostics/finding.ts';
import type { Plan } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import { otherOrder } from './prove/messages.ts';
import { inOrder, isPlaced } from './providers/in-order.ts';
import { PROVIDERS } from './providers/registry.ts';

/** Refuses rules that the provider would try in another order than the one stated; each pair is told once. */
export function checkOrder(plan: Plan, { name, precedence }: Provider): readonly Finding[] {
  if (precedence === undefined) return [];
  const told = new Set<string>();
  return [...new Set(plan.states.map(({ rules }) => rules))].flatMap(rules => {
    const found = inOrder(rules, precedence);
    if (isPlaced(found)) return [];
    const { earlier, later } = found;
    const key = JSON.stringify([earlier.name, later.name]);
    if (told.has(key)) return [];
    told.add(key);
    const facts = { provider: name, earlier: earlier.name, later: later.name, others: asStated() };
    return [otherOrder({ path: earlier.origin, on: 'key' }, facts)];
  });
}

/** Providers that try several rules in the order in which they are written. */
const asStated = (): readonly string[] =>
  PROVIDERS.filter(
    ({ precedence, capabilities }) => precedence === undefined && capabilities.features['rules.several'].can,
  ).map(({ name }) => name);
