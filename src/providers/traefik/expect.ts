import type { Plan } from '../../model/plan.ts';

export { addressedByService as addressed } from '../expect-services.ts';

/** Entry points by their names, and what else decides which requests come in: the class of Traefik, and TLS with a Secret. */
export function entrances({ options }: Plan): readonly string[] {
  const {
    entryPoints = [],
    ingressClass,
    tlsSecret,
  } = options as {
    readonly entryPoints?: readonly string[];
    readonly ingressClass?: string;
    readonly tlsSecret?: string;
  };
  return [
    ...entryPoints,
    ...(ingressClass === undefined ? [] : [`class ${ingressClass}`]),
    ...(tlsSecret === undefined ? [] : [`tls ${tlsSecret}`]),
  ];
}
