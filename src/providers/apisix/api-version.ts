/** Kinds of the APISIX ingress controller: https://apisix.apache.org/docs/ingress-controller/reference/api-reference/ */
export const API_VERSION = 'apisix.apache.org/v2';
