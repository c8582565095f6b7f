import type { Json, KubeObject, Labels } from '../model/kubernetes.ts';
import type { Plan, Port, PortProtocol } from '../model/plan.ts';

/** What a Service says about the protocol of a port; Istio and others read it (KEP-1422). */
const APP_PROTOCOLS: { readonly [protocol in PortProtocol]: string } = {
  http: 'http',
  http2: 'kubernetes.io/h2c',
  grpc: 'grpc',
  tcp: 'tcp',
};

/** A ClusterIP Service; without a selector it is a name and an address only. */
export const service = (
  plan: Plan,
  facts: { name: string; labels: Labels; annotations?: Labels; selector?: Labels },
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: facts.name,
    namespace: plan.namespace,
    labels: facts.labels,
    ...(facts.annotations === undefined ? {} : { annotations: facts.annotations }),
  },
  spec: {
    type: 'ClusterIP',
    ...(facts.selector === undefined ? {} : { selector: facts.selector }),
    ports: plan.ports.map(servicePort),
  },
});

const servicePort = (port: Port): Json => ({
  name: port.name,
  port: port.port,
  targetPort: port.targetPort,
  protocol: 'TCP',
  appProtocol: APP_PROTOCOLS[port.protocol],
});
