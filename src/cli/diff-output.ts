/** How `diff` prints: words for people, or every difference as data. */
export const DIFF_OUTPUTS = ['table', 'json'] as const;

export type DiffOutput = (typeof DIFF_OUTPUTS)[number];
