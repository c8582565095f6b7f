import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const everyHost = rule<{ host: string }>('contour/every-host', {
  what: p => `The host ${quote(p.host)} stands for every host there is.`,
  why: 'An HTTPProxy is for one host, or for those that differ in their first part.',
  fix: 'Name the hosts: `hosts: [shop.example.com]`.',
});
export const rewriteOfPath = rule<{ path: string }>('contour/rewrite-of-path', {
  what: p => `The route replaces the beginning of paths, and is for ${quote(p.path)} only.`,
  why: 'Contour replaces prefixes of characters alone, so it would take paths that merely begin alike, and change them.',
  fix: 'Remove route.path, or remove route.rewrite and let the application answer under this path.',
});
export const pathRegex = rule<{ regex: string }>('contour/path-regex', {
  what: p => `The expression ${quote(p.regex)} for a path does not begin with a slash.`,
  why: 'Contour refuses the whole HTTPProxy, and no request of the host would find a route.',
  fix: 'Begin it with the slash with which every path begins: `/.*` for any path.',
});
export const doubleSlash = rule<{ path: string }>('contour/double-slash', {
  what: p => `The path ${quote(p.path)} has two slashes in a row.`,
  why: 'Contour makes one of them, so it would match other paths than these.',
  fix: 'Write one slash; in an expression, `/[/]` means two.',
});
export const parametersAlike = rule<{ name: string }>('contour/parameters-alike', {
  what: p => `Another parameter of this match is called ${quote(p.name)} but for capitals.`,
  why: 'Contour takes them for the same one twice, and refuses the whole HTTPProxy.',
  fix: 'Keep one of the two.',
});
export const foreignLimits = rule<{ version: string; service: string }>('contour/limits-of-foreign-service', {
  what: p => `Version ${quote(p.version)} is the Service ${quote(p.service)}, which is not emitted here.`,
  why: 'Contour reads the limits of spec.route.circuitBreaker from annotations of that Service.',
  fix: 'Remove spec.route.circuitBreaker, and let the owner of the Service annotate it with projectcontour.io/max-connections.',
});

/** Every mistake that only Contour knows. */
export const contourMessages = [
  everyHost,
  rewriteOfPath,
  pathRegex,
  doubleSlash,
  parametersAlike,
  foreignLimits,
] as const;
