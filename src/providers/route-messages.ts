import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';

/** What a provider that writes routes of the Gateway API refuses, in its name: `gateway-api/too-many`. */
export const routeMessages = (provider: string) => ({
  tooMany: rule<{ what: string; count: number; most: number; fix: string }>(`${provider}/too-many`, {
    what: p => `The route would have ${p.count} ${p.what}, and it may have ${p.most}.`,
    why: 'The cluster refuses a route of the Gateway API that has more.',
    fix: p => p.fix,
  }),
  path: rule<{ path: string; reason: string }>(`${provider}/path`, {
    what: p => `The path ${quote(p.path)} cannot be matched: it ${p.reason}.`,
    why: 'A route of the Gateway API takes plain paths, whole or by their first segments; where a regular expression over the path ranks among them, each implementation decides for itself.',
    fix: 'Write the path in plain characters, as in `path: /cart` or `path: { prefix: /cart }`, or match a header.',
  }),
  method: rule<{ method: string; known: readonly string[] }>(`${provider}/method`, {
    what: p => `The method ${quote(p.method)} cannot be matched.`,
    why: p => `A route of the Gateway API takes one of ${list(p.known, 'or')}, whole.`,
    fix: 'Name one of these methods; for several of them write one match for each.',
  }),
  text: rule<{ part: string; name: string; reason: string }>(`${provider}/text`, {
    what: p => `The condition on the ${p.part} ${quote(p.name)} cannot be written: ${p.reason}.`,
    why: 'The cluster would refuse the route.',
    fix: 'Shorten the text, or match the part of it that tells these requests apart by `regex`.',
  }),
  grpcRoute: rule<{ what: string; port: string }>(`${provider}/grpc-route`, {
    what: p => `The port ${quote(p.port)} speaks gRPC, and a GRPCRoute has no ${p.what}.`,
    why: 'An HTTPRoute beside it would not help: of two routes for one host only the older one counts.',
    fix: 'Remove it; or write `protocol: http2` for the port, and an HTTPRoute carries the same requests.',
  }),
  grpcService: rule<{ service: string }>(`${provider}/grpc-service`, {
    what: p => `All methods of the gRPC service ${quote(p.service)} cannot be matched in an HTTPRoute.`,
    why: 'Its prefixes go by whole segments, so the path of the service itself would match too.',
    fix: 'Write `protocol: grpc` for the port, and a GRPCRoute is written; or name the methods.',
  }),
});

/** Messages of one provider. */
export type RouteMessages = ReturnType<typeof routeMessages>;
