import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A comment as the site keeps it. */
export interface Kept {
  readonly id: number;
  readonly author: string;
  text: string;
}

export interface Site {
  /** Address of its API. */
  readonly api: string;
  readonly comments: Kept[];
  /** `METHOD /path?query` of everything that was asked. */
  readonly asked: string[];
}

export interface SiteRules {
  readonly kind: 'github' | 'gitlab';
  readonly token: string;
  /** Whose token it is. */
  readonly login: string;
  /** Whether the token may ask who it is; those of workflows may not. */
  readonly knowsSelf?: boolean;
  readonly readOnly?: boolean;
  readonly comments?: readonly { readonly author: string; readonly text: string }[];
  /** Comments on a page, however many are asked for. */
  readonly pageSize?: number;
}

/** A small server that answers as the API of the site does about pull request 7 of acme/shop, or merge request 7 of project 42. */
export async function startSite(rules: SiteRules): Promise<Site> {
  const comments = (rules.comments ?? []).map((one, i): Kept => ({ id: 100 + i, ...one }));
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const body = await bodyOf(request);
    answer({ rules, comments, request, body, response });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, comments, asked };
}

interface Exchange {
  readonly rules: SiteRules;
  readonly comments: Kept[];
  readonly request: IncomingMessage;
  readonly body: string;
  readonly response: ServerResponse;
}

const PATHS = {
  github: {
    list: '/api/repos/acme/shop/issues/7/comments',
    one: /^\/api\/repos\/acme\/shop\/issues\/comments\/(\d+)$/,
  },
  gitlab: {
    list: '/api/projects/42/merge_requests/7/notes',
    one: /^\/api\/projects\/42\/merge_requests\/7\/notes\/(\d+)$/,
  },
};

function answer({ rules, comments, request, body, response }: Exchange): undefined {
  const url = new URL(request.url ?? '/', 'http://site');
  const { list, one } = PATHS[rules.kind];
  const isKnown =
    rules.kind === 'github'
      ? request.headers.authorization === `Bearer ${rules.token}`
      : request.headers['private-token'] === rules.token;
  if (!isKnown) return send(response, 401, { message: `Bad credentials ${JSON.stringify(request.headers)}` });
  if (url.pathname === '/api/user')
    return rules.knowsSelf === true
      ? send(response, 200, { login: rules.login, username: rules.login })
      : send(response, 403, { message: 'Resource not accessible by integration' });
  const isWrite = request.method !== 'GET';
  if (isWrite && rules.readOnly === true)
    return send(response, 403, { message: 'Resource not accessible by integration' });
  const text = isWrite ? (JSON.parse(body) as { body: string }).body : '';
  if (isWrite && text.length > (rules.kind === 'github' ? 65_536 : 1_000_000))
    return send(response, 422, { message: 'Validation Failed' });
  if (url.pathname === list && request.method === 'POST') {
    const kept = { id: 100 + comments.length, author: rules.login, text };
    comments.push(kept);
    return send(response, 201, shown(kept));
  }
  if (url.pathname === list) return sendPage(response, url, comments, rules);
  const [, id] = one.exec(url.pathname) ?? [];
  const kept = comments.find(comment => comment.id === Number(id));
  const method = rules.kind === 'github' ? 'PATCH' : 'PUT';
  if (kept === undefined || request.method !== method) return send(response, 404, { message: 'Not Found' });
  kept.text = text;
  return send(response, 200, shown(kept));
}

function sendPage(
  response: ServerResponse,
  url: URL,
  comments: readonly Kept[],
  { pageSize, kind }: SiteRules,
): undefined {
  const size = Math.min(pageSize ?? 100, Number(url.searchParams.get('per_page') ?? 30));
  const page = Number(url.searchParams.get('page') ?? 1);
  const more = comments.length > page * size;
  if (kind === 'github' && more)
    response.setHeader('link', `<${url}&page=${page + 1}>; rel="next", <${url}>; rel="last"`);
  if (kind === 'gitlab') response.setHeader('x-next-page', more ? page + 1 : '');
  return send(response, 200, comments.slice((page - 1) * size, page * size).map(shown));
}

const shown = ({ id, author, text }: Kept): object => ({
  ...{ id, body: text.replaceAll('\n', '\r\n'), system: false },
  user: { login: author, type: author.endsWith('[bot]') ? 'Bot' : 'User' },
  author: { username: author },
});

function send(response: ServerResponse, status: number, body: object): undefined {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
