/** Every word that `--format` takes: for people, for programs, for the checks page of GitHub, and for three kinds of CI reports. */
export const FORMATS = ['text', 'json', 'github', 'sarif', 'gitlab', 'junit'] as const;

export type Format = (typeof FORMATS)[number];

/** The format where none was asked for: in a GitHub workflow, annotations (GITHUB_ACTIONS is set by every runner). */
export const defaultFormat = (env: { readonly [name: string]: string | undefined }): Format =>
  env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'text';
