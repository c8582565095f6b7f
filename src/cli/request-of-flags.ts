import type { Request } from '../traffic/evaluate.ts';
import { type ReadRequest, type RequestParts, readRequest } from './request-parts.ts';
import { readRequestWords } from './request-words.ts';
import type { TraceFlags } from './trace-options.ts';

/** The request that the flags of `trace` say. */
export function requestOfFlags({ request: words, method, path, header, cookie }: TraceFlags): ReadRequest {
  if (words === undefined)
    return readRequest({
      ...(method === undefined ? {} : { method }),
      ...(path === undefined ? {} : { path }),
      headers: header ?? [],
      cookies: cookie ?? [],
      query: [],
      typed: TYPED,
    });
  const { parts, wrong } = readRequestWords(words);
  const read = readRequest(parts);
  const all = [...wrong, ...('wrong' in read ? read.wrong : [])];
  return all.length > 0 ? { wrong: all } : read;
}

const TYPED: RequestParts['typed'] = { method: '-X ', path: '--path ', header: '-H ', cookie: '-b ' };

/** A request in one line, as `--request` takes it. */
export function requestWords({ method, path, headers, cookies, query }: Request): string {
  const pairs = Object.entries(query).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const words = [
    `${method} ${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`,
    ...Object.entries(headers).map(([name, value]) => (name === 'host' ? `host ${value}` : `header ${name}: ${value}`)),
    ...Object.entries(cookies).map(([name, value]) => `cookie ${name}=${value}`),
  ].join(', ');
  // The last comma of a text is passed over; one that belongs to a value must not be the last.
  return words.endsWith(',') ? `${words},` : words;
}
