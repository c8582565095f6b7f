/** How `plan` prints: a table for people, or every plan as data. */
export const PLAN_OUTPUTS = ['table', 'json', 'yaml'] as const;

export type PlanOutput = (typeof PLAN_OUTPUTS)[number];
