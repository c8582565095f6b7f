import { reportJson } from './json.ts';
import type { Reporter } from './report.ts';
import { reportText } from './text.ts';

/** Every word that `--format` takes. */
export const REPORTERS = { text: reportText, json: reportJson } as const satisfies {
  readonly [format: string]: Reporter;
};

export type Format = keyof typeof REPORTERS;
