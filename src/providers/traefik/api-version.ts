/** The only group that Traefik 3 reads: https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/ */
export const API_VERSION = 'traefik.io/v1alpha1';
