import { rule } from '../../diagnostics/rule.ts';
import { list, quote } from '../../diagnostics/wording.ts';

/** `most` is how many a Route takes. */
export const backends = rule<{ versions: readonly string[]; most: number }>('openshift/backends', {
  what: p => `${p.versions.length} versions share the traffic: ${list(p.versions)}.`,
  why: p => `A Route has one main backend and ${p.most - 1} others.`,
  fix: p => `Let at most ${p.most} versions share the traffic of a step.`,
});
export const grpcPort = rule<{ name: string }>('openshift/grpc', {
  what: p => `The port ${quote(p.name)} speaks gRPC.`,
  why: 'The router speaks HTTP/1.1 to pods unless the port says h2c, and gRPC does not work over that.',
  fix: 'Write `protocol: http2`, which is said as h2c; clients also need a certificate of your own on the Route.',
});
export const rewrite = rule<{ path: string; rewrite: string }>('openshift/rewrite', {
  what: p => `The path ${quote(p.path)} cannot be replaced by ${quote(p.rewrite)} exactly.`,
  why: 'The router puts the one in place of the other as texts, so a slash that only one of them ends with is lost or doubled.',
  fix: p => `Write \`path: ${p.path}/\`, or \`rewrite: /\`.`,
});
export const rewriteText = rule<{ text: string }>('openshift/rewrite-text', {
  what: p => `The router would not take ${quote(p.text)} as it is written.`,
  why: 'In a Route with a rewrite some characters of paths are orders to HAProxy.',
  fix: 'Use letters, digits, dots, dashes, underscores and slashes in `path` and `rewrite`.',
});

/** Every mistake that only OpenShift knows. */
export const openshiftMessages = [backends, grpcPort, rewrite, rewriteText] as const;
