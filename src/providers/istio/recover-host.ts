const DOMAIN = '.svc.cluster.local';

/**
 * `namespace/name` of the Service that a host means to an object of `namespace`: a name without a dot is one of the
 * namespace, any other name stands for itself. https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export function serviceKey(host: string, namespace: string): string | undefined {
  const dot = host.indexOf('.');
  if (dot < 0) return host === '' || host === '*' ? undefined : `${namespace}/${host}`;
  const end = host.length - DOMAIN.length;
  // One more dot, and it is neither the first character nor the last before the domain: name.namespace.
  const plain = host.endsWith(DOMAIN) && dot > 0 && dot < end - 1 && host.indexOf('.', dot + 1) === end;
  return plain ? `${host.slice(dot + 1, end)}/${host.slice(0, dot)}` : undefined;
}

/** A host as people of the namespace call it. */
export const shortHost = (host: string, namespace: string): string =>
  host.endsWith(`.${namespace}${DOMAIN}`) ? host.slice(0, -`.${namespace}${DOMAIN}`.length) : host;
