import type { Plan } from '../../model/plan.ts';

/** The class of Contour and the certificate, where they are chosen. */
export function entrances({ options }: Plan): readonly string[] {
  const { ingressClassName, tlsSecret } = options;
  return [
    ...(ingressClassName === undefined ? [] : [`class ${String(ingressClassName)}`]),
    ...(tlsSecret === undefined ? [] : [`certificate ${String(tlsSecret)}`]),
  ];
}
