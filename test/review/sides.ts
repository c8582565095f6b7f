import { compile } from '../../src/compile.ts';
import { editedFiles } from '../../src/layout/edited.ts';
import type { Compiled, Source } from '../../src/model/compiled.ts';
import { entry } from '../../src/model/once.ts';
import { planRecord } from '../../src/plan-record.ts';
import { readStand } from '../../src/read-stand.ts';
import type { Change, ChangeSide, CheckRules } from '../../src/review/judge-change.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** What a Rollout of these tests says besides its step. */
export interface Said {
  readonly provider?: 'kubernetes' | 'istio' | 'knative';
  readonly weights?: readonly number[];
  readonly replicas?: number;
  readonly image?: string;
  readonly replacement?: number;
  readonly pause?: string;
}

/** A Rollout of `shop` from v1 to v2. */
export const shopAt = (step: string, said: Said = {}): string => {
  const { provider = 'istio' } = said;
  const {
    weights = provider === 'kubernetes' ? [25, 50] : [10, 20],
    replicas = provider === 'kubernetes' ? 3 : 4,
    image = 'shop:1',
    replacement = 0,
    pause,
  } = said;
  const waits = pause === undefined ? '' : `, pause: ${pause}`;
  const again = replacement === 0 ? '' : `, replacement: ${replacement}`;
  const ports = provider === 'kubernetes' ? '' : '  ports: [{ name: http, port: 80 }]\n';
  return `\
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: shop, namespace: demo }
spec:
  provider: ${provider}
  step: ${step}
${ports}  workload: { ${provider === 'knative' ? '' : `replicas: ${replicas}, `}env: { A: b } }
  versions:
    v1: { image: "registry.example.com/${image}@${DIGEST}"${again} }
    v2: { image: "registry.example.com/shop:2@${DIGEST}" }
  steps:
    - canary: { to: v2, weights: [${weights.join(', ')}]${waits} }
    - { name: complete, traffic: { v2: 100 } }
`;
};

/** Nothing is allowed, and commands are those of a plain checkout. */
export const RULES: CheckRules = {
  allowedDeletions: new Set(),
  unobserved: false,
  commands: {
    outName: 'out',
    outAt: 'out',
    base: 'HEAD',
    synth: 'surefoot synth',
    remove: paths => `rm -- ${paths.map(path => `out/${path}`).join(' ')}`,
  },
};

export const DIRECTORY = 'default/demo/shop';

/** Changes one live file; a text that is undefined deletes it. */
export type Edit = (file: string, text: string) => string | undefined;

const compiled = new Map<string, Compiled>();

/** The compiled Rollout as a commit would hold it, after somebody edited its live files. */
export function sideOf(text: string, edit: Edit = (_, same) => same): ChangeSide & Required<Change>['after'] {
  const { results, diagnostics } = entry(compiled, text, () => compile({ file: 'rollouts/shop.yaml', text }));
  if (results?.[0] === undefined) throw new Error(JSON.stringify(diagnostics, null, 1));
  const { files } = results[0];
  const plan = files.find(({ path }) => path.endsWith('/plan.json'))?.text;
  const record = planRecord(DIRECTORY, plan);
  const live = files
    .filter(({ path }) => path.startsWith('live/'))
    .flatMap(({ path, text: written }): readonly Source[] => {
      const now = edit(path, written);
      return now === undefined ? [] : [{ file: path, text: now }];
    });
  const { stand } = readStand({
    ...{ name: record.step ?? '', directory: DIRECTORY, versions: record.versions, files: live },
    ...(record.provider === undefined ? {} : { provider: record.provider }),
  });
  const texts = live.map(one => ({ path: one.file, text: one.text }));
  return { stand, record, edited: editedFiles(DIRECTORY, record.files, texts) };
}
