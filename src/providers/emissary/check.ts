import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import { annotationOfOthers, balancingNeedsResolver, everyHost } from './messages.ts';

/** What Emissary cannot say exactly although it has the feature. */
export const check = ({ route, options, versions }: Plan): readonly Finding[] => [
  ...(route.loadBalancing === undefined || options['resolver'] !== undefined
    ? []
    : [balancingNeedsResolver({ path: ['spec', 'route', 'loadBalancing'], on: 'key' }, undefined)]),
  ...(route.hosts.includes('*') ? [everyHost({ path: ['spec', 'route', 'hosts'] }, undefined)] : []),
  ...versions.flatMap(version =>
    options['form'] === 'annotation' && version.kind === 'service'
      ? [annotationOfOthers({ path: version.origin, on: 'key' }, { version: version.name })]
      : [],
  ),
];
