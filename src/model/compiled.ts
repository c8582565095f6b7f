import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Plan } from './plan.ts';
import type { PlainRollout } from './rollout.ts';

/** A file to compile: its path relative to the root, with forward slashes, and its text. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** A file to write: its path relative to the output folder, with forward slashes. */
export interface OutFile {
  readonly path: string;
  readonly text: string;
}

/** What a source is compiled with besides its own text: plain data. */
export interface Given {
  /** surefoot.yaml at the root; absent: there is none. */
  readonly fleet?: Source;
  /** Texts of templates by path relative to the root; one that is not there could not be found. */
  readonly templates?: { readonly [path: string]: string | Refusal };
  /** What is committed in out/, by directory; a directory that is not there holds nothing yet. */
  readonly committed?: { readonly [directory: string]: CommittedRollout };
}

/** Why a file may not be read; words go on from "this file". */
export interface Refusal {
  readonly refused: string;
}

/** What to find before a source can be compiled. */
export interface Needs {
  /** Paths of templates, relative to the root. */
  readonly templates: readonly string[];
  /** `<environment>/<namespace>/<rollout>` of every Rollout that comes of the source. */
  readonly directories: readonly string[];
  /** Names of the versions that it declares. */
  readonly declared: readonly string[];
}

/** What out/ remembers of a Rollout's versions from the last time it was written. */
export interface CommittedRollout {
  /** The state in which the cluster stands. */
  readonly step: string;
  /** Versions that run in this state. */
  readonly running: readonly string[];
  /** Those of them that get requests or copies there, or that an abort returns to. */
  readonly serving: readonly string[];
  readonly versions: { readonly [version: string]: FrozenVersion };
  /** Those that serve and are declared no more; absent: nobody asked, or there is none. */
  readonly removed?: { readonly [version: string]: RemovedVersion };
}

/** What the committed plan says of a version that serves and is declared no more. */
export interface RemovedVersion {
  /** Whether it gets requests or copies; else an abort returns to it. */
  readonly asked: boolean;
  /** Name of the state that retires it; absent: the plan has none. */
  readonly retire?: string;
}

/** What a version was made of, so that an edit in place shows. */
export interface FrozenVersion {
  /** Number of the set of emitted defaults that the version began with; absent: it is somebody else's Service. */
  readonly defaults?: number;
  /** How many times it was replaced in place on purpose. */
  readonly replacement: number;
  /** For messages; absent: it is somebody else's Service. */
  readonly image?: string;
  /** Name of the Service of somebody else that the version is; absent: it has pods of its own. */
  readonly service?: string;
  /** Pods that carry all requests by themselves, not always a whole number; absent: nobody counts them. */
  readonly strength?: number;
  /** Short hash by part, in the words of the Rollout: `image`, `env`, `ports`, … */
  readonly parts: { readonly [part: string]: string };
}

/** What becomes of one source: plain data, so that a worker can send it. */
export interface Compiled {
  readonly source: string;
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** One for each environment; absent where an error was found: such a rollout is left untouched, whole. */
  readonly results?: readonly CompiledRollout[];
}

export interface CompiledRollout {
  /** What was compiled: every layer of the environment merged. */
  readonly rollout: PlainRollout;
  readonly plan: Plan;
  /** `<environment>/<namespace>/<rollout>`, the folder below live/ and plan/. */
  readonly directory: string;
  /** live/…, plan/…/<state>.yaml, plan/…/plan.md, plan/…/plan.json; sorted by path. */
  readonly files: readonly OutFile[];
  /** Identities of the objects of all states, sorted: what no other rollout may hold, now or at a later step. */
  readonly claims: readonly string[];
  /** What each hop changes, in the order of `plan.hops`. */
  readonly changes: readonly HopChanges[];
  /** Versions whose pods the next sync replaces in place, as asked for; absent: none. It depends on what is committed, so no file holds it. */
  readonly replaced?: readonly Replaced[];
}

/** A `replace` hop: the pods of a version that serves change, on purpose. */
export interface Replaced {
  readonly version: string;
  /** What changes, in the words of the Rollout, sorted. */
  readonly parts: readonly string[];
}

/** Objects that a hop creates, updates and deletes, as `Kind/name`, sorted. */
export interface HopChanges {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly deleted: readonly string[];
}
