import type { Finding, Path } from '../diagnostics/finding.ts';
import { quote } from '../diagnostics/wording.ts';
import type { ConfigSpec, EnvSpec, Rollout, WorkloadSpec } from '../model/rollout.ts';
import { secretLine, secretName, secretValue } from '../model/secret-shapes.ts';
import { literalSecret, unknownFile } from './config-messages.ts';
import type { Report } from './report.ts';

/** Refuses secrets that are written as text, in variables and files of every layer; the finding hides the value. */
export function checkSecrets({ metadata, spec }: Rollout, report: Report): void {
  const layers: readonly (readonly [Path, WorkloadSpec])[] = [
    [['spec', 'workload'], spec.workload ?? {}],
    ...Object.entries(spec.versions).map(([name, version]) => [['spec', 'versions', name], version] as const),
  ];
  for (const [path, { env = {}, config }] of layers) {
    for (const [name, value] of Object.entries(env))
      checkVariable(name, value, { path, rollout: metadata.name, report });
    if (config !== undefined) checkFiles(config, { path: [...path, 'config'], rollout: metadata.name, report });
  }
}

interface VariableScope {
  readonly path: Path;
  readonly rollout: string;
  readonly report: Report;
}

function checkVariable(name: string, value: EnvSpec, { path, rollout, report }: VariableScope): void {
  if (typeof value !== 'string') return;
  const evidence = secretValue(value) ?? secretName(name, value);
  if (evidence === undefined) return;
  const key = name.toLowerCase().replaceAll('_', '-');
  const remedy = [
    'Keep it in a Secret that is not in git, and refer to it:',
    `    ${name}: { secretKeyRef: { name: ${rollout}, key: ${key} } }`,
    'The Secret must exist in the namespace before the pods start; its name and its key are yours to choose.',
    `If it is none, say so: \`${name}: { notSecret: <the value> }\`.`,
  ].join('\n');
  const at = { path: [...path, 'env', name] };
  report(hidden(literalSecret(at, { subject: `The variable ${quote(name)}`, evidence, remedy })));
}

function checkFiles({ files, notSecret = [] }: ConfigSpec, { path, rollout, report }: VariableScope): void {
  notSecret.forEach((name, i) => {
    if (!Object.hasOwn(files, name)) report(unknownFile({ path: [...path, 'notSecret', i] }, { name }));
  });
  for (const [name, text] of Object.entries(files)) {
    const evidence = notSecret.includes(name) ? undefined : (secretValue(text) ?? secretLine(text));
    if (evidence === undefined) continue;
    const remedy = [
      'Keep it in a Secret that is not in git, and let the application take it from a variable:',
      `    env: { NAME: { secretKeyRef: { name: ${rollout}, key: name } } }`,
      'The Secret must exist in the namespace before the pods start; its name and its key, and NAME, are yours to choose.',
      `If it is none, say so beside \`files\`: \`notSecret: [${name}]\`.`,
    ].join('\n');
    report(
      hidden(
        literalSecret({ path: [...path, 'files', name] }, { subject: `The file ${quote(name)}`, evidence, remedy }),
      ),
    );
  }
}

const hidden = (finding: Finding): Finding => ({ ...finding, hidden: true });
