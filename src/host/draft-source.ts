import type { Member } from '../layout/claimants.ts';
import { type FleetFile, tracedCompilerAt } from './compiler.ts';
import { textDigest } from './digest.ts';
import { type Draft, draftRollout } from './draft.ts';
import { readLook } from './find-sources.ts';
import type { Look } from './look.ts';
import type { OutFolder } from './out-folder.ts';
import { sourceStamp } from './recall.ts';
import type { Inputs } from './stat-index.ts';

/** What becomes of one file until the fleet is settled: plain data, so that a worker can send it. */
export interface Drafted {
  readonly member: Member<Draft>;
  /** The file may not or cannot be read. */
  readonly refused: boolean;
  /** Absent where nobody asked, or where it was refused. */
  readonly inputs?: Inputs;
}

export interface DraftRequest {
  readonly root: string;
  readonly fleet: FleetFile;
  readonly write: boolean;
  /** Whether what the drafts are made of is asked for. */
  readonly watch: boolean;
}

/** Reads, compiles and drafts one file after another. */
export function drafter({ root, fleet, write, watch }: DraftRequest, out: OutFolder): (look: Look) => Drafted {
  const compile = tracedCompilerAt(root, fleet, out);
  return look => {
    // Before reading: a change while it is read must show as another stamp.
    const stamp = watch ? sourceStamp(root, look.file) : undefined;
    const read = readLook(root, look);
    if (!('text' in read)) return { member: { source: look.file, diagnostics: [read] }, refused: true };
    const { compiled, templates } = compile(read);
    const member = draftRollout(out, compiled, write, watch);
    if (!watch) return { member, refused: false };
    const hashes = Object.entries(templates).map(([path, found]) => [path, textDigest(JSON.stringify(found))]);
    const inputs = { hash: textDigest(read.text), templates: Object.fromEntries(hashes) };
    return { member, refused: false, inputs: stamp === undefined ? inputs : { ...inputs, stamp } };
  };
}
