import { at, items, namespace, number } from './objects.ts';
import { portOf, type Reader, service } from './ways.ts';

/** Weights are relative; where none is above 0 all are alike. That of a mirror is a percentage, and 0 means all. */
export const CONTOUR: { readonly [kind: string]: Reader } = {
  'projectcontour.io/HTTPProxy': object => {
    const home = namespace(object);
    const routes = items(at(object, 'spec', 'routes')).map(route => {
      const listed = items(at(route, 'services')).map(one => ({
        to: service(home, at(one, 'name')),
        ...portOf(at(one, 'port')),
        share: number(at(one, 'weight')) ?? 0,
        copies: at(one, 'mirror') === true,
      }));
      const isEven = listed.every(({ share, copies }) => copies || share === 0);
      const sent = listed.map(one => (one.copies || isEven ? { ...one, share: 1 } : one));
      return { conditions: JSON.stringify(at(route, 'conditions')), sent };
    });
    const host = `host ${String(at(object, 'spec', 'virtualhost', 'fqdn')).toLowerCase()}`;
    return { front: { hosts: [host], precedence: 1, routes } };
  },
};
