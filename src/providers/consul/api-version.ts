/** Of the config entries that consul-k8s copies into Consul: https://developer.hashicorp.com/consul/docs/k8s/crds */
export const API_VERSION = 'consul.hashicorp.com/v1alpha1';
