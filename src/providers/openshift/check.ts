import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import { backends, grpcPort, rewrite, rewriteText } from './messages.ts';
import { routePath } from './route-path.ts';

/** What a Route cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] => [
  ...checkBackends(plan),
  ...checkPorts(plan),
  ...checkRewrite(plan),
];

/** https://github.com/openshift/api/blob/master/route/v1/types.go */
const MOST_BACKENDS = 4;

const checkBackends = ({ states }: Plan): readonly Finding[] =>
  [...new Set(states.flatMap(({ rules }) => rules))]
    .filter(({ split }) => split.length > MOST_BACKENDS)
    .map(({ origin, split }) =>
      backends({ path: origin, on: 'key' }, { versions: split.map(({ version }) => version), most: MOST_BACKENDS }),
    );

const checkPorts = ({ ports }: Plan): readonly Finding[] =>
  ports.flatMap(({ name, protocol }, i) =>
    protocol === 'grpc' ? [grpcPort({ path: ['spec', 'ports', i] }, { name })] : [],
  );

/** https://github.com/openshift/router/blob/master/images/router/haproxy/conf/haproxy-config.template (rewrite-target) */
function checkRewrite(plan: Plan): readonly Finding[] {
  const target = plan.route.rewrite;
  if (target === undefined) return [];
  const at = { path: ['spec', 'route', 'rewrite'] };
  const path = routePath(plan) ?? '/';
  const odd = [path, target].find(text => !/^[\w./~-]*$/.test(text));
  if (odd !== undefined) return [rewriteText(at, { text: odd })];
  return path.endsWith('/') || target === '/' ? [] : [rewrite(at, { path, rewrite: target })];
}
