import { type PrometheusAnswer, readPrometheusAnswer } from '../gate/prometheus-answer.ts';
import { type PrometheusQuestion, prometheusQuestion } from '../gate/prometheus-question.ts';
import { absent, failed, type Testimony } from '../gate/testimony.ts';
import type { ObserveRequest, Witness } from './observe.ts';
import type { PrometheusAccess } from './prometheus-access.ts';
import { isSystemError } from './system-error.ts';

/** Requests are looked for over so many milliseconds at least, or over the poll interval where that is longer. */
const LEAST_WINDOW = 300_000;

/** In bytes; one number is asked for at a time. */
const LONGEST_ANSWER = 1024 * 1024;

/** Asks a Prometheus for numbers. */
export function prometheusWitness({ stand, prometheus, pollInterval, timeout }: ObserveRequest): Witness {
  return async obligation => {
    if (prometheus === undefined) return absent('no Prometheus is configured');
    const question = prometheusQuestion(obligation, stand, Math.max(LEAST_WINDOW, pollInterval));
    if (!('queries' in question)) return question;
    return 'wrong' in prometheus ? failed(prometheus.wrong) : answerTo(question, prometheus, timeout);
  };
}

async function answerTo(
  { queries, judge }: PrometheusQuestion,
  access: PrometheusAccess,
  timeout: number,
): Promise<Testimony> {
  const address = addressOf(access.url);
  if ('wrong' in address) return failed(address.wrong);
  const answers = await Promise.all(queries.map(query => ask(address.url, access, query, timeout)));
  const wrong = answers.find(answer => 'wrong' in answer);
  if (wrong !== undefined && 'wrong' in wrong)
    return failed(
      `the Prometheus at ${address.shown} could not tell: ${wrong.wrong}; take the word of another one with --observe kubectl or --observe history`,
    );
  return judge(answers.map(answer => ('wrong' in answer ? undefined : answer.value)));
}

/** Credentials within an address would be shown with it, and are not sent. */
function addressOf(text: string): { readonly url: URL; readonly shown: string } | { readonly wrong: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return { wrong: 'the address of Prometheus is none: write https://prometheus.example.com' };
  if (url.username + url.password + url.search + url.hash !== '')
    return {
      wrong:
        'the address of Prometheus holds more than a host and a path; put credentials into SUREFOOT_PROMETHEUS_TOKEN, or SUREFOOT_PROMETHEUS_USER and SUREFOOT_PROMETHEUS_PASSWORD',
    };
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/query`;
  return { url, shown: url.host };
}

/** What the server says of a request that it refuses is not repeated: it may repeat what it was sent. */
async function ask(url: URL, { headers }: PrometheusAccess, query: string, timeout: number): Promise<PrometheusAnswer> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ query }),
      headers: { ...headers, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    const text = answer.ok ? await textOf(answer) : undefined;
    if (!answer.ok) await answer.body?.cancel();
    if (text !== undefined) return readPrometheusAnswer(text);
    return { wrong: answer.ok ? 'its answer is too long' : statusWords(answer.status) };
  } catch (error) {
    return { wrong: reasonOf(error, timeout) };
  }
}

const statusWords = (status: number): string =>
  status === 401 || status === 403
    ? `it refused with ${status}; set SUREFOOT_PROMETHEUS_TOKEN, or SUREFOOT_PROMETHEUS_USER and SUREFOOT_PROMETHEUS_PASSWORD`
    : `it answered with ${status}`;

/** Undefined: it is longer than any answer. */
async function textOf({ body }: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += (part as Uint8Array).byteLength;
    if (size > LONGEST_ANSWER) return undefined;
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Messages of fetch may hold headers; codes do not. */
function reasonOf(error: unknown, timeout: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return `it took longer than ${timeout / 1000} s`;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return `it cannot be reached, ${cause.code}`;
  if (cause instanceof Error && cause.message === 'unexpected redirect')
    return 'it leads elsewhere; write the address to which it leads';
  return isSystemError(error) ? `it cannot be reached, ${error.code}` : 'it cannot be reached';
}
