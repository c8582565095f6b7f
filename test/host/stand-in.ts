import { createHash } from 'node:crypto';
import { rule } from '../../src/diagnostics/rule.ts';
import { wholeFile } from '../../src/diagnostics/whole-file.ts';
import type { Compiled, Source } from '../../src/model/compiled.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { PlainRollout } from '../../src/model/rollout.ts';

/** What the text of a stand-in source holds, as JSON. */
export interface StandIn {
  /** `<environment>/<namespace>/<rollout>`. */
  readonly directory: string;
  /** Text by file name, below live/. */
  readonly live?: { readonly [name: string]: string };
  /** Text by file name, below plan/. */
  readonly states?: { readonly [name: string]: string };
  readonly claims?: readonly string[];
}

const broken = rule<undefined>('stand-in/broken', { what: 'This is broken.', why: 'A test wants it.', fix: 'None.' });

/** Compiles a source that lists its own output. The compiler proper knows nothing of disks, so any pure function will do. */
export function compileStandIn({ file, text }: Source): Compiled {
  if (text === 'broken') return { source: file, diagnostics: [wholeFile(broken({ path: [] }, undefined), file)] };
  const { directory, live = {}, states = {}, claims = [] }: StandIn = JSON.parse(text);
  const files = [
    ...Object.entries(live).map(([name, content]) => ({ path: `live/${directory}/${name}`, text: content })),
    ...Object.entries(states).map(([name, content]) => ({ path: `plan/${directory}/${name}`, text: content })),
  ];
  const hashes = files.map(one => [one.path, createHash('sha256').update(one.text).digest('hex')]);
  const known = { step: 'baseline', running: [], serving: [], versions: {} };
  const json = { source: file, directory, ...known, objects: claims, files: Object.fromEntries(hashes) };
  const all = [...files, { path: `plan/${directory}/plan.json`, text: `${JSON.stringify(json)}\n` }];
  return {
    source: file,
    diagnostics: [],
    results: [{ rollout: ROLLOUT, plan: planOf(directory), directory, files: all, claims, changes: [] }],
  };
}

const ROLLOUT: PlainRollout = {
  apiVersion: 'surefoot.dev/v1',
  kind: 'Rollout',
  metadata: { name: 'stand-in' },
  spec: { provider: 'stand-in', versions: {} },
};

const RULE = { name: 'default', matches: [], split: [{ version: 'v1', share: 10_000 }], mirror: [], origin: [] };

function planOf(directory: string): Plan {
  const [environment = '', namespace = '', rollout = ''] = directory.split('/');
  const route = { hosts: [], ownName: 'route' as const, gateways: [] };
  const baseline = {
    name: 'baseline',
    kind: 'baseline',
    running: [],
    rules: [RULE],
    stable: 'v1',
    origin: [],
  } as const;
  return {
    rollout,
    namespace,
    environment,
    cluster: {},
    provider: 'stand-in',
    options: {},
    ports: [],
    route,
    versions: [],
    states: [baseline],
    hops: [],
    current: 'baseline',
  };
}
