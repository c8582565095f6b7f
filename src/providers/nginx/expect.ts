import type { Plan } from '../../model/plan.ts';
import { addressedByService } from '../expect-services.ts';

/** Running versions with a Service of ours. */
export const addressed = addressedByService;

/** The controller and the certificate, in the words of the reader. */
export function entrances(plan: Plan): readonly string[] {
  const { ingressClassName, tlsSecret } = plan.options;
  return [`class ${ingressClassName ?? 'nginx'}`, ...(tlsSecret === undefined ? [] : [`tls ${tlsSecret}`])];
}
