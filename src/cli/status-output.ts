/** How `status` prints: a table or a page for people, or all as data. */
export const STATUS_OUTPUTS = ['table', 'json'] as const;

export type StatusOutput = (typeof STATUS_OUTPUTS)[number];
