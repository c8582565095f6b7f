import type { DiffOutput } from './diff-output.ts';

/** Flags of `diff` as typed; absent: not typed. */
export interface DiffFlags {
  readonly from?: string;
  readonly to?: string;
  readonly base?: string;
  readonly head?: string;
  readonly cluster?: string;
  readonly environment?: string;
  readonly text?: boolean;
  readonly exitCode?: boolean;
  readonly output: DiffOutput;
}

/** Which Rollouts are compared. */
export interface DiffScope {
  /** Rollout files or folders as typed; empty: all. */
  readonly paths: readonly string[];
  /** Absent: every environment. */
  readonly environment?: string;
}

/** What is compared with what. */
export type DiffForm =
  | { readonly kind: 'states'; readonly from?: string; readonly to?: string }
  | { readonly kind: 'commits'; readonly base: string; readonly head?: string }
  | { readonly kind: 'cluster'; readonly file: string };

export interface DiffRequest {
  readonly form: DiffForm;
  readonly scope: DiffScope;
  /** Unified text instead of words. */
  readonly text: boolean;
  readonly output: DiffOutput;
  /** Whether a difference is exit code 1. */
  readonly exitCode: boolean;
}

/** Settles which form is meant; a text says why the flags do not go together. */
export function diffRequest(flags: DiffFlags, paths: readonly string[]): DiffRequest | string {
  const { from, to, base, head, cluster, environment, text = false, exitCode = false, output } = flags;
  const isStates = from !== undefined || to !== undefined;
  if ([isStates, base !== undefined, cluster !== undefined].filter(Boolean).length > 1)
    return 'take one of: --from and --to (two states), --base (a commit), --cluster (a dump).';
  if (head !== undefined && base === undefined) return '--head names the newer commit; name the older one with --base.';
  if (text && output !== 'table') return `--text prints text; leave out -o ${output}.`;
  if (cluster !== '-' && paths.includes('-')) return 'diff reads Rollouts from files only.';
  if (paths.includes('-')) return 'standard input is the dump; name the Rollouts by their files.';
  const scope = { paths, ...(environment === undefined ? {} : { environment }) };
  return { form: formOf({ from, to, base, head, cluster }), scope, text, output, exitCode };
}

function formOf({
  from,
  to,
  base,
  head,
  cluster,
}: Record<'from' | 'to' | 'base' | 'head' | 'cluster', string | undefined>): DiffForm {
  if (base !== undefined) return { kind: 'commits', base, ...(head === undefined ? {} : { head }) };
  if (cluster !== undefined) return { kind: 'cluster', file: cluster };
  return { kind: 'states', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
