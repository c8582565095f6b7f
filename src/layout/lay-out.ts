import type { CompiledRollout, HopChanges, OutFile } from '../model/compiled.ts';
import type { HopProof } from '../model/hop-proof.ts';
import { identityOf, type KubeObject } from '../model/kubernetes.ts';
import { entry } from '../model/once.ts';
import { naturally } from '../model/order.ts';
import type { Plan, State } from '../model/plan.ts';
import type { Risk } from '../model/risk.ts';
import { printDocuments } from '../yaml/print.ts';
import { hostClaims } from './host-claims.ts';
import { directoryOf, header, livePath, statePath } from './paths.ts';
import { planJson, type Record } from './plan-json.ts';
import { planMarkdown } from './plan-markdown.ts';

/** The objects of every state, their text, and what each hop changes. */
export interface Drawing {
  readonly states: readonly {
    readonly state: State;
    readonly objects: readonly KubeObject[];
  }[];
  readonly textOf: (object: KubeObject) => string;
  readonly changes: readonly {
    readonly [change in keyof HopChanges]: readonly KubeObject[];
  }[];
  /** In the order of the plan's hops, as are their risks. */
  readonly proofs: readonly HopProof[];
  readonly risks: readonly (readonly Risk[])[];
  readonly needsFirst: ReadonlyMap<string, readonly string[]>;
}

/** All files of a rollout: the live objects, every state, and the plan for people and for machines. */
export function layOut(
  plan: Plan,
  source: string,
  drawing: Drawing,
  versions: Record['versions'],
): Omit<CompiledRollout, 'rollout'> {
  const directory = directoryOf(plan);
  const first = header(source);
  const live = drawing.states.find(({ state }) => state.name === plan.current)?.objects ?? [];
  const changes = drawing.changes.map(names);
  const proved = { changes, proofs: drawing.proofs, risks: drawing.risks, needsFirst: drawing.needsFirst };
  // States that share their objects share their text, to the very string.
  const texts = new Map<readonly KubeObject[], string>();
  const files: OutFile[] = [
    ...live.map(object => ({
      path: livePath(directory, object),
      text: printDocuments(first, [drawing.textOf(object)]),
    })),
    ...drawing.states.map(({ state, objects }) => ({
      path: statePath(directory, state.name),
      text: entry(texts, objects, () => printDocuments(first, objects.map(drawing.textOf))),
    })),
    {
      path: `plan/${directory}/plan.md`,
      text: planMarkdown(plan, source, proved),
    },
  ];
  const objects = drawing.states.flatMap(state => state.objects.map(identityOf));
  const claims = [...new Set([...objects, ...hostClaims(plan)])].sort();
  const json = planJson(plan, { source, directory, claims, versions, files, ...proved });
  const all = [...files, { path: `plan/${directory}/plan.json`, text: json }].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  return { plan, directory, files: all, claims, changes };
}

const names = (changes: Drawing['changes'][number]): HopChanges => ({
  created: changes.created.map(nameOf).sort(naturally),
  updated: changes.updated.map(nameOf).sort(naturally),
  deleted: changes.deleted.map(nameOf).sort(naturally),
});

const nameOf = (object: KubeObject): string => `${object.kind}/${object.metadata.name}`;
