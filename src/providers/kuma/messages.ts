import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const http2Port = rule<{ name: string }>('kuma/http2-port', {
  what: p => `The port ${quote(p.name)} speaks HTTP/2.`,
  why: 'Kuma does not know the word that Kubernetes has for it, and would take the port for TCP and leave the route out.',
  fix: 'Give the port `protocol: grpc` where it serves gRPC, else `protocol: http`.',
});
export const grpcRetries = rule<{ name: string }>('kuma/grpc-retries', {
  what: p => `The route has retries, and the port ${quote(p.name)} serves gRPC.`,
  why: 'For gRPC Kuma goes by the codes of its answers, and none of the reasons of spec.route.retries is one.',
  fix: 'Remove spec.route.retries, and let clients retry.',
});
export const methodWord = rule<{ method: string }>('kuma/method', {
  what: p => `The method ${quote(p.method)} is none that Kuma compares.`,
  why: 'It takes one of the methods of HTTP, whole, and refuses the route otherwise.',
  fix: 'Write one match for each method, such as `method: GET`.',
});

/** Every mistake that only Kuma knows. */
export const kumaMessages = [http2Port, grpcRetries, methodWord] as const;
