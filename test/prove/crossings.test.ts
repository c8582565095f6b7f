import { describe, expect, it } from 'vitest';
import { objectsIn, story } from './hop-of-objects.ts';

const deployment = (version: string, template = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop-${version} }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop, version: ${version} } }
  template:
    metadata: { labels: { app: shop, version: ${version} } }
    spec: { containers: [{ name: main, image: "shop:1" }] ${template} }
`;

const service = (name: string, selector: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { ${selector} }, ports: [{ name: http, port: 80, protocol: TCP }] }
`;

const SUBSETS = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: shop }
spec:
  host: shop
  subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }]
`;

const route = (to: string, hosts = 'shop'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec: { hosts: [${hosts}], http: [${to}] }
`;

const to = (subset: string, match = ''): string =>
  `{ ${match} route: [{ destination: { host: shop, subset: ${subset} } }] }`;

const TESTERS = 'match: [{ headers: { end-user: { exact: jason } } }],';

describe('labels', () => {
  const around = [deployment('v1'), deployment('v2'), SUBSETS, route(to('v2'))];

  it('of a Service and of a subset are asked for together', () => {
    const found = story(
      'istio',
      [...around, service('shop', 'app: shop')],
      [...around, service('shop', 'app: shop, version: v1')],
    );
    expect(found?.operations).toEqual([{ verb: 'update', object: '/Service/prod/shop' }]);
    expect(found?.trouble).toMatchObject({ kind: 'no-pods', labels: { app: 'shop', version: 'v1 and v2' } });
  });
});

describe('what fails before anything was done', () => {
  const around = [deployment('v1'), service('shop', 'app: shop'), SUBSETS];

  it('does not count again when the object that asks for it is updated', () => {
    const split = `{ route: [
      { destination: { host: shop, subset: v1 }, weight: 90 }, { destination: { host: shop, subset: v2 }, weight: 10 }] }`;
    expect(
      story('istio', [...around, route(split)], [...around, route(split.replace('90', '80').replace('10', '20'))]),
    ).toBeUndefined();
  });

  it('counts for other requests', () => {
    const found = story('istio', [...around, route(`${to('v1', TESTERS)}, ${to('v2')}`)], [...around, route(to('v2'))]);
    expect(found?.trouble).toMatchObject({ kind: 'no-pods', requests: { matches: [] } });
  });
});

describe('the port of the pods', () => {
  const listening = (...ports: readonly number[]): string =>
    deployment('v1').replace(
      'image: "shop:1"',
      `image: "shop:1", ports: [${ports.map(port => `{ containerPort: ${port} }`)}]`,
    );
  const calling = (...ports: readonly (readonly [port: number, target: number])[]): string =>
    service('shop', 'app: shop').replace(
      /ports: .*\]/,
      `ports: [${ports.map(([port, target]) => `{ name: http-${port}, port: ${port}, targetPort: ${target}, protocol: TCP }`)}]`,
    );

  it('does not change together with that of the Service, whichever comes first', () => {
    const [before, after] = [
      [calling([80, 8080]), listening(8080)],
      [calling([80, 8080]).replace('8080', '9090'), listening(9090)],
    ];
    for (const hop of [
      [before, after],
      [after, before],
    ])
      expect(story('kubernetes', hop[0]!, hop[1]!)).toMatchObject({
        operations: [{ verb: 'update' }],
        trouble: { kind: 'not-listening', keeper: 'apps/Deployment/prod/shop-v1' },
      });
  });

  it('is asked of those pods alone that a route leads to', () => {
    const mesh = [SUBSETS, route(to('v2')), deployment('v2'), calling([80, 8080])];
    expect(story('istio', [...mesh, listening(8080)], [...mesh, listening(9090)])).toBeUndefined();
  });

  it('may be told anew where the old one is kept, come or go with a port of the Service, or not be told at all', () => {
    const one = calling([80, 8080]);
    expect(story('kubernetes', [one, listening(8080)], [one, listening(8080, 9090)])).toBeUndefined();
    const two = calling([80, 8080], [90, 9090]);
    const [few, more] = [
      [one, listening(8080)],
      [two, listening(8080, 9090)],
    ];
    expect([story('kubernetes', few, more), story('kubernetes', more, few)]).toEqual([undefined, undefined]);
    expect(story('kubernetes', [one, listening(8080)], [one, listening()])).toBeUndefined();
  });
});

describe('what pods need', () => {
  const files = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: files }\n';
  const mounting = (more = ''): string =>
    deployment('v1', `, volumes: [{ name: files, configMap: { name: files${more} } }]`);
  const entrance = service('shop', 'app: shop');

  it('must be there while requests reach them, unless it is optional', () => {
    expect(story('kubernetes', [files, mounting(), entrance], [mounting(), entrance])?.trouble).toMatchObject({
      kind: 'cannot-start',
      mount: '/ConfigMap/prod/files',
    });
    const optional = mounting(', optional: true');
    expect(story('kubernetes', [files, optional, entrance], [optional, entrance])).toBeUndefined();
  });

  it('is not missed where nothing is sent', () => {
    const shares = (v1: number): string => `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: shop }
spec:
  template:
    metadata: { name: shop-v2 }
    spec: { containers: [{ image: "shop:2" }], volumes: [{ name: files, configMap: { name: files } }] }
  traffic: [{ revisionName: shop-v1, percent: ${v1} }, { revisionName: shop-v2, percent: ${100 - v1}, tag: v2 }]
`;
    expect(story('knative', [files, shares(100)], [shares(100)])).toBeUndefined();
    expect(story('knative', [files, shares(90)], [shares(90)])?.trouble.kind).toBe('cannot-start');
  });

  it('does not count as missing before where it was optional', () => {
    const found = story('kubernetes', [mounting(', optional: true'), entrance], [files, mounting(), entrance]);
    expect(found?.operations).toEqual([{ verb: 'update', object: 'apps/Deployment/prod/shop-v1' }]);
  });
});

describe('a revision of Knative', () => {
  const files = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: files }\n';
  const serving = (version: string, volumes = ''): string => `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: shop }
spec:
  template: { metadata: { name: shop-${version} }, spec: { containers: [{ image: shop }]${volumes} } }
  traffic: [{ revisionName: shop-v1, percent: 100 }]
`;

  it('needs its files also where another template is the newest', () => {
    const made = objectsIn(serving('v1', ', volumes: [{ name: files, configMap: { name: files } }]'));
    const found = story('knative', [files, serving('v2')], [serving('v2')], { ever: made });
    expect(found?.trouble).toMatchObject({ kind: 'cannot-start', mount: '/ConfigMap/prod/files' });
  });

  it('that follows the template is there with it, and needs its files', () => {
    const floating = (image: string): string => `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: shop }
spec:
  template: { spec: { containers: [{ image: ${image} }], volumes: [{ name: files, configMap: { name: files } }] } }
`;
    expect(story('knative', [files, floating('shop:1')], [files, floating('shop:2')])).toBeUndefined();
    const listed = `${floating('shop:1')}  traffic: [{ latestRevision: true, percent: 100 }]\n`;
    for (const serving of [floating('shop:1'), listed])
      expect(story('knative', [files, serving], [serving])?.trouble.kind).toBe('cannot-start');
  });

  it('is asked for by a hop only where it was made', () => {
    const made = objectsIn(serving('v1'));
    const other = serving('v3').replaceAll('revisionName: shop-v1', 'revisionName: shop-v3');
    expect(story('knative', [other], [serving('v3')], { ever: made })?.trouble.kind).toBe('closed');
  });
});

describe('hosts', () => {
  const around = [deployment('v1'), service('shop', 'app: shop'), SUBSETS];

  it('are all answered to: behind a gateway there is no Service to fall back on', () => {
    const found = story('istio', [...around, route(to('v1'), 'shop, shop.example.com')], around);
    expect(found).toMatchObject({
      operations: [{ verb: 'delete', object: 'networking.istio.io/VirtualService/prod/shop' }],
      trouble: { kind: 'unanswered', host: 'shop.example.com' },
    });
    expect(story('istio', [...around, route(to('v1'), 'shop')], around)).toBeUndefined();
  });
});

describe('copies that are made on the way', () => {
  const passing = (name: string, spec: string): string =>
    `apiVersion: traefik.io/v1alpha1\nkind: TraefikService\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
  const split = passing(
    'split',
    '{ weighted: { services: [{ name: shop-v1, port: 80, weight: 1 }, { name: shop-v2, port: 80, weight: 1 }] } }',
  );
  const entrance = `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: shop }
spec:
  routes:
    - { kind: Rule, match: "PathPrefix(\`/\`)", services: [{ kind: TraefikService, name: entrance }] }
`;
  const mirror = (main: string, to: string): string =>
    passing('entrance', `{ mirroring: { ${main}, mirrors: [{ name: ${to}, port: 80, percent: 10 }] } }`);
  const pods = deployment('v1');
  const services = ['v1', 'v2'].map(version => service(`shop-${version}`, `app: shop, version: ${version}`));

  it('are not excused by requests that fail where the copies are to go', () => {
    const around = [pods, ...services, split, entrance];
    const found = story(
      'traefik',
      [...around, mirror('kind: TraefikService, name: split', 'shop-v1')],
      [...around, mirror('name: shop-v1, port: 80', 'shop-v2')],
    );
    expect(found).toMatchObject({
      operations: [{ verb: 'update', object: 'traefik.io/TraefikService/prod/entrance' }],
      trouble: { kind: 'no-pods', requests: { copies: true } },
    });
  });

  it('stop the requests where their Service is not there', () => {
    const around = [pods, services[0]!, entrance];
    const found = story(
      'traefik',
      [...around, mirror('name: shop-v1, port: 80', 'shop-v1')],
      [...around, mirror('name: shop-v1, port: 80', 'shop-v2')],
    );
    expect(found?.trouble).toMatchObject({ kind: 'closed', requests: { copies: false } });
  });

  it('stop the requests where no pods are behind their Service', () => {
    const around = [pods, ...services, entrance];
    const found = story(
      'traefik',
      [...around, mirror('name: shop-v1, port: 80', 'shop-v1')],
      [...around, mirror('name: shop-v1, port: 80', 'shop-v2')],
    );
    expect(found?.trouble).toMatchObject({ kind: 'no-pods', requests: { copies: false } });
  });
});

describe('a start that is a mixture of two states', () => {
  const old = [deployment('v1'), service('shop', 'app: shop, version: v1')];
  const both = [...old, deployment('v2')];
  const end = objectsIn(deployment('v2'), service('shop', 'app: shop, version: v1'));

  it('is named object by object, with what each of them is made from there', () => {
    const found = story('kubernetes', [], [], {
      starts: [objectsIn(...old), objectsIn(...both, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n')],
      end,
    });
    expect(found).toMatchObject({
      start: [],
      operations: [{ verb: 'delete', object: 'apps/Deployment/prod/shop-v1' }],
      trouble: { kind: 'no-pods' },
    });
  });

  it('is held against each mixture that works, although another one is broken', () => {
    const found = story('kubernetes', [], [], { starts: [objectsIn(...both), end], end });
    expect(found).toMatchObject({
      start: [],
      operations: [{ verb: 'delete', object: 'apps/Deployment/prod/shop-v1' }],
      trouble: { kind: 'no-pods', labels: { app: 'shop', version: 'v1' } },
    });
  });

  it('tells from which state a field cannot change', () => {
    const changed = deployment('v1').replace('matchLabels: {', 'matchLabels: { team: shop,');
    const found = story('kubernetes', [], [], {
      starts: [objectsIn(...old), objectsIn(changed, old[1]!)],
      end: objectsIn(...old),
    });
    expect(found).toMatchObject({
      start: [{ object: 'apps/Deployment/prod/shop-v1', state: 'state 1' }],
      operations: [{ verb: 'update', object: 'apps/Deployment/prod/shop-v1' }],
      trouble: { kind: 'immutable' },
    });
  });

  it('makes an object where the start does not hold it', () => {
    const found = story('kubernetes', [], [], {
      starts: [objectsIn(old[0]!), objectsIn(...old)],
      end: objectsIn(old[0]!, service('shop', 'app: nothing')),
    });
    expect(found).toMatchObject({ start: [], operations: [{ verb: 'create', object: '/Service/prod/shop' }] });
  });
});

describe('pods that can be counted on', () => {
  const entrance = service('shop', 'app: shop');
  const scaled = deployment('v1').replace('  replicas: 2\n', '');
  const autoscaler = (min: number): string => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop-v1 }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop-v1 }, minReplicas: ${min}, maxReplicas: 9 }
`;
  const strengths = { v1: 4, v2: 4, v3: 4 };

  it('are those that the autoscaler keeps at least, which may be what changes', () => {
    const found = story('kubernetes', [entrance, scaled, autoscaler(4)], [entrance, scaled, autoscaler(2)], {
      strengths,
    });
    expect(found).toMatchObject({
      operations: [{ verb: 'update', object: 'autoscaling/HorizontalPodAutoscaler/prod/shop-v1' }],
      trouble: { kind: 'overloaded', pods: 2, needed: 4 },
    });
    expect(
      story('kubernetes', [entrance, scaled, autoscaler(4)], [entrance, scaled, autoscaler(5)], { strengths }),
    ).toBe(undefined);
  });

  it('stay when the autoscaler goes', () => {
    expect(story('kubernetes', [entrance, scaled, autoscaler(4)], [entrance, scaled], { strengths })).toBeUndefined();
  });

  it('are missed with the fewest operations', () => {
    const pods = (version: string, replicas: number): string =>
      deployment(version).replace('replicas: 2', `replicas: ${replicas}`);
    const found = story(
      'kubernetes',
      [entrance, pods('v1', 9), pods('v2', 3), pods('v3', 3)],
      [entrance, pods('v1', 1), pods('v2', 0), pods('v3', 0)],
      { strengths: { v1: 10, v2: 10, v3: 10 } },
    );
    expect(found).toMatchObject({
      operations: [{ verb: 'update', object: 'apps/Deployment/prod/shop-v1' }],
      trouble: { kind: 'overloaded', pods: 7, needed: 10 },
    });
  });
});

it('many Deployments behind one Service take no longer than their number', () => {
  const names = Array.from({ length: 24 }, (_, i) => `v${i}`);
  const mounting = (version: string, image: number): string =>
    deployment(version, `, volumes: [{ name: files, configMap: { name: files-${version} } }]`).replace(
      ':1',
      `:${image}`,
    );
  const files = (version: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: files-${version} }\n`;
  const entrance = service('shop', 'app: shop');
  const at = (image: number): readonly string[] => [entrance, ...names.map(version => mounting(version, image))];
  const found = story('kubernetes', [], [], {
    starts: [objectsIn(...at(1), ...names.map(files)), objectsIn(...at(2), ...names.map(files))],
    end: objectsIn(entrance, ...names.slice(1).map(version => mounting(version, 3))),
  });
  expect(found?.operations.length).toBe(names.length);
  expect(found?.trouble.kind).toMatch(/cannot-start|no-pods/);
});
