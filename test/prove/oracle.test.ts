import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Counterexample, Trouble } from '../../src/model/breach.ts';
import type { KubeObject } from '../../src/model/kubernetes.ts';
import type { Links } from '../../src/model/links.ts';
import { counterexampleOf } from '../../src/prove/counterexample.ts';
import { crossingOf } from '../../src/prove/crossing.ts';
import { overloadsOf as breachesOfPods, type Strengths } from '../../src/prove/overload.ts';
import { standingDoors } from '../../src/prove/standing.ts';
import { strengthsOf } from '../../src/prove/strengths.ts';
import { wiringOf } from '../../src/prove/wiring.ts';
import { workloadLinks } from '../../src/workloads/links.ts';
import { broken } from './hop-of-objects.ts';
import { linkAll } from './link-all.ts';
import {
  apply,
  type Field,
  fieldOf,
  isSampled,
  mixturesOf,
  type Outage,
  outagesOf,
  overloadsOf,
} from './oracle/oracle.ts';
import { COUNTS } from './oracle/reads.ts';
import { type Cut, cut, foreignOf, hopOf, type RandomHop, type Tape, tapes } from './random-hops.ts';

const ORACLE = join(import.meta.dirname, 'oracle');

it('the oracle shares no code with what it judges', () => {
  const files = readdirSync(ORACLE);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files)
    for (const [, target] of readFileSync(join(ORACLE, file), 'utf8').matchAll(/from '([^']+)'/g))
      expect(target, file).toMatch(/^\.\/[a-z-]+\.ts$/);
});

const fieldFor = (tape: Tape, { starts, end }: RandomHop): Field =>
  fieldOf({
    starts,
    end,
    root: `/Service/${tape.plan.namespace}/${tape.plan.rollout}`,
    foreign: foreignOf(tape),
    ever: tape.states.flat(),
  });

/** The proof, leaving aside how many pods there are: the oracle counts none. */
const proved = (tape: Tape, hop: RandomHop): Counterexample | undefined =>
  broken({
    ...hop,
    provider: tape.provider,
    rollout: tape.plan.rollout,
    namespace: tape.plan.namespace,
    ever: tape.states.flat(),
    foreign: foreignOf(tape),
  });

/** The proof of how many pods there are, by itself. */
function overloaded(tape: Tape, { starts, end }: RandomHop, strengths: Strengths): Counterexample | undefined {
  const linksOf = (object: KubeObject): Links => tape.provider.links(object, tape.plan) ?? workloadLinks(object);
  const shores = [...starts, end].map((objects, i) => ({ name: `state ${i}`, objects: linkAll(objects, linksOf) }));
  const standing = standingDoors({ foreign: foreignOf(tape), past: [shores[0]!.objects], others: () => [] });
  const crossing = crossingOf(shores, standing);
  return counterexampleOf(crossing, breachesOfPods(wiringOf(crossing), strengths));
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every(one => b.has(one));

/** A trouble in the words of the oracle. */
function inWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'closed':
      return `closed ${trouble.door}`;
    case 'no-pods': {
      const labels = Object.entries(trouble.labels).flatMap(([key, values]) =>
        values.split(' and ').map(value => `${key}=${value}`),
      );
      return `no-pods ${labels.sort().join(',')}`;
    }
    case 'cannot-start':
      return `cannot-start ${trouble.keeper} ${trouble.mount}`;
    case 'unanswered':
      return `unanswered ${trouble.host}`;
    case 'immutable':
      return `immutable ${trouble.object}`;
    case 'unclaimed':
    case 'overfull':
    case 'disagree':
      return `${trouble.kind} ${trouble.requests.host}`;
    case 'overloaded':
    case 'same-name':
    case 'not-listening':
      return trouble.kind;
    default:
      return trouble satisfies never;
  }
}

/** Why the proof may refuse what no sampled request notices. */
const EXPLAINED = {
  'these requests failed before anything was done': (field: Field, found: Counterexample) =>
    told(field, found).failing.has(inWords(found.trouble)),
  'no sample reaches one of the rules': (field: Field) => !isSampled(field),
};

/**
 * What the proof does not promise (docs/proofs.md, "Requests that were lost before"): more requests end where some ended nowhere already. Only people
 * begin there: random mistakes break the very version that others are sent to.
 */
const isLostBefore = (field: Field, { start, failures }: Outage): boolean => {
  const { failing } = apply(field, new Map([...start].map(piece => [piece, 1])), new Set());
  return [...failures].every(failure => failing.has(failure));
};

const told = (field: Field, { start, operations }: Counterexample) =>
  apply(
    field,
    new Map(start.map(({ object, state }) => [object, Number(state.replace('state ', ''))])),
    new Set(operations.map(({ object }) => object)),
  );

function shortestOf(field: Field): Outage | undefined {
  let shortest: Outage | undefined;
  for (const outage of outagesOf(field))
    if (shortest === undefined || outage.operations.size < shortest.operations.size) shortest = outage;
  return shortest;
}

const LOST_BEFORE = 'what was lost before is lost for more requests';

/** What became of one hop, in a word or two. */
function verdict(tape: Tape, field: Field, hop: RandomHop): string {
  const found = proved(tape, hop);
  const shortest = shortestOf(field);
  const least = shortest?.operations.size ?? Number.POSITIVE_INFINITY;
  if (found === undefined) {
    if (shortest !== undefined && isLostBefore(field, shortest)) return LOST_BEFORE;
    expect(shortest, `the proof is more lenient than the oracle (${tape.provider.name})`).toBeUndefined();
    return 'safe';
  }
  const { anew, verbs } = told(field, found);
  for (const { verb, object } of found.operations) expect(verb, object).toBe(verbs.get(object));
  expect(found.operations.length, 'there is a shorter way').toBeLessThanOrEqual(least);
  if (anew.has(inWords(found.trouble))) {
    expect(found.operations.length, 'fewer operations would be found by the oracle, too').toBe(least);
    return found.trouble.kind;
  }
  const reason = Object.entries(EXPLAINED).find(([, holds]) => holds(field, found))?.[0];
  expect(reason, `nothing fails after ${JSON.stringify(found)}`).toBeDefined();
  return reason!;
}

it('the proof is never more lenient than brute force, and each of its counterexamples is true and the shortest', () => {
  const numRuns = 12_000;
  const all = tapes(60);
  // Objects that divide requests between them go wrong in more ways.
  const divided = all.filter(({ provider: { capabilities } }) => capabilities.splitHeldBy !== undefined);
  const counts = new Map<string, number>();
  const judge = (tape: Tape, chosen: Cut): void => {
    const hop = hopOf(tape, chosen);
    const field = fieldFor(tape, hop);
    fc.pre(mixturesOf(field) <= 256);
    const word = verdict(tape, field, hop);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  };
  fc.assert(
    fc.property(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...all) },
        { weight: 1, arbitrary: fc.constantFrom(...divided) },
      ),
      cut,
      judge,
    ),
    { numRuns },
  );
  for (const kind of ['unanswered', 'closed', 'no-pods', 'cannot-start', 'immutable'])
    expect(counts.get(kind), kind).toBeGreaterThan(50);
  for (const kind of ['unclaimed', 'overfull', 'disagree']) expect(counts.get(kind), kind).toBeGreaterThan(0);
  expect(counts.get('safe')).toBeGreaterThan(3_000);
  for (const reason of Object.keys(EXPLAINED)) expect(counts.get(reason) ?? 0, reason).toBeLessThan(numRuns / 50);
  expect(counts.get(LOST_BEFORE) ?? 0).toBeLessThan(numRuns / 500);
});

it('counts pods as brute force does, where enough of them stand before', () => {
  const all = tapes(60).filter(({ provider: { name } }) => COUNTS.includes(name));
  const counts = { safe: 0, overloaded: 0 };
  const judge = (tape: Tape, chosen: Cut): void => {
    const hop = hopOf(tape, { ...chosen, kind: chosen.kind === 'mixed' ? 'skip' : chosen.kind });
    const field = fieldFor(tape, hop);
    fc.pre(mixturesOf(field) <= 256);
    const strengths = strengthsOf(tape.plan);
    const overloads = [...overloadsOf(field, strengths)];
    fc.pre(overloads.every(({ operations }) => operations.size > 0));
    const found = overloaded(tape, hop, strengths);
    const least = Math.min(...overloads.map(({ operations }) => operations.size));
    if (found === undefined) {
      expect(overloads[0], 'the proof is more lenient than the oracle').toBeUndefined();
      counts.safe += 1;
      return;
    }
    const done = new Set(found.operations.map(({ object }) => object));
    const there = overloads.find(({ operations }) => isSame(operations, done));
    expect(there?.overloads.map(({ pods }) => pods)).toContain((found.trouble as { pods?: number }).pods);
    expect(found.operations.length).toBe(least);
    counts.overloaded += 1;
  };
  fc.assert(
    fc.property(fc.nat(all.length - 1), cut, (index, chosen) => judge(all[index]!, chosen)),
    { numRuns: 2_000 },
  );
  expect(counts.safe).toBeGreaterThan(500);
  expect(counts.overloaded).toBeGreaterThan(100);
});
