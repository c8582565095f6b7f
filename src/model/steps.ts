import type { FaultSpec, MatchSpec, PercentSpec, RuleSpec } from './rollout.ts';

/** A step, or a shorthand that expands to steps: exactly one of the five. */
export type StepSpec =
  | PlainStepSpec
  | { readonly canary: CanarySpec }
  | { readonly blueGreen: BlueGreenSpec }
  | { readonly abTest: AbTestSpec }
  | { readonly shadow: ShadowSpec };

export interface PlainStepSpec {
  readonly name: string;
  /** Totals 100. A version at 0 runs, and can be called under its own address where the provider has one. */
  readonly traffic: PercentSpec;
  readonly mirror?: PercentSpec;
  /** Names of `spec.rules`, or rules written here. */
  readonly rules?: readonly (string | InlineRuleSpec)[];
  readonly fault?: FaultSpec;
  readonly pause?: string;
}

export interface InlineRuleSpec extends RuleSpec {
  readonly name: string;
}

/** One step per weight, `canary-1`, `canary-5`, …: `to` gets the weight, the version that had 100 % keeps the rest. */
export interface CanarySpec {
  readonly to: string;
  readonly weights: readonly number[];
  readonly pause?: string;
  readonly rules?: readonly (string | InlineRuleSpec)[];
  /** First part of the steps' names; absent: `canary`. */
  readonly name?: string;
}

/** A step `preview` with `to` at 0 % (unless `preview: false`), then a step `switch` with `to` at 100 %. */
export interface BlueGreenSpec {
  readonly to: string;
  readonly preview?: boolean;
  /** Who sees `to` during the preview. */
  readonly rules?: readonly (string | InlineRuleSpec)[];
  /** After the preview. */
  readonly pause?: string;
  /** Put before the names of the two steps, with a dash; absent: nothing. */
  readonly name?: string;
}

/** One step `ab-test`: requests that match go to `to`, all others stay. */
export interface AbTestSpec {
  readonly to: string;
  readonly match: readonly MatchSpec[];
  readonly pause?: string;
  readonly name?: string;
}

/** One step `shadow`: `to` gets copies of `percent` of the requests, its answers are dropped. */
export interface ShadowSpec {
  readonly to: string;
  /** Absent: 100. */
  readonly percent?: number;
  readonly pause?: string;
  readonly name?: string;
}
