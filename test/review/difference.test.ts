import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveObjects } from '../../src/live-objects.ts';
import { meaningOf, type Side } from '../../src/meaning.ts';
import { identityOf, type Json, type KubeObject } from '../../src/model/kubernetes.ts';
import type { State } from '../../src/model/plan.ts';
import type { Match } from '../../src/model/traffic.ts';
import { type Difference, differenceOf, isEmpty } from '../../src/review/difference.ts';
import { differenceLines } from '../../src/review/difference-text.ts';
import { isMoved } from '../../src/review/routing-difference.ts';
import { PROVIDER_NAMES, RANDOM, runs } from '../properties/random-rollout.ts';
import { leavesOf, slips, withLeaf } from '../providers/leaves.ts';
import { compiled, sideOf } from './states.ts';

const between = (before: Side, after: Side): Difference => differenceOf(before, after, meaningOf);

/** Versions whose share of any rule differs, as `rule version before after`, read from the plan alone. */
function movedInPlan(before: State, after: State): readonly string[] {
  const shares = (state: State): ReadonlyMap<string, number> =>
    new Map(
      state.rules.flatMap(({ matches, split, mirror }) =>
        Object.entries({ split, mirror }).flatMap(([kind, portions]) =>
          portions
            .filter(({ share }) => share > 0)
            .map(({ version, share }) => [
              `${matches.length === 0} ${kind} ${version} ${JSON.stringify(matches)}`,
              share,
            ]),
        ),
      ),
    );
  const [old, now] = [shares(before), shares(after)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter(key => old.get(key) !== now.get(key));
  return keys.map(key => `${key.split(' ').slice(0, 3).join(' ')} ${old.get(key) ?? 0} ${now.get(key) ?? 0}`).sort();
}

/** Equal matches as equal texts. */
const inOneOrder = (match: Match): Match =>
  Object.fromEntries(Object.entries(match).sort(([a], [b]) => (a < b ? -1 : 1))) as unknown as Match;

/** The same state with a rule for each match: of two rules with one match the first one takes it. */
function byMatch(state: State): State {
  const rules = new Map<string, State['rules'][number]>();
  for (const rule of state.rules)
    for (const matches of rule.matches.length === 0 ? [[]] : rule.matches.map(match => [inOneOrder(match)])) {
      const key = JSON.stringify(matches);
      if (!rules.has(key)) rules.set(key, { ...rule, matches });
    }
  return { ...state, rules: [...rules.values()] };
}

/** The same from the difference. The default rule of a route with a path has a match, so the last of each side is told by its place. */
const movedIn = ({ routing }: Difference): readonly string[] =>
  routing.rules
    .flatMap(({ matches, split, mirror }) =>
      Object.entries({ split, mirror }).flatMap(([kind, shares]) =>
        shares.filter(isMoved).map(s => `${matches.length === 0} ${kind} ${s.target} ${s.before} ${s.after}`),
      ),
    )
    .sort();

describe.each(PROVIDER_NAMES)('differences of random states on %s', provider => {
  const pair = fc.tuple(RANDOM[provider], fc.nat(), fc.nat()).map(([rollout, one, other]) => {
    const result = compiled(rollout);
    const { states } = result.plan;
    const [before, after] = [states[one % states.length]!, states[other % states.length]!];
    return { before, after, old: sideOf(result, before.name), now: sideOf(result, after.name) };
  });

  it('a state does not differ from itself', () => {
    fc.assert(
      fc.property(pair, ({ old }) => {
        const difference = between(old, old);
        expect(isEmpty(difference)).toBe(true);
        expect(differenceLines(difference)).toEqual(['nothing differs']);
      }),
      { numRuns: runs(provider, 30) },
    );
  });

  it('mentions exactly the shares that the plan changes, and pods only where the plan runs others', () => {
    fc.assert(
      fc.property(pair, ({ before, after, old, now }) => {
        const difference = between(old, now);
        expect(difference.routing.problems).toEqual({ before: [], after: [] });
        const [said, planned] = [movedIn(difference), movedInPlan(before, after)];
        const asPlanned = [
          [before, old],
          [after, now],
        ].every(([state, side]) => meaningOf(side as Side).rules.length === (state as State).rules.length);
        // Some providers say a rule in several routes, one for each match, and more to keep their order.
        if (asPlanned) expect(said).toEqual(planned);
        else if (!planned.every(one => said.includes(one)))
          expect(said).toEqual(expect.arrayContaining([...movedInPlan(byMatch(before), byMatch(after))]));
        const text = differenceLines(difference).join('\n');
        if (provider === 'knative') return;
        const running = ({ running: list }: State) =>
          JSON.stringify([...list].sort((a, b) => (a.version < b.version ? -1 : 1)));
        if (running(before) === running(after)) {
          expect(difference.pods).toEqual([]);
          if (!isEmpty(difference)) expect(text).toContain('no pod touched');
        } else if (difference.pods.length === 0) {
          // Only the pods of somebody else or of an autoscaler are not the plan's to number.
          expect(JSON.stringify([old.versions, old.objects])).toMatch(/"service":|HorizontalPodAutoscaler/);
        }
      }),
      { numRuns: runs(provider, 80) },
    );
  });

  it('says it backwards too: what is created one way is deleted the other way', () => {
    fc.assert(
      fc.property(pair, ({ old, now }) => {
        const [there, back] = [between(old, now), between(now, old)];
        const turned = { created: 'deleted', deleted: 'created', updated: 'updated', changed: 'changed' } as const;
        expect(back.objects.map(({ object }) => object)).toEqual(there.objects.map(({ object }) => object));
        expect(back.objects.map(({ change }) => change)).toEqual(there.objects.map(({ change }) => turned[change]));
        expect(back.pods.map(({ change }) => change).sort()).toEqual(
          there.pods.map(({ change }) => turned[change]).sort(),
        );
        expect(back.routing.matchesUnchanged).toBe(there.routing.matchesUnchanged);
      }),
      { numRuns: runs(provider, 30) },
    );
  });

  it('says any leaf of any object that is another', () => {
    fc.assert(
      fc.property(pair, fc.nat(), fc.nat(), ({ old }, which, slip) => {
        const leaves = leavesOf(old.objects).filter(({ path }) => !isIdentity(path));
        const leaf = leaves[which % leaves.length]!;
        const others = slips(leaf.value).filter(other => other !== leaf.value);
        const objects = withLeaf(old.objects, leaf, others[slip % others.length]!);
        const difference = between(old, { ...old, objects });
        expect(isEmpty(difference)).toBe(false);
        const { kind, metadata } = old.objects[leaf.index]!;
        const told = [
          ...difference.objects.map(({ object }) => object),
          ...difference.pods.map(({ keeper }) => keeper),
        ];
        expect(told).toContain(`${kind}/${metadata.name}`);
        // An autoscaler is told with the pods that it scales, too.
        if (kind !== 'HorizontalPodAutoscaler') expect(told).toHaveLength(1);
        expect(differenceLines(difference).join('\n')).toContain(`${kind}/${metadata.name}`);
      }),
      { numRuns: runs(provider, 90) },
    );
  });

  it('does not show what a server adds, and shows what somebody changed', () => {
    fc.assert(
      fc.property(pair, fc.nat(), extras, ({ old }, which, added) => {
        const live = old.objects.map(object => grown(object as Json, added) as unknown as KubeObject);
        const seen = liveObjects(dumpOf(live), old);
        expect(seen.strangers).toEqual([]);
        const same = between({ ...old, objects: seen.objects }, old);
        expect(differenceLines(same)).toEqual(['nothing differs']);
        const leaves = leavesOf(old.objects).filter(({ path }) => !isIdentity(path));
        const leaf = leaves[which % leaves.length]!;
        const edited = withLeaf(old.objects, leaf, slips(leaf.value).find(other => other !== leaf.value)!);
        const grownToo = edited.map(object => grown(object as Json, added) as unknown as KubeObject);
        const other = liveObjects(dumpOf(grownToo), old).objects;
        expect(isEmpty(between({ ...old, objects: other }, old))).toBe(false);
      }),
      { numRuns: runs(provider, 30) },
    );
  });
});

const dumpOf = (objects: readonly KubeObject[]): ReadonlyMap<string, KubeObject> =>
  new Map(objects.map(object => [identityOf(object), object]));

/** Another group, kind or name is another object. */
const isIdentity = (path: readonly string[]): boolean =>
  ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'].includes(path.join('.'));

/** Keys that no object of ours has, with anything below them. */
const extras = fc.dictionary(
  fc.constantFrom('status', 'managedFields', 'sidecar.istio.io/inject', 'zz', 'revisionHistory'),
  fc.jsonValue({ maxDepth: 2 }).map(value => value as Json),
  { minKeys: 1, maxKeys: 3 },
);

/** The value with more keys in each of its maps. */
function grown(value: Json, added: { readonly [key: string]: Json }): Json {
  if (Array.isArray(value)) return value.map((item: Json) => grown(item, added));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, grown(part, added)] as const);
  return { ...added, ...Object.fromEntries(entries) };
}
