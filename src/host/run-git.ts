import { spawnSync } from 'node:child_process';
import { quote } from '../diagnostics/wording.ts';

/** What git could not do, in words for people that say what to type. */
export interface GitWrong {
  readonly wrong: string;
}

export const isWrong = (answer: object): answer is GitWrong => 'wrong' in answer;

/** Far more than the manifests of any fleet. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** Runs git without a shell; it takes no lock, runs no monitor, and looks for no path that was not asked for. */
export function git(
  root: string,
  words: readonly string[],
  input?: string,
): GitWrong | { text: string; bytes: Buffer } {
  const { error, status, stdout, stderr } = spawnSync('git', ['-C', root, '-c', 'core.fsmonitor=false', ...words], {
    input: input ?? '',
    maxBuffer: MOST_BYTES,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '0', LC_ALL: 'C' },
    windowsHide: true,
  });
  if (error !== undefined) return { wrong: couldNotRun(error) };
  if (status === 0)
    return {
      bytes: stdout,
      get text() {
        return stdout.toString('utf8');
      },
    };
  const said = stderr.toString('utf8').trim();
  if (said.includes('not a git repository'))
    return { wrong: `${quote(root)} is not in a git repository; start in a checkout, or use -C.` };
  return { wrong: `git ${words[0]} failed: ${said === '' ? `exit code ${status}` : said}` };
}

const couldNotRun = (error: NodeJS.ErrnoException): string =>
  error.code === 'ENOENT' ? 'git is not on the PATH; install it.' : `git could not be run: ${error.message}`;
