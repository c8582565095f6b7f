import { rule } from '../../diagnostics/rule.ts';
import { list, quote } from '../../diagnostics/wording.ts';

export const http2Port = rule<{ name: string }>('apisix/http2-port', {
  what: p => `The port ${quote(p.name)} speaks HTTP/2.`,
  why: 'APISIX asks pods by HTTP/1.1 or gRPC, and they would not understand it.',
  fix: 'Give the port `protocol: grpc` where it serves gRPC, else `protocol: http`.',
});
export const everyHost = rule<{ host: string }>('apisix/every-host', {
  what: p => `The host ${quote(p.host)} stands for every host there is.`,
  why: 'Not every APISIX takes a lone star for a host, and one that does not refuses the route.',
  fix: 'Remove `hosts`, and the route is for every host; or name them: `hosts: [shop.example.com]`.',
});
export const pathText = rule<{ path: string }>('apisix/path', {
  what: p => `The path ${quote(p.path)} cannot be compared as it is.`,
  why: 'APISIX takes ":" and "*" in a path for placeholders, and compares paths after it has decoded them and joined slashes and dots.',
  fix: "Write letters, digits and the signs -._~!$&'()+,;=@ between single slashes, or match a header.",
});
export const methodWord = rule<{ method: string; known: readonly string[] }>('apisix/method', {
  what: p => `The method ${quote(p.method)} is none that APISIX compares.`,
  why: p => `It takes one of ${list(p.known, 'or')}, whole, and refuses the route otherwise.`,
  fix: 'Write one match for each method, such as `method: GET`.',
});
export const headerName = rule<{ header: string }>('apisix/header-name', {
  what: p => `The header ${quote(p.header)} cannot be told from others.`,
  why: 'APISIX looks headers up by names in which "_" stands for "-", and drops those with other signs.',
  fix: 'Use a header of letters, digits and dashes, such as `x-canary`.',
});
export const hashName = rule<{ name: string }>('apisix/hash-name', {
  what: p => `Pods cannot be chosen by a hash of ${quote(p.name)}.`,
  why: 'APISIX refuses such a key or never sees the header, and then goes by the address of the client.',
  fix: 'Name a header of letters, digits and dashes, or a cookie of letters, digits, "-" and "_".',
});
export const longName = rule<{ name: string; most: number }>('apisix/long-name', {
  what: p => `A part of the route would be called ${quote(p.name)}, which is longer than ${p.most} characters.`,
  why: 'APISIX puts namespace, rollout and rule together into one name, and refuses the route where it is longer.',
  fix: 'Shorten the name of the rule, of the version or of the rollout.',
});

/** Every mistake that only APISIX knows. */
export const apisixMessages = [http2Port, everyHost, pathText, methodWord, headerName, hashName, longName] as const;
