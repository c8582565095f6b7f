/** https://kuma.io/docs/latest/policies/introduction/ */
export const API_VERSION = 'kuma.io/v1alpha1';

/** Label that says which mesh a policy is for; absent: `default`. */
export const MESH_LABEL = 'kuma.io/mesh';
