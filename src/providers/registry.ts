import type { Provider } from '../model/provider.ts';
import { apisix } from './apisix/provider.ts';
import { awsAlb } from './aws-alb/provider.ts';
import { consul } from './consul/provider.ts';
import { contour } from './contour/provider.ts';
import { emissary } from './emissary/provider.ts';
import { gatewayApi } from './gateway-api/provider.ts';
import { gloo } from './gloo/provider.ts';
import { istio } from './istio/provider.ts';
import { knative } from './knative/provider.ts';
import { kubernetes } from './kubernetes/provider.ts';
import { kuma } from './kuma/provider.ts';
import { linkerd } from './linkerd/provider.ts';
import { nginx } from './nginx/provider.ts';
import { openshift } from './openshift/provider.ts';
import { traefik } from './traefik/provider.ts';

/** Every provider there is. A name that is not in this table is a mistake, never a default. */
export const PROVIDERS: readonly Provider[] = [
  kubernetes,
  knative,
  istio,
  emissary,
  gloo,
  gatewayApi,
  contour,
  traefik,
  linkerd,
  kuma,
  consul,
  nginx,
  awsAlb,
  apisix,
  openshift,
];

/** The provider of this name; undefined where there is none. */
export const providerNamed = (name: string): Provider | undefined => PROVIDERS.find(provider => provider.name === name);
