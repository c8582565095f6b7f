import { complete, fleetOf, prepare } from '../../src/compile.ts';
import type { OutFile } from '../../src/model/compiled.ts';
import { FLEET_FILE, type Fleet } from '../../src/model/fleet.ts';
import { entry } from '../../src/model/once.ts';
import { type PlanRecord, planRecord } from '../../src/plan-record.ts';
import type { Tree } from '../host/workspace.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** The earlier environment lies in another namespace; what it demands is told by each test. */
export const FLEET = `\
apiVersion: surefoot.dev/v1
kind: Fleet
environments:
  staging: { namespace: shop-staging }
  prod: { namespace: shop, promotion: { after: staging, soak: 24h } }
`;

/** Where a Rollout stands in each environment, and what else it says. */
export interface Said {
  readonly staging?: string;
  readonly prod?: string;
  /** Tag of v2. */
  readonly v2?: string;
  readonly name?: string;
  readonly fleet?: string;
}

/** A Rollout from v1 to v2. */
export const shopText = ({ staging = 'baseline', prod = 'baseline', v2 = '2', name = 'shop' }: Said): string => `\
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: ${name} }
spec:
  provider: kubernetes
  workload: { replicas: 3 }
  versions:
    v1: { image: "registry.example.com/shop:1@${DIGEST}" }
    v2: { image: "registry.example.com/shop:${v2}@${DIGEST}" }
  steps:
    - canary: { to: v2, weights: [25, 50] }
    - { name: complete, traffic: { v2: 100 } }
  environments:
    staging: { step: ${staging} }
    prod: { step: ${prod} }
`;

export interface Released {
  readonly fleet: Fleet;
  readonly staging: PlanRecord;
  readonly prod: PlanRecord;
  /** The sources, and everything that is compiled from them, by path. */
  readonly tree: Tree;
}

const known = new Map<string, Released>();

/** Compiles a Rollout for both environments. */
export const release = (said: Said, file = 'rollouts/shop.yaml'): Released =>
  entry(known, JSON.stringify([said, file]), () => compileShop(said, file));

function compileShop(said: Said, file: string): Released {
  const fleetFile = { file: FLEET_FILE, text: said.fleet ?? FLEET };
  const source = { file, text: shopText(said) };
  const { results, diagnostics } = complete(prepare(source, fleetFile), {});
  if (results === undefined) throw new Error(JSON.stringify(diagnostics));
  const files = results.flatMap(result => result.files);
  const recordOf = (environment: string): PlanRecord => {
    const { directory } = results.find(result => result.directory.startsWith(`${environment}/`))!;
    return planRecord(directory, textOf(files, `plan/${directory}/plan.json`));
  };
  const out = Object.fromEntries(files.map(({ path, text }) => [`out/${path}`, text]));
  return {
    fleet: fleetOf(fleetFile).fleet!,
    staging: recordOf('staging'),
    prod: recordOf('prod'),
    tree: { [source.file]: source.text, [FLEET_FILE]: fleetFile.text, ...out },
  };
}

const textOf = (files: readonly OutFile[], path: string): string | undefined =>
  files.find(file => file.path === path)?.text;
