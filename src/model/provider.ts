import type { Finding } from '../diagnostics/finding.ts';
import type { Rule as Message } from '../diagnostics/rule.ts';
import type { Capabilities } from './capabilities.ts';
import type { ProviderPart } from './frozen.ts';
import type { Immutable } from './immutable.ts';
import type { Json, KubeObject } from './kubernetes.ts';
import type { ReadLinks } from './links.ts';
import type { Plan, State, Version } from './plan.ts';
import type { Pods, Recovered } from './recovered.ts';
import type { Precedence } from './traffic.ts';

/** A fragment of JSON Schema draft-07. */
export type JsonSchema = { readonly [keyword: string]: Json };

/** One traffic technology: how it says a state, how what it says is read back, and what it can do. */
export interface Provider {
  /** The word authors write under `spec.provider`. */
  readonly name: string;
  /** What the cluster must have for it and how it splits; completes "provider: x …". */
  readonly needs: string;
  readonly capabilities: Capabilities;
  /** Schema of the settings under the provider's own key. */
  readonly options: JsonSchema;
  /** Schema of what surefoot.yaml may tell about a cluster, under `cluster.<name>`; absent: it asks for nothing. */
  readonly facts?: JsonSchema;
  /** Every mistake that only this provider knows. */
  readonly messages: readonly Message<never>[];
  /** What is well-formed and within the capabilities, and still cannot be said exactly. */
  readonly check: (plan: Plan) => readonly Finding[];
  /** Where requests come in, in the words that `recover` uses for `gateways`; empty: the provider's usual entrance. */
  readonly entrances: (plan: Plan) => readonly string[];
  /** Versions that can be called under an address of their own in a state. */
  readonly addressed: (plan: Plan, state: State) => readonly string[];
  /**
   * How it sorts what rules match, where it does not try them in the order in which they are listed. Rules that this order
   * cannot keep are refused; the emitter lists the clauses that `inOrder` gives. Absent: as listed.
   */
  readonly precedence?: Precedence;
  /** Complete routing objects of a state. Equal parts of two states are one object: `===`. */
  readonly emitter: (plan: Plan) => (state: State) => readonly KubeObject[];
  /** What the provider writes into the pods of a version besides its workload; absent: it keeps no pods. */
  readonly frozen?: (plan: Plan, version: Extract<Version, { kind: 'workload' }>) => readonly ProviderPart[];
  /** Why the cluster refuses other pods under the name of a version, a sentence; absent: it replaces them. */
  readonly irreplaceable?: string;
  /** Whether what its objects open to others may outlast them, as `Door.lasting` tells; absent: never. */
  readonly lasting?: true;
  /** Fields of its own kinds that cannot change; absent: none. */
  readonly immutable?: readonly Immutable[];
  /** Reads any set of objects back; imports nothing of the emitter and never throws. */
  readonly recover: (objects: readonly KubeObject[], pods: readonly Pods[]) => Recovered;
  /** Reads what one routing object opens to others and asks of them; imports nothing of the emitter and never throws. */
  readonly links: ReadLinks;
  /** Leaves of emitted routing objects that no request depends on. */
  readonly inert: readonly Inert[];
}

/** A leaf that may change without any request noticing. */
export interface Inert {
  /** `Kind` and a path; `*` stands for one key or index, a last `**` for all below: `Service metadata.labels.**`. */
  readonly path: string;
  readonly reason: string;
}
