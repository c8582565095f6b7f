import { rule } from '../diagnostics/rule.ts';
import { quote } from '../diagnostics/wording.ts';

export const outsideRoutePath = rule<{ path: string; route: string }>('match/outside-route-path', {
  what: p => `No path can match both ${quote(p.path)} and spec.route.path ${quote(p.route)}.`,
  why: 'route.path belongs to every rule, so this match would never get a request.',
  fix: p => `Write a path that begins with ${quote(p.route)}, or widen spec.route.path.`,
});
export const regexWithRoutePath = rule<{ route: string }>('match/regex-with-route-path', {
  what: p => `A path regex cannot be combined with spec.route.path ${quote(p.route)}.`,
  why: 'Whether the two agree cannot be decided, and providers take one condition per path.',
  fix: 'Use `prefix` or `exact` here, or remove spec.route.path and write the whole path in the regex.',
});
export const grpcAndPath = rule<undefined>('match/grpc-and-path', {
  what: () => 'A match has both `grpc` and `path`.',
  why: 'A gRPC service and method are the path of the request, so both speak about the same thing.',
  fix: 'Keep one of the two.',
});
export const headerIsCookie = rule<undefined>('match/header-cookie', {
  what: () => 'The header "cookie" is matched as a whole.',
  why: 'Clients send all their cookies in that one header, in any order, so an exact match holds for hardly anybody.',
  fix: 'Match the one cookie you mean: `cookies: { name: value }`.',
});
export const duplicateHeader = rule<{ name: string }>('match/duplicate-header', {
  what: p => `The header ${quote(p.name)} is matched twice; header names ignore case.`,
  why: 'Only one of the two conditions could be written to the route.',
  fix: 'Keep one of them.',
});
export const emptyText = rule<undefined>('match/empty-text', {
  what: () => 'The text to match is empty.',
  why: 'Providers read an empty value as "anything", as "absent" or refuse it.',
  fix: 'Write the text to match, or `{ present: true }` if any value will do.',
});
export const pathWithRewrite = rule<{ rewrite: string }>('match/path-with-rewrite', {
  what: p => `A rule matches a path of its own while spec.route.rewrite replaces paths by ${quote(p.rewrite)}.`,
  why: 'Providers replace the path that matched, so this rule would forward other paths than the default rule does.',
  fix: 'Match by header, cookie or query here, or leave paths as they are and remove spec.route.rewrite.',
});
export const cookieValue = rule<{ cookie: string; text: string }>('match/cookie-value', {
  what: p => `The cookie ${quote(p.cookie)} is compared with ${quote(p.text)}, which no cookie can hold.`,
  why: 'A semicolon, a comma or a space ends the value of a cookie (RFC 6265), so this match would never get a request.',
  fix: 'Write the value as the client sends it, percent-encoded if need be.',
});
export const cookieDot = rule<{ cookie: string; regex: string }>('match/cookie-regex-dot', {
  what: p => `${quote(p.regex)} can run past the end of the cookie ${quote(p.cookie)}.`,
  why: 'All cookies come in one header; whatever can take a semicolon goes on into the next cookie, and ^ or $ never hold inside it.',
  fix: 'Use plain characters, [a-z0-9], \\d, \\w, groups and repetitions; for any character of the value write `[^;]`.',
});

export const brokenRegex = rule<{ regex: string; reason: string }>('match/regex', {
  what: p => `${quote(p.regex)} is no regular expression that RE2 reads: ${p.reason}.`,
  why: 'Proxies match with RE2; one expression that it refuses stops the whole route from being applied.',
  fix: 'Correct the expression; RE2 has no look-around and no back-references (https://github.com/google/re2/wiki/Syntax).',
});
export const methodCase = rule<{ method: string }>('match/method-case', {
  what: p => `No request has the method ${quote(p.method)}.`,
  why: 'Methods are upper-case, and case counts (RFC 9110).',
  fix: p => `Write ${p.method.toUpperCase()}.`,
});
export const pathShape = rule<{ path: string }>('match/path-shape', {
  what: p => `No request has the path ${quote(p.path)}.`,
  why: 'A path begins with a slash, and here every character stands for itself, also a star.',
  fix: 'Begin with a slash; for everything below a path write `{ prefix: /path }`.',
});

/** Every mistake in what a rule matches. */
export const matchMessages = [
  outsideRoutePath,
  regexWithRoutePath,
  grpcAndPath,
  headerIsCookie,
  duplicateHeader,
  emptyText,
  pathWithRewrite,
  cookieValue,
  cookieDot,
  brokenRegex,
  methodCase,
  pathShape,
] as const;
