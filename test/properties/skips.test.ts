import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import { crosser } from '../../src/crosser.ts';
import { draw } from '../../src/draw.ts';
import { AGENTS } from '../../src/model/agents.ts';
import { identityOf } from '../../src/model/kubernetes.ts';
import { askedIn, type Plan, stateOf } from '../../src/model/plan.ts';
import { batchesOf } from '../../src/prove/agents.ts';
import { breachesOf } from '../../src/prove/any-order.ts';
import { crossingOf, type Linked } from '../../src/prove/crossing.ts';
import { everyOverload } from '../../src/prove/every-overload.ts';
import { pastStates } from '../../src/prove/past.ts';
import { standingDoors } from '../../src/prove/standing.ts';
import { strengthsOf } from '../../src/prove/strengths.ts';
import { wiringOf } from '../../src/prove/wiring.ts';
import { providerNamed } from '../../src/providers/registry.ts';
import { type Skip, skipsOf } from '../../src/skips.ts';
import { PROVIDER_NAMES, RANDOM, runs, TEMPLATES } from './random-rollout.ts';

const planOf = (rollout: unknown): Plan =>
  compile({ file: 'rollouts/shop.yaml', text: stringify(rollout) }, { templates: TEMPLATES }).results![0]!.plan;

const tapeOf = ({ states }: Plan): readonly string[] =>
  states.filter(({ kind }) => kind !== 'abort').map(({ name }) => name);
/** A list of revisions is applied only where all of them are there, also those that get no requests. */
const asking = (one: Linked): Linked => {
  const { entry } = one.links;
  if (entry === undefined) return one;
  const rules = entry.rules.map(rule => ({
    ...rule,
    asks: rule.asks.map(ask => (ask.lasting ? { ...ask, share: Math.max(ask.share, 1) } : ask)),
  }));
  return { ...one, links: { ...one.links, entry: { ...entry, rules } } };
};
const isSafe = ({ verdict }: Skip): boolean => verdict !== 'unsafe';

/** Every part of a list. */
const subsetsOf = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: 2 ** list.length }, (_, bits) => list.filter((_, i) => ((bits >> i) & 1) === 1));

describe.each(PROVIDER_NAMES)('skips of random rollouts on %s', provider => {
  const plans = RANDOM[provider].map(planOf);

  it('are safe from each state to its neighbours on the tape, and to and from its abort', () => {
    fc.assert(
      fc.property(plans, plan => {
        const { between } = skipsOf(plan);
        const tape = tapeOf(plan);
        const aborts = plan.states.filter(({ kind }) => kind === 'abort').map(({ name }) => name);
        const neighbours = [
          ...tape.slice(1).map((name, i) => [tape[i]!, name] as const),
          ...aborts.map(name => [name.slice('abort-'.length), name] as const),
        ];
        for (const [a, b] of neighbours)
          expect([between(a, b), between(b, a)].filter(skip => !isSafe(skip))).toEqual([]);
      }),
      { numRuns: runs(provider, 30) },
    );
  });

  it('are unsafe exactly with a counterexample, and the way round is safe', () => {
    fc.assert(
      fc.property(plans, fc.nat(), (plan, pick) => {
        const { states, between, verdict } = skipsOf(plan);
        const from = states[pick % states.length]!;
        for (const to of states) {
          if (to === from) continue;
          const skip = between(from, to);
          expect(skip.verdict).toBe(verdict(from, to));
          expect(skip.unsafe === undefined).toBe(isSafe(skip));
          expect((skip.obligations ?? []).length > 0).toBe(skip.verdict === 'once-ready');
          const idle = (skip.obligations ?? []).flatMap(one => (one.kind === 'idle' ? [one.version] : []));
          expect(idle.filter(version => askedIn(stateOf(plan, from)).has(version))).toEqual([]);
          if (skip.unsafe === undefined) continue;
          expect(skip.unsafe.counterexample.operations.length).toBeGreaterThan(0);
          const by = skip.unsafe.by ?? [];
          expect(by.length, `${from} to ${to}`).toBeGreaterThan(0);
          const way = [from, ...by, to];
          expect(way.slice(1).filter((state, i) => !isSafe(between(way[i]!, state)))).toEqual([]);
          expect(by.filter(state => !tapeOf(plan).includes(state))).toEqual([]);
        }
      }),
      { numRuns: runs(provider, 30) },
    );
  });

  it('break with an agent only by what the move changes, each object once', () => {
    fc.assert(
      fc.property(plans, fc.nat(), fc.nat(), (plan, a, b) => {
        const { states, between } = skipsOf(plan);
        const [from, to] = [states[a % states.length]!, states[b % states.length]!];
        if (from === to) return;
        const { unsafe } = between(from, to);
        const drawn = new Map(draw(plan, providerNamed(provider)!).states.map(one => [one.state.name, one.objects]));
        const before = new Map(drawn.get(from)!.map(object => [identityOf(object), object]));
        const after = new Map(drawn.get(to)!.map(object => [identityOf(object), object]));
        for (const { counterexample } of unsafe?.agents ?? []) {
          const objects = counterexample.operations.map(({ object }) => object);
          expect(new Set(objects).size).toBe(objects.length);
          expect(objects.length).toBeGreaterThanOrEqual(unsafe!.counterexample.operations.length);
          for (const { verb, object } of counterexample.operations)
            expect(verb).toBe(!after.has(object) ? 'delete' : before.has(object) ? 'update' : 'create');
        }
      }),
      { numRuns: runs(provider, 40) },
    );
  });

  it('break with an agent exactly where one of its runs, played through, comes by a mixture that loses requests', () => {
    const used = providerNamed(provider)!;
    let [broken, spared] = [0, 0];
    const lookAtSome = (): void =>
      fc.assert(
        fc.property(plans, fc.nat(), fc.nat(), (plan, a, b) => {
          const [from, to] = [a, b].map(n => plan.states[n % plan.states.length]!.name) as [string, string];
          const drawn = new Map(draw(plan, used).states.map(one => [one.state.name, one.objects]));
          const crosses = crosser({ plan, provider: used, objectsOf: name => drawn.get(name)!, reread: one => one });
          const route = { from: [from], to, past: pastStates(plan)(from, to) };
          const { crossing: whole, broken: unsafe, isAtOnce } = crosses.cross(route);
          const crossing = whole();
          if (unsafe === undefined || isAtOnce || ['immutable', 'same-name'].includes(unsafe.trouble.kind)) return;
          const strengths = used.capabilities.ownsWorkloads ? new Map() : strengthsOf(plan);
          const [start, end] = [from, to].map(state => new Map(crosses.linked(state).map(one => [one.identity, one])));
          const loses = (done: ReadonlySet<string>): boolean => {
            const pick = (identity: string) => (done.has(identity) ? end! : start!).get(identity);
            const objects = [...crossing.pieces.keys()].flatMap(identity => pick(identity) ?? []);
            const shores = [
              { name: from, objects: crosses.linked(from) },
              { name: to, objects: crosses.linked(to) },
              { name: 'between', objects },
            ];
            const wiring = wiringOf(crossingOf(shores, crossing.standing));
            const breaches = [...breachesOf(wiring), ...everyOverload(wiring, strengths)];
            const words = (states: number) =>
              breaches.flatMap(({ when, trouble }) =>
                [...when.values()].every(mask => (mask & states) !== 0) ? [JSON.stringify(trouble)] : [],
              );
            const before = new Set(words(0b001));
            return words(0b100).some(trouble => !before.has(trouble));
          };
          const breaking = crosses.agents(route).map(({ agent }) => agent);
          for (const agent of AGENTS) {
            const batches = batchesOf(crossing, agent).map(batch => batch.map(({ object }) => object));
            if (batches.some(({ length }) => length > 6)) continue;
            const runs = batches.flatMap((batch, i) =>
              subsetsOf(batch).map(some => new Set([...batches.slice(0, i).flat(), ...some])),
            );
            expect(breaking.includes(agent.name), `${agent.name}: ${from} to ${to}`).toBe(runs.some(loses));
            if (breaking.includes(agent.name)) broken++;
            else spared++;
          }
        }),
        { numRuns: 60 },
      );
    lookAtSome();
    // Others come by both as well, but not in so few runs; these now and then in the next ones only.
    if (provider !== 'kubernetes' && provider !== 'istio') return;
    for (let more = 0; more < 9 && Math.min(broken, spared) === 0; more++) lookAtSome();
    expect(Math.min(broken, spared)).toBeGreaterThan(0);
  });

  it('an empty cluster takes a state exactly where it needs none first, and any state once those stand', () => {
    const used = providerNamed(provider)!;
    fc.assert(
      fc.property(plans, plan => {
        const drawn = draw(plan, used);
        const objects = new Map(drawn.states.map(one => [one.state.name, one.objects]));
        const { linked } = crosser({ plan, provider: used, objectsOf: name => objects.get(name)!, reread: one => one });
        const foreign = plan.versions.flatMap(version =>
          version.kind === 'service' ? [`/Service/${plan.namespace}/${version.service}`] : [],
        );
        /** Whether nothing is missing once everything of a state is there. */
        const stands = (state: string, past: readonly string[]): boolean => {
          const shores = [
            { name: 'nothing', objects: [] },
            { name: state, objects: linked(state).map(asking) },
          ];
          const crossing = crossingOf(shores, standingDoors({ foreign, past: past.map(linked), others: () => [] }));
          return !breachesOf(wiringOf(crossing)).some(({ when }) => [...when.values()].every(mask => (mask & 2) !== 0));
        };
        for (const { name } of plan.states) {
          const needed = drawn.needsFirst.get(name) ?? [];
          expect(stands(name, []), name).toBe(needed.length === 0);
          [...needed, name].forEach((state, i) => {
            expect(stands(state, needed.slice(0, i)), `${state} on the way to ${name}`).toBe(true);
          });
        }
      }),
      { numRuns: runs(provider, 30) },
    );
  });
});
