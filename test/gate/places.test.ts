import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placesOf } from '../../src/gate/places.ts';
import { prometheusQuestion } from '../../src/gate/prometheus-question.ts';
import { REQUEST_SERIES } from '../../src/gate/request-metrics.ts';
import { planFacts } from '../../src/plan-facts.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { readStand } from '../../src/read-stand.ts';
import { configurationStand, deployment, knativeStand, service, standOf } from './stands.ts';

describe('where a version is found', () => {
  it('is its Deployment, and the Services that lead to it alone', () => {
    expect(placesOf(standOf('istio'), 'v1')).toEqual({
      namespace: 'shop',
      deployments: ['cart-v1'],
      services: ['cart-v1'],
      revisions: [],
      configurations: [],
    });
    const alone = standOf('kubernetes', { objects: [deployment('v1'), service()] });
    expect(placesOf(alone, 'v1')?.services, 'the Service of all versions, while there is one').toEqual(['cart']);
  });

  it('is the Service that it names', () => {
    const stand = standOf('istio', { versions: [{ name: 'old', service: 'legacy' }], objects: [] });
    expect(placesOf(stand, 'old')).toMatchObject({ deployments: [], services: ['legacy'] });
  });

  it('is what Knative keeps', () => {
    expect(placesOf(knativeStand(), 'v1')).toMatchObject({
      revisions: ['cart-v1'],
      configurations: [],
      deployments: [],
    });
    expect(placesOf(configurationStand(), 'v2')).toMatchObject({ revisions: [], configurations: ['cart-v2'] });
  });
});

it('only providers that there are count requests', () => {
  const known = PROVIDERS.map(({ name }) => name);
  expect(Object.keys(REQUEST_SERIES).filter(name => !known.includes(name))).toEqual([]);
});

/** Compiled Rollouts of every provider. */
const ACCEPTED = join(import.meta.dirname, '../accept');

describe('each accepted Rollout', () => {
  const folders = readdirSync(ACCEPTED).filter(name => existsSync(join(ACCEPTED, name, 'expected/live')));

  it.each(folders)('%s: every version that runs is found', folder => {
    const expected = join(ACCEPTED, folder, 'expected');
    const plans = readdirSync(expected, { recursive: true, encoding: 'utf8' }).filter(path =>
      path.endsWith('plan.json'),
    );
    expect(plans.length).toBeGreaterThan(0);
    for (const path of plans) {
      const text = readFileSync(join(expected, path), 'utf8');
      const directory = path
        .replaceAll('\\', '/')
        .replace(/^plan\//, '')
        .replace(/\/plan\.json$/, '');
      const facts = planFacts(directory, text);
      const live = join(expected, 'live', directory);
      const files = readdirSync(live).map(file => ({ file, text: readFileSync(join(live, file), 'utf8') }));
      const { stand } = readStand({ ...facts, name: facts.step ?? '', directory, files });
      const running: readonly string[] = JSON.parse(text).running;
      for (const version of running) {
        const places = placesOf(stand, version);
        const found = [...places!.deployments, ...places!.services, ...places!.revisions, ...places!.configurations];
        expect(found, `${directory} ${version}`).not.toEqual([]);
        if (facts.provider !== undefined && facts.provider in REQUEST_SERIES && places!.configurations.length === 0)
          expect(prometheusQuestion({ kind: 'idle', version }, stand, 1000), `${directory} ${version}`).toHaveProperty(
            'queries',
          );
      }
    }
  });
});
