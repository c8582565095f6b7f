import type { Member } from '../layout/claimants.ts';
import { type FleetFile, readFleetFile } from './compiler.ts';
import type { Draft } from './draft.ts';
import { type Crew, draftFleet } from './draft-fleet.ts';
import type { Drafted } from './draft-source.ts';
import { finishSynth } from './finish-synth.ts';
import type { Look } from './look.ts';
import { openOut } from './out-folder.ts';
import { recaller, remember } from './recall.ts';
import type { SettleRequest } from './settle.ts';
import type { Inputs, Sources, StatIndex } from './stat-index.ts';
import type { SynthReport } from './synth-report.ts';

export interface SynthFilesRequest extends SettleRequest {
  /** The files to synthesise, sorted. */
  readonly looks: readonly Look[];
  /** Absent or false: look, write nothing. */
  readonly write: boolean;
  /** The index of what an earlier run found, by the content of surefoot.yaml; undefined: nothing is remembered. */
  readonly index: (fleet: FleetFile) => StatIndex | undefined;
  /** Absent: this thread works alone. */
  readonly crew?: Crew;
}

/** Makes out/ what the files say, or only tells how it differs. What neither changed nor was changed is not compiled. */
export async function synthFiles(request: SynthFilesRequest): Promise<SynthReport> {
  const fleet = readFleetFile(request.root);
  const index = request.index(fleet);
  const known: Sources = index?.read() ?? new Map();
  const recall = recaller(request, known);
  const recalled = new Map<string, Member<Draft>>();
  for (const look of request.looks) {
    const member = look.kind === 'file' ? recall(look.file) : undefined;
    if (member !== undefined) recalled.set(look.file, member);
  }
  const rest = request.looks.filter(look => !recalled.has(look.file));
  const { root, out, write, crew } = request;
  const drafted = await draftFleet(rest, { root, fleet, write, watch: index !== undefined }, out, crew);
  const { report, fleet: settled } = finishSynth(inOrder(drafted, recalled), request);
  if (index !== undefined) update(index, { request, known, recalled, drafted, settled });
  return report;
}

/** Refused files first, then the others, each sorted by file: the same whoever drafted them. */
function inOrder(drafted: readonly Drafted[], recalled: ReadonlyMap<string, Member<Draft>>): readonly Member<Draft>[] {
  const membersOf = (refused: boolean): readonly Member<Draft>[] =>
    drafted.filter(one => one.refused === refused).map(one => one.member);
  const sound = [...recalled.values(), ...membersOf(false)];
  return [...membersOf(true), ...sound.sort((a, b) => (a.source < b.source ? -1 : 1))];
}

interface Outlook {
  readonly request: SynthFilesRequest;
  readonly known: Sources;
  readonly recalled: ReadonlyMap<string, Member<Draft>>;
  readonly drafted: readonly Drafted[];
  readonly settled: readonly Member<Draft>[];
}

/** Remembers what is as it should be and forgets the rest; files that this run did not look at stay remembered. */
function update(index: StatIndex, { request, known, recalled, drafted, settled }: Outlook): void {
  const { root, whole } = request;
  // What the run itself saw of the folders is from before it wrote.
  const out = openOut(root, request.out.name);
  const inputs = new Map<string, Inputs | undefined>(drafted.map(one => [one.member.source, one.inputs]));
  const next = new Map(whole ? [] : known);
  let changed = whole && known.size !== recalled.size;
  for (const member of settled) {
    const { source } = member;
    const before = recalled.get(source) === member ? known.get(source) : undefined;
    const made = inputs.get(source);
    const now = before ?? (made === undefined ? undefined : remember(out, { member, inputs: made }));
    changed ||= now !== known.get(source);
    if (now === undefined) next.delete(source);
    else next.set(source, now);
  }
  if (changed) index.write(next);
}
