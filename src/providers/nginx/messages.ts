import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const retired = rule<undefined>('nginx/retired', {
  severity: 'warning',
  what: () => 'ingress-nginx is retired: it has had no releases since March 2026.',
  why: 'Nobody mends it any more, holes in its security included.',
  fix: 'Plan a move to a controller that is kept up, such as one for the Gateway API (`provider: gateway-api`).',
});
export const oneHeader = rule<{ rule: string }>('nginx/one-header', {
  what: p => `The rule ${quote(p.rule)} asks for more than one header with an exact value.`,
  why: 'A canary of ingress-nginx is chosen by one value of one header.',
  fix: 'Keep one match with one header, such as `match: [{ headers: { x-canary: "1" } }]`.',
});
export const headerName = rule<{ name: string }>('nginx/header-name', {
  what: p => `nginx sees no header called ${quote(p.name)}.`,
  why: 'It drops headers whose names hold anything but letters, digits and hyphens, so the rule would match nobody.',
  fix: p => `Let the callers send \`${p.name.replace(/[^a-z0-9]+/g, '-')}\`, and match that.`,
});
export const headerValue = rule<{ value: string }>('nginx/header-value', {
  what: p => `The value ${quote(p.value)} holds characters that ingress-nginx refuses in an annotation.`,
  why: 'It would leave the header out, and the rule would match nobody.',
  fix: 'Use letters, digits and - . _ ~ / : only.',
});
export const ruleToMain = rule<{ rule: string; main: string }>('nginx/rule-to-main', {
  what: p => `The rule ${quote(p.rule)} leads to ${quote(p.main)}, which is the main version of the step.`,
  why: 'The header of a canary leads to the canary, and nothing leads to the main version alone.',
  fix: 'Let the rule lead to the other version, or remove it.',
});
export const thirdVersion = rule<{ rule: string; version: string; canary: string }>('nginx/third-version', {
  what: p =>
    `The rule ${quote(p.rule)} leads to ${quote(p.version)}, and the step gives requests to ${quote(p.canary)} too.`,
  why: 'ingress-nginx has one canary beside the main version.',
  fix: p => `Let the rule lead to ${quote(p.canary)}, or give all other requests to one version.`,
});
export const pathCharacter = rule<{ path: string }>('nginx/path-character', {
  what: p => `The path ${quote(p.path)} holds characters that ingress-nginx refuses in a path.`,
  why: 'Its webhook takes letters, digits and - . _ / only, so the agent could not apply the Ingress.',
  fix: 'Write route.path with those characters only.',
});
export const badHost = rule<{ host: string }>('nginx/host', {
  what: p => `${quote(p.host)} is no host of an Ingress.`,
  why: 'Kubernetes takes a name in lower case, or one whose first part is `*`.',
  fix: 'Write a name such as `shop.example.com` or `*.example.com`; without `hosts` the route is for every host.',
});
export const http2 = rule<{ port: string }>('nginx/http2', {
  what: p => `The port ${quote(p.port)} speaks HTTP/2.`,
  why: 'nginx speaks HTTP/1.1 to pods, and HTTP/2 only for gRPC.',
  fix: 'Set `protocol: http`, or `grpc` where it is gRPC.',
});
export const tlsNeedsHosts = rule<undefined>('nginx/tls-needs-hosts', {
  what: () => 'spec.nginx.tlsSecret is set, and the route has no hosts.',
  why: 'A certificate is used for the hosts that are listed beside it.',
  fix: 'List the hosts: `hosts: [shop.example.com]`.',
});
export const hashName = rule<{ name: string }>('nginx/hash-name', {
  what: p => `nginx has no variable for the name ${quote(p.name)}.`,
  why: 'It writes names of headers and cookies as variables, which hold letters, digits and underscores only.',
  fix: 'Choose a header of letters, digits and hyphens, or a cookie of letters, digits and underscores.',
});
export const twoMoves = rule<{ from: string; to: string; version: string }>('nginx/two-moves', {
  what: p =>
    `Between ${quote(p.from)} and ${quote(p.to)} the main version and the canary both change, and in between ${quote(p.version)} could get a share that it has in neither.`,
  why: 'They are two Ingresses, and agents update them in any order.',
  fix: 'Put a step in between that gives all requests to one version.',
});

/** Every mistake that only ingress-nginx knows. */
export const nginxMessages = [
  ...[retired, oneHeader, headerName, headerValue, ruleToMain, thirdVersion, pathCharacter, badHost, http2],
  ...[tlsNeedsHosts, hashName, twoMoves],
] as const;
