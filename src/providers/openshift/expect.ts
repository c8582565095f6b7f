import type { Plan } from '../../model/plan.ts';

export { addressedByService as addressed } from '../expect-services.ts';

/** By which protocols requests come in, and what becomes of plain HTTP beside HTTPS. */
export function entrances({ options }: Plan): readonly string[] {
  const { tls } = options as { readonly tls?: { readonly insecureEdgeTerminationPolicy?: string } };
  if (tls === undefined) return ['http'];
  switch (tls.insecureEdgeTerminationPolicy ?? 'None') {
    case 'Allow':
      return ['http', 'https'];
    case 'Redirect':
      return ['http to https', 'https'];
    default:
      return ['https'];
  }
}
