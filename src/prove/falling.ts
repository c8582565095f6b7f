import type { EntryRule } from '../model/links.ts';
import { entry } from '../model/once.ts';
import { both, type Condition } from './condition.ts';
import { groupsOf } from './groups.ts';
import type { Way, Wiring } from './wiring.ts';

/** Requests of named rules of a group that are divided like all others where the object that names them does not. */
export function fallingTo(
  wiring: Wiring,
  way: Way,
  when: Condition,
): readonly { readonly rule: EntryRule; readonly when: Condition }[] {
  const members = groupsOf(wiring).get(way.entry.part?.group ?? '')?.members ?? [];
  const named = new Map<string, { readonly rule: EntryRule; readonly ways: Set<Way> }>();
  for (const other of members.flatMap(({ options }) => options.flatMap(({ ways }) => ways)))
    for (const rule of other.entry.rules.slice(0, -1))
      entry(named, JSON.stringify(rule.matches), () => ({ rule, ways: new Set<Way>() })).ways.add(other);
  return [...named.values()].flatMap(({ rule, ways }) => {
    let without: Condition | undefined = when;
    for (const { piece, options } of members) {
      const unnamed = options.filter(option => !option.ways.some(other => ways.has(other)));
      const states = unnamed.reduce((mask, option) => mask | option.states, 0);
      without = without === undefined ? undefined : both(without, piece.identity, states, wiring.all);
    }
    return without === undefined ? [] : [{ rule, when: without }];
  });
}
