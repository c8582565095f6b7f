import { didYouMean, quote } from '../diagnostics/wording.ts';
import type { RequestParts } from './request-parts.ts';

const KINDS = ['header', 'cookie', 'query', 'host'] as const;

/** A request in one text, as `GET /cart, header end-user: jason, cookie beta=1`, in its pieces; and what is wrong with it. */
export function readRequestWords(words: string): { readonly parts: RequestParts; readonly wrong: readonly string[] } {
  const pieces = piecesOf(words);
  const hasLine = kindOf(pieces[0] ?? '') === undefined;
  const [, method, path = '', rest = ''] = hasLine
    ? (/^([^/\s]+(?!\S))?\s*(\S*)\s*(.*)$/s.exec(pieces[0] ?? '') ?? [])
    : [];
  const behind = hasLine ? pieces.slice(1) : pieces;
  const of = (kind: Kind): readonly string[] =>
    behind.filter(piece => kindOf(piece) === kind).map(piece => piece.slice(kind.length).trim());
  const strange = [...(rest === '' ? [] : [rest]), ...behind.filter(piece => kindOf(piece) === undefined)];
  const parts: RequestParts = {
    ...(method === undefined ? {} : { method }),
    ...(path === '' ? {} : { path }),
    headers: [...of('header'), ...of('host').map(host => `host: ${host}`)],
    cookies: of('cookie'),
    query: of('query'),
    typed: { method: '', path: '', header: 'header ', cookie: 'cookie ' },
  };
  return { parts, wrong: strange.map(strangePiece) };
}

type Kind = (typeof KINDS)[number];

const kindOf = (piece: string): Kind | undefined => KINDS.find(kind => piece.toLowerCase().startsWith(`${kind} `));

/** Commas part the pieces; a comma within a value does not, because nothing that looks like a piece follows it. */
const piecesOf = (words: string): readonly string[] =>
  words
    .split(/,\s*(?=[a-z-]+:?\s+\S|$)/i)
    .map(piece => piece.trim())
    .filter((piece, index) => index === 0 || piece !== '');

function strangePiece(piece: string): string {
  if (kindOf(piece) !== undefined) return `--request: a comma is missing before ${quote(piece)}. ${SAMPLE}`;
  const [word = ''] = piece.split(/\s/);
  return `--request: ${quote(piece)} is no part of a request.${didYouMean(word, KINDS)} ${SAMPLE}`;
}

const SAMPLE =
  "Behind method and path come header, cookie, query or host: --request 'GET /cart, header end-user: jason, cookie beta=1'";
