import type { Reporter } from './report.ts';

/** For machines: one document with every field of the diagnostics. */
export const reportJson: Reporter = ({ diagnostics, facts }) =>
  `${JSON.stringify({ diagnostics, ...facts }, null, 2)}\n`;
