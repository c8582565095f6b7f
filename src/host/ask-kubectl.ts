import { execFile } from 'node:child_process';
import { type KubectlQuestion, type KubectlRun, kubectlQuestion } from '../gate/kubectl-question.ts';
import { absent, failed, type Testimony } from '../gate/testimony.ts';
import { visible } from '../layout/visible.ts';
import type { ObserveRequest, Witness } from './observe.ts';

/** What a run of kubectl printed, or why it failed. */
type Said = { readonly text: string } | { readonly wrong: string; readonly isAbsent: boolean };

/** Far more than the objects of one Rollout. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Asks a cluster with the user's own kubectl, which only reads. The context is found out once, and only where somebody asks. */
export function kubectlWitness({ stand, step, kubeContext, timeout }: ObserveRequest): Witness {
  let context: Promise<string | Testimony> | undefined;
  return async obligation => {
    const question = kubectlQuestion(obligation, stand, step);
    if (!('runs' in question)) return question;
    context ??= contextOf(kubeContext, timeout);
    const name = await context;
    return typeof name === 'string' ? answerTo(question, name, timeout) : name;
  };
}

/** What is named must be there; where nothing is named, a machine without kubectl or a cluster is none to ask. */
async function contextOf(named: string | undefined, timeout: number): Promise<string | Testimony> {
  if (named !== undefined) return named;
  const said = await kubectl(['config', 'current-context'], timeout);
  if ('text' in said) return said.text.trim();
  if (said.isAbsent) return absent('kubectl is not on the PATH');
  return said.wrong.includes('current-context is not set')
    ? absent('kubectl has no current context')
    : unreachable(said.wrong);
}

async function answerTo({ runs, judge }: KubectlQuestion, context: string, timeout: number): Promise<Testimony> {
  const answers = await Promise.all(runs.map(run => kubectl(wordsOf(run, context, timeout), timeout, run.input)));
  const wrong = answers.find((answer, i) => 'wrong' in answer && runs[i]?.isOptional !== true);
  if (wrong !== undefined && 'wrong' in wrong) return unreachable(`context ${context}: ${wrong.wrong}`);
  return judge(
    answers.map(answer => ('text' in answer ? answer.text : undefined)),
    visible(context),
  );
}

const wordsOf = ({ words }: KubectlRun, context: string, timeout: number): readonly string[] => [
  ...['get', ...words, '--output', 'json'],
  ...[`--context=${context}`, `--request-timeout=${Math.max(1, Math.ceil(timeout / 1000))}s`],
];

const unreachable = (why: string): Testimony =>
  failed(`kubectl could not tell, ${visible(why)}; take the word of another one with --observe history`);

/** Runs kubectl without a shell; one that asks for anything waits for nobody. */
function kubectl(words: readonly string[], timeout: number, input?: string): Promise<Said> {
  return new Promise(resolve => {
    const options = { timeout, maxBuffer: MOST_BYTES, windowsHide: true, killSignal: 'SIGKILL' } as const;
    const child = execFile('kubectl', words, options, (error, stdout, stderr) => {
      if (error === null) return resolve({ text: stdout });
      const isAbsent = 'code' in error && (error.code as unknown) === 'ENOENT';
      resolve({ wrong: isAbsent ? 'it is not on the PATH' : reasonOf(error, stderr, timeout), isAbsent });
    });
    // One that ends early closes what it was to read.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

/** The last line says what went wrong; those before it are warnings of what was tried. */
function reasonOf(error: Error & { readonly killed?: boolean }, stderr: string, timeout: number): string {
  if (error.killed === true) return `it took longer than ${timeout / 1000} s`;
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return line === '' ? 'it failed without a word' : line.slice(0, 300);
}
