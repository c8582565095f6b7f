/** One request to the API of a site. */
export interface RestCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  /** Sent as JSON; absent: nothing is. */
  readonly body?: object;
}

/** What came back, whatever its status; or why nothing did, words that hold no header and no token. */
export type RestAnswer = { readonly status: number; readonly header: HeaderOf; readonly json: unknown } | Unreached;

export interface Unreached {
  readonly unreached: string;
}

/** Value of a header of the answer; empty where it is absent. */
export type HeaderOf = (name: string) => string;

/** Milliseconds. */
const PATIENCE = 20_000;

/** Far more than a page of comments. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Asks once. A redirect is refused: it would carry the token to another place. */
export async function callRest({ method, url, headers, body }: RestCall, patience = PATIENCE): Promise<RestAnswer> {
  try {
    const answer = await fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
      headers: { accept: 'application/json', ...headers, ...(body === undefined ? {} : JSON_BODY) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await readText(answer);
    if (text === undefined) return { unreached: `${hostOf(url)} sent more than ${MOST_BYTES} bytes` };
    return { status: answer.status, header: name => answer.headers.get(name) ?? '', json: jsonOf(text) };
  } catch (error) {
    return { unreached: `${hostOf(url)} ${whyOf(error, patience)}` };
  }
}

const JSON_BODY = { 'content-type': 'application/json' };

const hostOf = (url: string): string => new URL(url).host;

/** Undefined: it is too long. */
async function readText({ body }: Response): Promise<string | undefined> {
  if (body === null) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch` hides the reason in its cause: https://nodejs.org/api/globals.html#fetch */
function whyOf(error: unknown, patience: number): string {
  if (!(error instanceof Error)) return 'could not be asked';
  if (error.name === 'TimeoutError') return `did not answer within ${patience / 1000} s`;
  const { cause } = error;
  if (cause instanceof Error && cause.message === 'unexpected redirect')
    return 'sends elsewhere, which is not followed';
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return `could not be reached${code === undefined ? '' : `: ${code}`}`;
}
