import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import { grpcRetries, http2Port, methodWord } from './messages.ts';

/** https://github.com/kumahq/kuma/blob/master/pkg/plugins/policies/meshhttproute/api/v1alpha1/meshhttproute.go */
const METHODS = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

/** What Kuma cannot say exactly although it has the feature. */
export function check({ ports, route, states }: Plan): readonly Finding[] {
  const at = { path: ['spec', 'ports'] };
  const rules = [...new Set(states.flatMap(state => state.rules))];
  return [
    ...ports.filter(({ protocol }) => protocol === 'http2').map(({ name }) => http2Port(at, { name })),
    ...ports
      .filter(({ protocol }) => protocol === 'grpc' && route.retries !== undefined)
      .map(({ name }) => grpcRetries({ path: ['spec', 'route', 'retries'], on: 'key' }, { name })),
    ...rules.flatMap(({ matches, origin }) =>
      matches.flatMap(({ method }) =>
        method === undefined ||
        method.kind === 'present' ||
        method.kind === 'prefix' ||
        (method.kind === 'exact' && METHODS.includes(method.value))
          ? []
          : [methodWord({ path: origin, on: 'key' }, { method: method.value })],
      ),
    ),
  ];
}
