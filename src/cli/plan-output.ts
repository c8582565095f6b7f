/** How `plan` prints: a table for people, or every plan as data. */
export const PLAN_OUTPUTS = ['table', 'json', 'yaml'] as const;

export type PlanOutput = (typeof PLAN_OUTPUTS)[number];

/** The options of `plan`, as typed. */
export interface PlanFlags {
  readonly output: PlanOutput;
  readonly flat?: boolean;
  readonly skips?: boolean;
}
