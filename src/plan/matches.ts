import type { Path } from '../diagnostics/finding.ts';
import { naturally } from '../model/order.ts';
import type { MatchSpec, TextSpec } from '../model/rollout.ts';
import type { Match, NamedMatch, TextMatch } from '../model/traffic.ts';
import { bothPaths, segmentPrefix } from '../traffic/path.ts';
import { regexFault, staysInCookie } from '../traffic/regex.ts';
import {
  brokenRegex,
  cookieDot,
  cookieValue,
  duplicateHeader,
  emptyText,
  grpcAndPath,
  headerIsCookie,
  methodCase,
  outsideRoutePath,
  pathShape,
  regexWithRoutePath,
} from './match-messages.ts';
import type { Report } from './report.ts';

type Condition = TextMatch | undefined;
const EVERYTHING: Match = { headers: [], cookies: [], query: [] };

/** The matches of requests that reach a rule without conditions of its own: those of `route.path`. */
export function routeMatches(routePath: string): readonly Match[] {
  return segmentPrefix(routePath).flatMap(path => (path === undefined ? [] : [{ ...EVERYTHING, path }]));
}

/**
 * Lowers the matches of one rule to conditions in plain characters, `route.path` included.
 * A prefix becomes two alternatives, the path itself and everything below it.
 */
export function lowerMatches(
  specs: readonly MatchSpec[],
  routePath: string,
  origin: Path,
  report: Report,
): readonly Match[] {
  return specs.flatMap((spec, index) => lowerMatch(spec, routePath, [...origin, index], report));
}

function lowerMatch(spec: MatchSpec, routePath: string, origin: Path, report: Report): readonly Match[] {
  const base = {
    ...lowerMethod(spec.method, [...origin, 'method'], report),
    headers: lowerHeaders(spec.headers ?? {}, [...origin, 'headers'], report),
    cookies: lowerCookies(spec.cookies ?? {}, [...origin, 'cookies'], report),
    query: lowerNamed(spec.query ?? {}, [...origin, 'query'], report),
  };
  const found: Match[] = [];
  for (const path of lowerPath(spec, routePath, origin, report)) {
    found.push(path === undefined ? base : { path, ...base });
  }
  return found;
}

function lowerPath(spec: MatchSpec, routePath: string, origin: Path, report: Report): readonly Condition[] {
  if (spec.grpc !== undefined && spec.path !== undefined)
    report(grpcAndPath({ path: [...origin, 'grpc'], on: 'key' }, undefined));
  const own = ownPaths(spec, origin, report);
  const combined = own.flatMap(a => segmentPrefix(routePath).map(b => bothPaths(a, b)));
  const at: Path = [...origin, spec.grpc === undefined ? 'path' : 'grpc'];
  if (combined.includes('unknown')) report(regexWithRoutePath({ path: at }, { route: routePath }));
  const left = combined.filter((c): c is Condition => c !== 'none' && c !== 'unknown');
  if (left.length === 0 && !combined.includes('unknown')) {
    report(
      outsideRoutePath(
        { path: at },
        {
          path: own.map(c => (c === undefined || c.kind === 'present' ? '/' : c.value))[0]!,
          route: routePath,
        },
      ),
    );
  }
  return [...new Map(left.map(c => [JSON.stringify(c) ?? '', c])).values()];
}

function ownPaths(spec: MatchSpec, origin: Path, report: Report): readonly Condition[] {
  if (spec.grpc !== undefined) {
    const { service, method } = spec.grpc;
    return [
      method === undefined
        ? { kind: 'prefix', value: `/${service}/` }
        : { kind: 'exact', value: `/${service}/${method}` },
    ];
  }
  if (spec.path === undefined) return [undefined];
  const text = lowerText(spec.path, [...origin, 'path'], report);
  if (text.kind === 'present') return [undefined];
  if (text.kind !== 'regex' && text.value !== '' && !/^\/[^*]*$/.test(text.value)) {
    report(pathShape({ path: [...origin, 'path'] }, { path: text.value }));
  }
  return text.kind === 'prefix' ? segmentPrefix(text.value) : [text];
}

/** Every request has a method, so that one is present says nothing. */
function lowerMethod(spec: TextSpec | undefined, origin: Path, report: Report): { readonly method?: TextMatch } {
  if (spec === undefined) return {};
  const method = lowerText(spec, origin, report);
  if (method.kind === 'present') return {};
  if (method.kind !== 'regex' && /[a-z]/.test(method.value))
    report(methodCase({ path: origin }, { method: method.value }));
  return { method };
}

function lowerHeaders(
  specs: { readonly [name: string]: TextSpec },
  origin: Path,
  report: Report,
): readonly NamedMatch[] {
  const seen = new Set<string>();
  for (const name of Object.keys(specs)) {
    const lower = name.toLowerCase();
    if (seen.has(lower)) report(duplicateHeader({ path: [...origin, name], on: 'key' }, { name: lower }));
    if (lower === 'cookie') report(headerIsCookie({ path: [...origin, name], on: 'key' }, undefined));
    seen.add(lower);
  }
  return lowerNamed(specs, origin, report)
    .map(({ name, text }) => ({ name: name.toLowerCase(), text }))
    .sort(byName);
}

function lowerCookies(
  specs: { readonly [name: string]: TextSpec },
  origin: Path,
  report: Report,
): readonly NamedMatch[] {
  const cookies = lowerNamed(specs, origin, report);
  for (const { name: cookie, text } of cookies) {
    const at = { path: [...origin, cookie] };
    if (text.kind === 'regex' && !staysInCookie(text.value)) report(cookieDot(at, { cookie, regex: text.value }));
    if ((text.kind === 'exact' || text.kind === 'prefix') && /[;,\s]/.test(text.value)) {
      report(cookieValue(at, { cookie, text: text.value }));
    }
  }
  return cookies;
}

function lowerNamed(specs: { readonly [name: string]: TextSpec }, origin: Path, report: Report): readonly NamedMatch[] {
  return Object.entries(specs)
    .map(([name, spec]) => ({
      name,
      text: lowerText(spec, [...origin, name], report),
    }))
    .sort(byName);
}

const byName = (a: NamedMatch, b: NamedMatch): number => naturally(a.name, b.name);

function lowerText(spec: TextSpec, origin: Path, report: Report): TextMatch {
  const text = readText(spec);
  if (text.kind !== 'present' && text.value === '') report(emptyText({ path: origin }, undefined));
  const reason = text.kind === 'regex' ? regexFault(text.value) : undefined;
  if (text.kind === 'regex' && reason !== undefined)
    report(brokenRegex({ path: origin }, { regex: text.value, reason }));
  return text;
}

function readText(spec: TextSpec): TextMatch {
  if (typeof spec === 'string') return { kind: 'exact', value: spec };
  if ('exact' in spec) return { kind: 'exact', value: spec.exact };
  if ('prefix' in spec) return { kind: 'prefix', value: spec.prefix };
  if ('regex' in spec) return { kind: 'regex', value: spec.regex };
  return { kind: 'present' };
}
