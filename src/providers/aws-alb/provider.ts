import type { Provider } from '../../model/provider.ts';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { emitter } from './emit.ts';
import { addressed, entrances } from './expect.ts';
import { inert } from './inert.ts';
import { links } from './links.ts';
import { albMessages } from './messages.ts';
import { options } from './options.ts';
import { recover } from './recover.ts';

/** An Application Load Balancer by the AWS Load Balancer Controller: https://kubernetes-sigs.github.io/aws-load-balancer-controller/ */
export const awsAlb: Provider = {
  name: 'aws-alb',
  needs: 'needs the AWS Load Balancer Controller in the cluster; it splits by weight',
  capabilities,
  options,
  messages: albMessages,
  check,
  entrances,
  addressed,
  emitter,
  recover,
  links,
  inert,
};
