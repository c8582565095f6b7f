import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts to begin with: right ones, and each with one known mistake. */
export interface Corpus {
  readonly rollouts: readonly string[];
  readonly fleets: readonly string[];
}

const FLEETS = [
  'apiVersion: surefoot.dev/v1\nkind: Fleet\n',
  'apiVersion: surefoot.dev/v1\nkind: Fleet\nenvironments: { staging: { namespace: s }, prod: { workload: { replicas: 3 } } }\n',
  `apiVersion: surefoot.dev/v1
kind: Fleet
defaults:
  provider: istio
  namespace: shop
  surge: gradual
  workload: { replicas: 4, labels: { team: shop }, env: { A: b, C: { secretKeyRef: { name: x, key: y } } } }
  route: { hosts: ["{name}.{environment}.example.com"], gateways: [istio-system/public], timeout: 5s }
  istio: { versions: services }
environments:
  staging: { cluster: { kubernetes: "1.30", istio: { version: "1.24" } } }
  prod: { provider: knative, route: { hosts: ["{name}.example.com"] }, prometheus: { url: "https://p.example.com" } }
  last: { promotion: { after: prod, soak: 24h }, freezes: [{ schedule: "30 2 L * MON-FRI", duration: 1h }] }
cluster: { kubernetes: "1.31", knative: { features: [kubernetes.podspec-fieldref] } }
agent: { pollInterval: 3m }
freezes: [{ schedule: "0 17 * * 5", duration: 63h, timeZone: Europe/Berlin, reason: weekend }]
`,
];

/** Reads the corpus of a repository. */
export function readCorpus(root: string): Corpus {
  const texts = ['rollouts', 'test/accept', 'test/reject'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => /\.ya?ml$/.test(file) && !file.includes('expected'))
      .sort()
      .map(file => readFileSync(join(root, folder, file), 'utf8')),
  );
  const ofKind = (kind: string): readonly string[] => texts.filter(text => text.includes(`kind: ${kind}`));
  return { rollouts: ofKind('Rollout'), fleets: [...FLEETS, ...ofKind('Fleet')] };
}
