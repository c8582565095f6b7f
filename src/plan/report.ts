import type { Finding } from '../diagnostics/finding.ts';

/** Takes findings while a Rollout is planned; planning goes on, so that all mistakes are told at once. */
export type Report = (finding: Finding) => void;
