import type { Format } from './formats.ts';
import { reportGithub } from './github.ts';
import { reportGitlab } from './gitlab.ts';
import { reportJson } from './json.ts';
import { reportJunit } from './junit.ts';
import type { Reporter } from './report.ts';
import { reportSarif } from './sarif.ts';
import { reportText } from './text.ts';

/** What each word of `--format` stands for. */
export const REPORTERS: { readonly [format in Format]: Reporter } = {
  text: reportText,
  json: reportJson,
  github: reportGithub,
  sarif: reportSarif,
  gitlab: reportGitlab,
  junit: reportJunit,
};
