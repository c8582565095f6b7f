import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { FEATURES, type Feature } from '../../src/model/capabilities.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { RolloutSpec } from '../../src/model/rollout.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { TEMPLATES } from '../properties/random-parts.ts';
import { ASKING } from './asking.ts';

const GOLDEN = join(import.meta.dirname, 'features');
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** A canary of 10 %, as every provider takes it. */
const plain = ({ name, capabilities: { features, needsHost } }: Provider): RolloutSpec => ({
  provider: name,
  workload: { replicas: 9 },
  versions: {
    v1: { image: `registry.example.com/shop:1.0.0@sha256:${'ab'.repeat(32)}` },
    v2: { image: `registry.example.com/shop:2.0.0@sha256:${'ab'.repeat(32)}` },
  },
  ...(needsHost && features['route.hosts'].can ? { route: { hosts: ['shop.example.com'] } } : {}),
  steps: [{ name: 'canary', traffic: { v1: 90, v2: 10 } }],
});

/** The objects of a state as they are written, or why there are none. */
function statesOf(spec: RolloutSpec): { readonly [state: string]: string } | readonly Diagnostic[] {
  const rollout = { apiVersion: 'surefoot.dev/v1', kind: 'Rollout', metadata: { name: 'shop' }, spec };
  const { results, diagnostics } = compile(
    { file: 'rollouts/shop.yaml', text: stringify(rollout) },
    { templates: TEMPLATES },
  );
  if (results === undefined) return diagnostics.filter(({ severity }) => severity === 'error');
  const files = results.flatMap(result => result.files);
  const prefix = 'plan/default/default/shop/';
  return Object.fromEntries(
    files
      .filter(({ path }) => path.startsWith(prefix) && path.endsWith('.yaml'))
      .map(({ path, text }) => [path.slice(prefix.length, -'.yaml'.length), text]),
  );
}

const isRefused = (found: ReturnType<typeof statesOf>): found is readonly Diagnostic[] => Array.isArray(found);

/** What one provider makes of a feature: the lines that change, or its refusal. */
function answer(provider: Provider, feature: Feature): string {
  const { spec, state = 'canary', before = state } = ASKING[feature];
  const [base, asked] = [statesOf(plain(provider)), statesOf(spec(plain(provider)))];
  const shown = feature.startsWith('workload.') ? (text: string) => text : withoutPods;
  if (isRefused(base))
    throw new Error(`${provider.name} refuses a plain canary: ${base.map(({ what }) => what).join(' ')}`);
  if (isRefused(asked)) return asked.map(({ what, fix }) => `${what}\n${fix}`).join('\n\n');
  const lines = createTwoFilesPatch('a', 'b', shown(base[before] ?? ''), shown(asked[state] ?? ''), '', '', {
    context: 2,
  })
    .split('\n')
    .slice(4);
  const changed = lines.map(line => (line.startsWith('@@') ? '…' : line)).filter(line => !line.startsWith('\\'));
  return ['```diff', ...changed.filter((line, i) => line !== '' || i < changed.length - 1), '```'].join('\n');
}

/** The documents of a state, Deployments and what belongs to them left out. */
const withoutPods = (text: string): string =>
  text
    .split(/^---\n/m)
    .filter(document => !/^kind: (Deployment|PodDisruptionBudget)$/m.test(document))
    .join('---\n');

const page = (feature: Feature): string =>
  [`# ${feature}`, ...PROVIDERS.map(provider => `## ${provider.name}\n\n${answer(provider, feature)}`)]
    .join('\n\n')
    .concat('\n');

describe('each feature beside each provider: what is emitted, or why not', () => {
  it.each(FEATURES)('%s', feature => {
    const golden = join(GOLDEN, `${feature}.md`);
    const text = page(feature);
    if (UPDATE) {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(golden, text);
    }
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });

  it.each(PROVIDERS)('$name does what it claims, and refuses the rest by name', provider => {
    for (const feature of FEATURES) {
      const support = provider.capabilities.features[feature];
      const text = answer(provider, feature);
      const isRefusal = !text.startsWith('```diff');
      if (support.can) continue;
      expect(isRefusal, `${provider.name} takes ${feature}, which it says it cannot`).toBe(true);
      const others = PROVIDERS.filter(({ capabilities }) => capabilities.features[feature].can);
      expect(text, feature).toContain(`"${provider.name}" cannot `);
      if (others.length > 0) expect(text, feature).toMatch(/ can: change spec\.provider\./);
    }
  });
});
