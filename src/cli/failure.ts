import { isSystemError } from '../host/system-error.ts';
import { visible } from '../layout/visible.ts';
import { type ExitCode, tell } from './terminal.ts';

/** Explains what was thrown: the system refused something, or Surefoot has a bug. The stack only where asked for. */
export function tellFailure(error: unknown, env: { readonly SUREFOOT_DEBUG?: string | undefined }): ExitCode {
  tell(failureText(error, env.SUREFOOT_DEBUG === '1'));
  return 2;
}

/** The words for a thrown thing. */
export function failureText(error: unknown, withStack: boolean): string {
  const message = visible(error instanceof Error ? error.message : String(error));
  const stack = withStack && error instanceof Error ? `${linesOf(error.stack ?? '')}\n` : '';
  if (isSystemError(error)) return `error: the system refused: ${message}\n${stack}`;
  return [
    `error: this is a bug in surefoot, not a mistake of yours: ${message}`,
    'Report it with this message, the command, `surefoot --version` and the Rollout, if it may be shown.',
    withStack ? stack.trimEnd() : 'SUREFOOT_DEBUG=1 prints where it happened.',
    '',
  ].join('\n');
}

const linesOf = (text: string): string => text.split('\n').map(visible).join('\n');
