import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.aws-alb`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'AWS ALB settings',
  description: 'Settings that only the AWS Load Balancer Controller knows.',
  additionalProperties: false,
  properties: {
    ingressClassName: {
      type: 'string',
      default: 'alb',
      minLength: 1,
      maxLength: 253,
      pattern: '^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$',
      description: 'IngressClass that the controller serves.',
    },
    scheme: {
      type: 'string',
      enum: ['internal', 'internet-facing'],
      default: 'internal',
      description: 'Whether the load balancer has private addresses only, or takes requests from the internet.',
    },
    group: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      description:
        'Ingresses that share one load balancer. Absent: this one has a load balancer to itself. Everybody who may write an Ingress of the group can take requests of the others.',
      properties: {
        name: {
          type: 'string',
          minLength: 1,
          maxLength: 63,
          pattern: '^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$',
          description: 'Name of the group.',
        },
        order: {
          type: 'integer',
          minimum: -1000,
          maximum: 1000,
          default: 0,
          description: 'Ingresses of lower order are tried first; those of equal order by namespace and name.',
        },
      },
    },
    listenPorts: {
      type: 'array',
      minItems: 1,
      maxItems: 10,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['protocol', 'port'],
        description: 'A port that the load balancer listens at.',
        properties: {
          protocol: { type: 'string', enum: ['HTTP', 'HTTPS'], description: 'What callers speak.' },
          port: { type: 'integer', minimum: 1, maximum: 65535, description: 'Port that callers call.' },
        },
      },
      description:
        'Ports of the load balancer. Absent: HTTPS at 443 where `certificateArns` lists a certificate, else HTTP at 80.',
    },
    certificateArns: {
      type: 'array',
      minItems: 1,
      maxItems: 25,
      items: {
        type: 'string',
        maxLength: 2048,
        pattern: '^arn:[-a-z]+:(acm|iam):[^,\\s]+$',
        description: 'ARN of a certificate of AWS Certificate Manager or IAM.',
      },
      description:
        'Certificates for HTTPS, the first one where no other fits. Absent: those that AWS Certificate Manager has for the hosts.',
    },
    sslRedirect: {
      type: 'integer',
      minimum: 1,
      maximum: 65535,
      description: 'HTTPS port that requests by plain HTTP are sent to. Absent: they are answered.',
    },
    healthCheckPath: {
      type: 'string',
      maxLength: 1024,
      pattern: '^/[!-~]*$',
      description:
        'What the load balancer asks of each pod to know whether it is healthy. Absent: `/`, and with gRPC `/AWS.ALB/healthcheck`.',
    },
  },
};
