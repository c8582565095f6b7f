import type { Inert } from '../../model/provider.ts';

const KINDS = ['VirtualService', 'RouteTable', 'Upstream', 'UpstreamGroup', 'Service'];

/** Leaves of Gloo's objects and Services that no request depends on. */
export const inert: readonly Inert[] = [
  ...KINDS.map(kind => ({
    path: `${kind} metadata.annotations.**`,
    reason: 'Only annotations of routing domains are orders, and the reader refuses those.',
  })),
  ...KINDS.map(kind => ({
    path: `${kind} metadata.labels.**`,
    reason: 'Labels of the object itself are for people and queries; selectors read labels of pods.',
  })),
  {
    path: 'VirtualService metadata.name',
    reason:
      'Requests find a VirtualService by its hosts. That it keeps its name is proved hop by hop: a shift creates nothing.',
  },
  ...['VirtualService spec.virtualHost', 'RouteTable spec'].map(routes => ({
    path: `${routes}.routes.*.name`,
    reason: 'The name of a route shows in access logs and metrics only.',
  })),
  {
    path: 'RouteTable spec.weight',
    reason: 'It is the place of the whole table among others; within the table the order of the list decides.',
  },
  {
    path: 'UpstreamGroup metadata.name',
    reason:
      'Routes that refer to a group miss it under another name. No request depends on a group that none refers to, and a hop that comes to it is proved to find it.',
  },
  {
    path: 'Upstream spec.useHttp2',
    reason:
      'It is held against the port of the Service, or against the other Upstreams. Of a Service of somebody else, alone, no object tells the protocol.',
  },
];
